"""Writing books: a small xlsx writer and csv, the same bytes for the same cells.

XlsxWriter would take most of a minute for thirty thousand people by 180 columns and
cannot write the damage that real exports show (a wrong dimension, 15 digits left of
an identity number); this one writes strings, numbers, days and merged areas.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from schemas.kinds import as_text
from schemas.synth import forms
from schemas.synth.sheets import Book, Line, Sheet

_EPOCH = date(1899, 12, 30)
_STAMP = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name '
    'val="宋体"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _styles(book: Book) -> str:
    """The styles; a red ground is the third, where a row is painted."""
    if not any(line.is_red for sheet in book.sheets for line in sheet.lines):
        return _STYLES
    red = _STYLES.replace('<fills count="2">', '<fills count="3">').replace(
        "</fills>",
        '<fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/>'
        "</patternFill></fill></fills>",
    )
    return red.replace('<cellXfs count="2">', '<cellXfs count="3">').replace(
        "</cellXfs>", '<xf numFmtId="0" fillId="2" applyFill="1"/></cellXfs>'
    )


def write_book(folder: Path, book: Book) -> None:
    """Write a book, and its byte-identical copies, below ``folder``."""
    path = folder / book.path
    path.parent.mkdir(parents=True, exist_ok=True)
    content = content_of(book)
    path.write_bytes(content)
    for copy in book.copies:
        (folder / copy).parent.mkdir(parents=True, exist_ok=True)
        (folder / copy).write_bytes(content)


def content_of(book: Book) -> bytes:
    """The bytes of a book in its form."""
    if book.form == "xlsx":
        return _xlsx(book)
    if book.form in forms.WRITERS:
        return forms.WRITERS[book.form](book)
    if book.form == "encrypted":
        return forms.encrypted(_xlsx(book))
    return _csv(book)


def _csv(book: Book) -> bytes:
    (sheet,) = book.sheets
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    width = len(sheet.columns)
    for line in sheet.lines:
        cells = [as_text(cell) or "" for cell in line.cells]
        writer.writerow(cells + [""] * (width - len(cells)))
    return out.getvalue().encode(book.form)


def _xlsx(book: Book) -> bytes:
    strings: dict[str, int] = {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for number, sheet in enumerate(book.sheets, 1):
            parts = _sheet_xml(sheet, strings, book.has_wrong_dimension)
            _add(archive, f"xl/worksheets/sheet{number}.xml", parts)
        _add(archive, "xl/sharedStrings.xml", _strings_xml(strings))
        _add(archive, "xl/styles.xml", [_styles(book)])
        _add(archive, "xl/workbook.xml", _workbook_xml(book))
        _add(archive, "xl/_rels/workbook.xml.rels", _workbook_rels(book))
        _add(archive, "_rels/.rels", [_PACKAGE_RELS])
        _add(archive, "[Content_Types].xml", _content_types(book))
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, parts: Iterator[str] | list[str]) -> None:
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w") as part:
        part.write(_HEAD.encode())
        for text in parts:
            part.write(text.encode())


def _letters(count: int) -> list[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [*alphabet, *(a + b for a in alphabet for b in alphabet)][:count]


def _sheet_xml(
    sheet: Sheet, strings: dict[str, int], has_wrong_dimension: bool
) -> Iterator[str]:
    width = max([1, len(sheet.columns), *(len(line.cells) for line in sheet.lines)])
    letters = _letters(width)
    corner = f"{letters[-1]}{max(1, len(sheet.lines))}"
    area = "A1" if has_wrong_dimension else f"A1:{corner}"
    yield f'<worksheet xmlns="{_MAIN}"><dimension ref="{area}"/><sheetData>'
    for number, line in enumerate(sheet.lines, 1):
        yield _row_xml(number, line, letters, strings)
    yield "</sheetData>"
    if sheet.has_filter:
        yield f'<autoFilter ref="A1:{corner}"/>'
    if sheet.merges:
        row = {id(line): number for number, line in enumerate(sheet.lines, 1)}
        areas = "".join(
            f'<mergeCell ref="{letters[m.left]}{row[id(m.first)]}:'
            f'{letters[m.right]}{row[id(m.last)]}"/>'
            for m in sheet.merges
        )
        yield f'<mergeCells count="{len(sheet.merges)}">{areas}</mergeCells>'
    yield "</worksheet>"


def _row_xml(
    number: int, line: Line, letters: list[str], strings: dict[str, int]
) -> str:
    parts = []
    red = ' s="2"' if line.is_red else ""
    for letter, cell in zip(letters, line.cells, strict=False):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            index = strings.setdefault(cell, len(strings))
            parts.append(f'<c r="{letter}{number}"{red} t="s"><v>{index}</v></c>')
        elif isinstance(cell, bool):
            parts.append(f'<c r="{letter}{number}" t="b"><v>{int(cell)}</v></c>')
        elif isinstance(cell, int | float):
            parts.append(f'<c r="{letter}{number}"><v>{cell}</v></c>')
        elif isinstance(cell, date):
            day = cell.date() if isinstance(cell, datetime) else cell
            serial = (day - _EPOCH).days
            parts.append(f'<c r="{letter}{number}" s="1"><v>{serial}</v></c>')
    hidden = ' hidden="1"' if line.is_hidden else ""
    return f'<row r="{number}"{hidden}>{"".join(parts)}</row>'


def _strings_xml(strings: dict[str, int]) -> Iterator[str]:
    yield f'<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">'
    for text in strings:
        yield f'<si><t xml:space="preserve">{escape(text)}</t></si>'
    yield "</sst>"


def _workbook_xml(book: Book) -> Iterator[str]:
    yield f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>'
    for number, sheet in enumerate(book.sheets, 1):
        hidden = ' state="hidden"' if sheet.is_hidden else ""
        name = quoteattr(sheet.name)
        yield f'<sheet name={name} sheetId="{number}"{hidden} r:id="rId{number}"/>'
    yield "</sheets></workbook>"


def _workbook_rels(book: Book) -> Iterator[str]:
    yield f'<Relationships xmlns="{_PACKAGE}/relationships">'
    last = len(book.sheets)
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, last + 1)]
    targets += [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    for number, (kind, target) in enumerate(targets, 1):
        name = f'Id="rId{number}" Type="{_RELS}/{kind}"'
        yield f'<Relationship {name} Target="{target}"/>'
    yield "</Relationships>"


_PACKAGE_RELS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)


def _content_types(book: Book) -> Iterator[str]:
    yield f'<Types xmlns="{_PACKAGE}/content-types">'
    yield (
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    parts = [("workbook", "sheet.main"), ("styles", "styles")]
    parts += [("sharedStrings", "sharedStrings")]
    parts += [
        (f"worksheets/sheet{n}", "worksheet") for n in range(1, len(book.sheets) + 1)
    ]
    for name, kind in parts:
        yield f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
    yield "</Types>"
