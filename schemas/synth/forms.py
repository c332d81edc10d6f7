"""Books in the forms that only pretend to be workbooks, and in locked ones.

``.xls`` that is really a web page, an XML spreadsheet of 2003 or text with tabs; an
old binary workbook; a locked one. What these bytes hold is what a book's lines hold.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from html import escape

from schemas.kinds import Cell, as_text
from schemas.synth.sheets import Book, Sheet

PASSWORD = "五寨2022"  # noqa: S105 - locks invented people away from nobody


def _areas(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Merged areas: place of the first cell → rows and columns beyond it."""
    at = {id(line): number for number, line in enumerate(sheet.lines)}
    return {
        (at[id(m.first)], m.left): (
            at[id(m.last)] - at[id(m.first)],
            m.right - m.left,
        )
        for m in sheet.merges
    }


def _covered(areas: dict[tuple[int, int], tuple[int, int]]) -> set[tuple[int, int]]:
    return {
        (top + down, left + across)
        for (top, left), (rows, columns) in areas.items()
        for down in range(rows + 1)
        for across in range(columns + 1)
        if down or across
    }


def _html(book: Book) -> bytes:
    """As web systems export: one table a sheet, everything text."""
    tables = "".join(map(_html_table, book.sheets))
    head = '<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    return f"<html>{head}</head><body>{tables}</body></html>".encode()


def _html_table(sheet: Sheet) -> str:
    areas = _areas(sheet)
    covered = _covered(areas)
    width = max([len(sheet.columns), *(len(line.cells) for line in sheet.lines)])
    rows = []
    for at, line in enumerate(sheet.lines):
        cells = line.cells + [None] * (width - len(line.cells))
        tags = []
        for place, cell in enumerate(cells):
            if (at, place) in covered:
                continue
            down, across = areas.get((at, place), (0, 0))
            span = f' rowspan="{down + 1}"' if down else ""
            span += f' colspan="{across + 1}"' if across else ""
            text = escape(as_text(cell) or "").replace("\n", "<br>")
            tags.append(f"<td{span} style='mso-number-format:\"\\@\"'>{text}</td>")
        rows.append(f"<tr>{''.join(tags)}</tr>")
    return f'<table border="1">{"".join(rows)}</table>'


_SS = "urn:schemas-microsoft-com:office:spreadsheet"


def _spreadsheetml(book: Book) -> bytes:
    """XML spreadsheet 2003, as templates of Java systems write it."""
    sheets = "".join(
        f'<Worksheet ss:Name="{escape(sheet.name or "Sheet1")}"><Table>'
        f"{''.join(_ss_rows(sheet))}</Table></Worksheet>"
        for sheet in book.sheets
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{_SS}" xmlns:ss="{_SS}">{sheets}</Workbook>'
    ).encode()


def _ss_rows(sheet: Sheet) -> Iterator[str]:
    areas = _areas(sheet)
    covered = _covered(areas)
    for at, line in enumerate(sheet.lines):
        cells = []
        for place, cell in enumerate(line.cells):
            if (at, place) in covered or cell is None or cell == "":
                continue
            down, across = areas.get((at, place), (0, 0))
            merge = f' ss:MergeDown="{down}"' if down else ""
            merge += f' ss:MergeAcross="{across}"' if across else ""
            cells.append(
                f'<Cell ss:Index="{place + 1}"{merge}>'
                f'<Data ss:Type="{_ss_type(cell)}">{_ss_text(cell)}</Data></Cell>'
            )
        yield f'<Row ss:Index="{at + 1}">{"".join(cells)}</Row>'


def _ss_type(cell: Cell) -> str:
    if isinstance(cell, date | datetime):
        return "DateTime"
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return "Number" if is_number else "String"


def _ss_text(cell: Cell) -> str:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return f"{cell.isoformat()}T00:00:00.000"
    return escape(as_text(cell) or "").replace("\n", "&#10;")


def _tabs(book: Book) -> bytes:
    """Lines with tabs between the cells, under the name of a workbook."""
    (sheet,) = book.sheets
    width = len(sheet.columns)
    lines = []
    for line in sheet.lines:
        cells = [as_text(cell) or "" for cell in line.cells]
        plain = (" ".join(cell.split()) for cell in cells)
        lines.append("\t".join([*plain, *[""] * (width - len(cells))]))
    return "\r\n".join(lines).encode("gb18030")


def _xls(book: Book) -> bytes:
    """The binary workbook of Excel 97 and of WPS (.et); xlwt is a tool of developers."""
    import xlwt

    out = io.BytesIO()
    written = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for sheet in book.sheets:
        target = written.add_sheet(sheet.name or "Sheet1")
        target.visibility = int(sheet.is_hidden)
        areas = _areas(sheet)
        covered = _covered(areas)
        for (top, left), (down, across) in areas.items():
            label = sheet.lines[top].cells[left]
            target.write_merge(top, top + down, left, left + across, label)
        for at, line in enumerate(sheet.lines):
            for place, cell in enumerate(line.cells):
                if (at, place) in covered or (at, place) in areas:
                    continue
                if cell is None or cell == "":
                    continue
                is_day = isinstance(cell, date)
                target.write(at, place, cell, *([day] if is_day else []))
    written.save(out)
    return out.getvalue()


def encrypted(content: bytes) -> bytes:
    """A workbook that asks for a password."""
    import msoffcrypto

    out = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(content)).encrypt(PASSWORD, out)
    return out.getvalue()


def zipped(members: dict[str, bytes], encoding: str = "gbk") -> bytes:
    """An archive whose members are named as Chinese Windows names them."""
    import zipfile

    out = io.BytesIO()
    placeholders = {f"member{n:04d}": name for n, name in enumerate(members)}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for placeholder, name in placeholders.items():
            # The library writes any other name as UTF-8 and says so: the bytes of the
            # name, and the mark, are put in afterwards. ASCII of the same length.
            raw = name.encode(encoding)
            stand_in = placeholder.ljust(len(raw), "_")[: len(raw)]
            archive.writestr(
                zipfile.ZipInfo(stand_in, (1980, 1, 1, 0, 0, 0)), members[name]
            )
    content = out.getvalue()
    for placeholder, name in placeholders.items():
        raw = name.encode(encoding)
        stand_in = placeholder.ljust(len(raw), "_")[: len(raw)]
        content = content.replace(stand_in.encode(), raw)
    return content


WRITERS: dict[str, Callable[[Book], bytes]] = {
    "html": _html,
    "spreadsheetml": _spreadsheetml,
    "tabs": _tabs,
    "xls": _xls,
}
