"""The parts of an xlsx that its sheets refer to: sheet list, texts, date formats.

Only ordinary workbooks are taken, as Excel, WPS and the common libraries write them;
anything else raises ``Unusual`` and is left to the library reader.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from pipelines.ingest.container import in_one, inflated, refuse_doctype

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SHEET_TYPE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
)
# Built-in number formats that show a date (ECMA-376 18.8.30, with the Chinese ones).
_BUILT_IN = {
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(50, 59)), "date"),
    **dict.fromkeys((45, 46, 47), "duration"),
}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_SMALL = 8 << 20
_ITEM = re.compile(r"<si>(.*?)</si>|<si/>", re.DOTALL)
_KEPT, _BARE, _END = ' xml:space="preserve"', "<si><t></t></si>", "</sst>"
_USUAL_ITEM = re.compile(f"<si><t(?:{_KEPT})?+>([^<]*+)</t></si>")
_PLAIN_ITEM = re.compile(r"<t(?: xml:space=\"preserve\")?>([^<]*)</t>|<t/>")
_TEXT = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Unusual(Exception):  # noqa: N818 - not wrong, only not for this reader
    """The workbook is written in a way that this reader does not take."""


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the workbook and the part that holds its cells."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True)
class Package:
    """``date_styles``: numbers of cell styles that show dates; ``duration_styles``:
    lengths of time, which no declared column holds."""

    path: Path
    sheets: tuple[SheetPart, ...]
    texts: Sequence[str]
    date_styles: frozenset[int]
    duration_styles: frozenset[int]


def open_package(path: Path, most_inflated: int) -> Package:
    """The package of a workbook whose directory was checked; raises Unusual, Refused."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    book = _tree(path, "xl/workbook.xml", names)
    flags = book.find(f"{_MAIN}workbookPr")
    if flags is not None and flags.get("date1904", "0") not in ("0", "false"):
        raise Unusual
    styles: tuple[frozenset[int], frozenset[int]] = frozenset(), frozenset()
    if "xl/styles.xml" in names:
        try:
            styles = _styles(_tree(path, "xl/styles.xml", names))
        except ValueError:
            raise Unusual from None
    texts: list[str] = []
    if "xl/sharedStrings.xml" in names:
        texts = _texts(path, "xl/sharedStrings.xml", most_inflated)
    return Package(path, _sheets(path, book, names), texts, *styles)


def _tree(path: Path, name: str, names: set[str]) -> ET.Element:
    if name not in names:
        raise Unusual
    text = b"".join(inflated(path, name, _SMALL))
    refuse_doctype(text)
    try:
        return ET.fromstring(text)  # noqa: S314 - no document type gets here
    except (ET.ParseError, ValueError):
        raise Unusual from None


def _sheets(path: Path, book: ET.Element, names: set[str]) -> tuple[SheetPart, ...]:
    targets = {}
    for node in _tree(path, "xl/_rels/workbook.xml.rels", names):
        target = posixpath.join("/xl", node.get("Target", ""))
        targets[node.get("Id")] = (node.get("Type"), posixpath.normpath(target)[1:])
    found = []
    for node in book.iter(f"{_MAIN}sheet"):
        kind, part = targets.get(node.get(f"{_RELATION}id"), (None, ""))
        if kind != _SHEET_TYPE or part not in names:
            raise Unusual  # a chart sheet, or a part that is not there
        hidden = node.get("state", "visible") != "visible"
        found.append(SheetPart(node.get("name", ""), part, hidden))
    if not found:
        raise Unusual
    return tuple(found)


def _styles(root: ET.Element) -> tuple[frozenset[int], frozenset[int]]:
    own = {
        int(node.get("numFmtId", "0")): _LITERAL.sub("", node.get("formatCode", ""))
        for node in root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
    }
    dates, durations = set(), set()
    for style, node in enumerate(root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
        number = int(node.get("numFmtId", "0"))
        shows = _shown_by(own[number]) if number in own else _BUILT_IN.get(number)
        if shows == "duration":
            durations.add(style)
        elif shows == "date":
            dates.add(style)
    return frozenset(dates), frozenset(durations)


def _shown_by(code: str) -> str | None:
    """What a format of the workbook's own shows, by its first section."""
    code = code.split(";", 1)[0].lower().replace("general", "")
    if "[" in code:
        return "duration"
    return "date" if re.search("[dmyhs]", code) else None


def _texts(path: Path, name: str, most: int) -> list[str]:
    """The shared texts in their order; raises Unusual unless every one is understood."""
    raw = in_one(inflated(path, name, most))
    refuse_doctype(raw)
    xml = decoded(raw)
    start = xml.find("<sst")
    if start < 0 or "<!" in xml:
        raise Unusual
    end = xml.find(">", start) + 1
    return _usual_texts(xml, end) or _all_texts(xml, end)


def _usual_texts(xml: str, start: int) -> list[str] | None:
    """The texts where every one is a plain run, and nothing stands between them; null
    where it is otherwise."""
    texts = _USUAL_ITEM.findall(xml, start)
    kept = xml.count(_KEPT, start)
    length = sum(map(len, texts)) + len(_BARE) * len(texts) + len(_KEPT) * kept
    if start + length + len(_END) != len(xml) or not xml.endswith(_END):
        return None
    if "&" in xml or "\r" in xml or "_x" in xml:
        return list(map(unescaped, texts))
    return texts


def _all_texts(xml: str, end: int) -> list[str]:
    texts = []
    for item in _ITEM.finditer(xml, end):
        if item.start() != end and xml[end : item.start()].strip():
            raise Unusual
        end = item.end()
        texts.append(_item_text(item[1] or ""))
    if xml[end:].strip() not in ("</sst>", "") and "<si" in xml[end:]:
        raise Unusual
    return texts


def _item_text(item: str) -> str:
    plain = _PLAIN_ITEM.fullmatch(item)
    if plain:
        return unescaped(plain[1] or "")
    runs = _TEXT.findall(_PHONETIC.sub("", item))
    return unescaped("".join(runs))


def decoded(raw: bytes) -> str:
    """UTF-8 XML as text; raises Unusual for any other encoding."""
    head = raw[:200].split(b"?>")[0].lower()
    if b"encoding" in head and b"utf-8" not in head:
        raise Unusual
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusual from None


def unescaped(text: str) -> str:
    """Text as the cell shows it: entities and ``_x000D_`` resolved, line ends one."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = html.unescape(text)
    if "_x" in text:
        text = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    return text
