"""The leak gate: what must not stand in any byte that leaves, read from the files.

It shares nothing with the code that writes or masks: it reads zip members and texts.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
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
    (re.compile(rb"<hyperlink"), "链接"),
    (re.compile(rb"TargetMode=.External"), "外部引用"),
    (
        re.compile(rb"<(oleObject|legacyDrawing|externalReference|connection)[ >/]"),
        "外部对象",
    ),
    (re.compile(rb"<sheet [^>]*state=.(?!visible)"), "隐藏的工作表"),
    (re.compile(rb"<(row|col) [^>]*hidden=.1"), "隐藏的行列"),
    (re.compile(rb"<!DOCTYPE|<!ENTITY"), "文档类型声明"),
)
_NAMES = re.compile(rb"<definedName name=\"([^\"]+)\"")
_OWN_NAMES = (b"_xlnm.Print_Titles", b"_xlnm.Print_Area", b"_xlnm._FilterDatabase")
_FORMULA = re.compile(rb"<f[ >/]")
_CHART_REFERENCE = re.compile(rb"<(?:c:)?f>([^<]*)</(?:c:)?f>")
_VALIDATION = re.compile(rb"<formula1>([^<]*)</formula1>")

_BETWEEN = re.compile(r"(?<=[0-9])[\s\u200b-\u200f\u2060\ufeff]+(?=[0-9Xx])")
_LONG = re.compile(r"[0-9]{15,}")
_HYPHENED = re.compile(r"[0-9]{6}[-_.][0-9]{8}[-_.][0-9]{3}[0-9Xx]")
_PHONE = re.compile(
    r"(?<![0-9])(?:86)?1[3-9][0-9](?:[0-9]{8}|[- ][0-9]{4}[- ][0-9]{4})(?![0-9])"
)


def leaks(text: str) -> list[str]:
    """Which kinds of number a text shows in full: identity, card, telephone."""
    plain = unicodedata.normalize("NFKC", text)
    joined = _BETWEEN.sub("", plain)
    found = []
    if _LONG.search(joined) or _HYPHENED.search(plain):
        found.append("完整号码")
    if _PHONE.search(plain):
        found.append("电话号码")
    return found


def active_content(path: Path) -> Iterator[str]:
    """What in a workbook could act, or was not put there by us, part by part."""
    try:
        with zipfile.ZipFile(path) as book:
            if book.testzip() is not None:
                yield "压缩包损坏"
                return
            for name in book.namelist():
                if not _PARTS.fullmatch(name):
                    yield f"多出的部件 {name}"
                yield from _in_part(name, book.read(name))
    except zipfile.BadZipFile:
        yield "不是完整的工作簿"


def _in_part(name: str, content: bytes) -> Iterator[str]:
    for pattern, what in _ACTIVE:
        if pattern.search(content):
            yield f"{what}（{name}）"
    for found in _NAMES.findall(content):
        if found not in _OWN_NAMES:
            yield f"自定义名称（{name}）"
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


def texts(path: Path) -> Iterator[str]:
    """Every text of a workbook long enough to hold a number, wherever it hides."""
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.startswith(("xl/theme", "xl/styles", "[Content")):
                continue
            content = book.read(name).decode("utf-8")
            # An attribute can hold text too: footers, names of drawings, lists.
            yield from {part for part in re.split(r"[<>\"]", content) if len(part) > 10}
