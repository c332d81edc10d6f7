"""The leak gate for a workbook: every part, every text, with the cell it stands in."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

# Every part that our writer makes; anything else was not ours.
_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/workbook\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet[0-9]+\.xml"
    r"|xl/worksheets/_rels/sheet[0-9]+\.xml\.rels|xl/drawings/drawing[0-9]+\.xml"
    r"|xl/drawings/_rels/drawing[0-9]+\.xml\.rels|xl/charts/chart[0-9]+\.xml"
    r"|xl/theme/theme1\.xml|xl/styles\.xml|xl/sharedStrings\.xml"
)
_ACTIVE = (
    (re.compile(rb"<(?:\w+:)?hyperlink"), "链接"),
    (re.compile(rb"<(?:\w+:)?hlinkClick|<(?:\w+:)?hlinkHover"), "链接"),
    (re.compile(rb"TargetMode\s*=\s*.External"), "外部引用"),
    (
        re.compile(
            rb"<(?:\w+:)?(oleObject|control|legacyDrawing|externalReference|connection"
            rb"|ddeLink|oleLink|webPublishItem|customSheetView|pivotCache)s?[ >/]"
        ),
        "外部对象",
    ),
    (re.compile(rb"<(?:\w+:)?sheet\s[^>]*state\s*=\s*.(?!visible)"), "隐藏的工作表"),
    (
        re.compile(rb"<(?:\w+:)?(row|col)\s[^>]*(hidden\s*=\s*.(1|true)|collapsed=.1)"),
        "隐藏的行列",
    ),
    (re.compile(rb"<(?:\w+:)?(row|col)\s[^>]*(ht|width)\s*=\s*.0(\.0+)?[\"']"), "隐藏的行列"),
    (re.compile(rb"<!DOCTYPE|<!ENTITY"), "文档类型声明"),
)  # fmt: skip
_SCHEME = re.compile(rb"<\?mso-|javascript:|vbscript:|file:///")
_NAMES = re.compile(rb"<(?:\w+:)?definedName\s[^>]*?name\s*=\s*[\"']([^\"']+)")
_OWN_NAMES = (b"_xlnm.Print_Titles", b"_xlnm.Print_Area", b"_xlnm._FilterDatabase")
_NAME_TEXT = re.compile(rb"<(?:\w+:)?definedName\s[^>]*>([^<]*)<")
_PLACE_ONLY = re.compile(rb"(?:'[^'\[\]]*(?:''[^'\[\]]*)*'|[^'!\[\](),]+)![$A-Z0-9:]+")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_CHART_REFERENCE = re.compile(rb"<(?:c:)?f>([^<]*)</(?:c:)?f>")
_VALIDATION = re.compile(rb"<(?:x14:)?formula[12]>([^<]*)</(?:x14:)?formula[12]>")
_CONDITION = re.compile(rb"<(?:\w+:)?(?:cfRule|cfvo)[ >][^>]*>?")
_CONDITION_FORMULA = re.compile(rb"<(?:\w+:)?formula>([^<]*)<")

_STRING = re.compile(r"<si>(.*?)</si>|<si/>", re.DOTALL)
_TEXT = re.compile(r"<t(?:\s[^>]*)?>([^<]*)</t>")
_CELL = re.compile(
    r"<c r=\"([A-Z]+[0-9]+)\"([^>]*?)(?:/>|>(?:<v>([^<]*)</v>|<is>(.*?)</is>)?)",
    re.DOTALL,
)
_RUN = re.compile(r"<a:t>([^<]*)</a:t>")
_SHEET = re.compile(r"<sheet name=\"([^\"]*)\" sheetId=\"([0-9]+)\"")

Finder = Callable[[str], list[str]]


def active_content(path: Path) -> Iterator[str]:
    """What in a workbook could act, or was not put there by us, part by part."""
    try:
        with zipfile.ZipFile(path) as book:
            if book.testzip() is not None:
                yield "压缩包损坏"
                return
            names = book.namelist()
            if len(set(names)) != len(names) or book.comment:
                yield "压缩包里有重复或多余的内容"
            for info in book.infolist():
                if info.comment or info.extra:
                    yield f"压缩包里有附注 {info.filename}"
            for name in names:
                if not _PARTS.fullmatch(name):
                    yield f"多出的部件 {name}"
                yield from _in_part(name, book.read(name))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        yield "不是完整的工作簿"


def _in_part(name: str, content: bytes) -> Iterator[str]:
    if b"\0" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield f"不是 UTF-8（{name}）"
    for pattern, what in _ACTIVE:
        if pattern.search(content):
            yield f"{what}（{name}）"
    # in a cell such words only stand there
    if name != "xl/sharedStrings.xml" and _SCHEME.search(content):
        yield f"可执行的内容（{name}）"
    for found in _NAMES.findall(content):
        if found not in _OWN_NAMES:
            yield f"自定义名称（{name}）"
    for found in _NAME_TEXT.findall(content):
        if not all(_PLACE_ONLY.fullmatch(part) for part in found.split(b",")):
            yield f"名称引用外部或计算（{name}）"
    is_chart = name.startswith("xl/charts/")
    if not is_chart and _FORMULA.search(content):
        yield f"公式（{name}）"
    for found in _CHART_REFERENCE.findall(content) if is_chart else ():
        if b"[" in found or b"!$" not in found or b"(" in found:
            yield f"图表引用外部（{name}）"
    for found in _VALIDATION.findall(content):
        # A drop-down is a quoted list; anything else would be computed.
        if not (
            found.startswith((b'"', b"&quot;")) and found.endswith((b'"', b"&quot;"))
        ):
            yield f"下拉项不是固定列表（{name}）"
    if _CONDITION_FORMULA.search(content):
        yield f"条件格式里有公式（{name}）"


def leaking(path: Path, in_cells: Finder, elsewhere: Finder) -> Iterator[str]:
    """What each place of a workbook shows that it must not: cells by sheet and address,
    everything else (properties, names, lists, footers, charts) by part."""
    with zipfile.ZipFile(path) as book:
        parts = {
            name: book.read(name).decode("utf-8", "replace") for name in book.namelist()
        }
    titles = {
        f"xl/worksheets/sheet{number}.xml": unescape(title)
        for title, number in _SHEET.findall(parts.get("xl/workbook.xml", ""))
    }
    bad = _strings(parts.pop("xl/sharedStrings.xml", ""), in_cells)
    for name, content in sorted(parts.items()):
        if name == "[Content_Types].xml" or name.startswith("xl/theme"):
            continue
        where = titles.get(name, name)
        if name in titles:
            for cell, what in _cells(content, bad, in_cells):
                yield f"{where}!{cell} 出现{what}"
            content = _CELL.sub("", content)
        for what in _anywhere(content, elsewhere):
            yield f"{where} 出现{what}"
    used = {what for whats in bad.values() for what in whats}
    if used and not any(name in titles for name in parts):
        yield from (f"出现{what}" for what in sorted(used))


def _strings(content: str, leaks: Finder) -> dict[int, list[str]]:
    """Number of a shared text → what it shows; runs of rich text are read as one."""
    found = {}
    for number, match in enumerate(_STRING.finditer(content)):
        text = unescape("".join(_TEXT.findall(match[1] or "")))
        if len(text) > 10 and (whats := leaks(text)):
            found[number] = whats
    return found


def _cells(
    content: str, bad: dict[int, list[str]], leaks: Finder
) -> Iterator[tuple[str, str]]:
    """(cell, what it shows): shared texts, texts in place, and numbers."""
    for cell, attributes, value, inline in _CELL.findall(content):
        if 't="s"' in attributes:
            whats = bad.get(int(value), []) if bad and value.isdigit() else []
        else:
            text = unescape("".join(_TEXT.findall(inline)) if inline else value)
            whats = leaks(text) if len(text) > 10 else []
        yield from ((cell, what) for what in whats)


def _anywhere(content: str, leaks: Finder) -> list[str]:
    """Texts and attributes long enough to hold a number, wherever they hide."""
    pieces = {part for part in re.split(r"[<>\"]", content) if len(part) > 10}
    # and texts cut into runs
    pieces |= {
        "".join(_RUN.findall(paragraph)) for paragraph in content.split("</a:p>")
    }
    return sorted({what for part in pieces for what in leaks(unescape(part))})
