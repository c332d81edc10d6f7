"""The same sheets written in every form that is read, each as its programs write it."""

from __future__ import annotations

import csv
import io
import quopri
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from html import escape

import xlsxwriter
import xlwt

from schemas.kinds import Cell
from tests.ingest.locked import ole

Rows = Sequence[Sequence[Cell]]
Sheets = Mapping[str, Rows]
_DAY_ZERO = datetime(1899, 12, 30)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def serial(day: date | time) -> float:
    """A moment as spreadsheets count it, days since the last day of 1899."""
    if isinstance(day, time):
        return (day.hour * 3600 + day.minute * 60 + day.second) / 86400
    moment = (
        day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    )
    return (moment - _DAY_ZERO).total_seconds() / 86400


def xlsx(sheets: Sheets) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "default_date_format": "yyyy-mm-dd hh:mm"}  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name or None)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None and cell != "":
                    sheet.write(at, column, cell)
    book.close()
    return out.getvalue()


def xls(sheets: Sheets) -> bytes:
    out = io.BytesIO()
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name or "Sheet1")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date | time):
                    sheet.write(at, column, cell, day)
                elif cell is not None and cell != "":
                    sheet.write(at, column, cell)
    book.save(out)
    return out.getvalue()


def _ods_cell(cell: Cell) -> str:
    match cell:
        case None | "":
            return "<table:table-cell/>"
        case bool():
            value = f'boolean" office:boolean-value="{str(cell).lower()}'
        case int() | float():
            value = f'float" office:value="{cell!r}'
        case date():
            value = f'date" office:date-value="{cell.isoformat()}'
        case time():
            value = f'time" office:time-value="{cell:PT%HH%MM%SS}'
        case _:
            value = "string"
    lines = "".join(
        f"<text:p>{_ods_text(line)}</text:p>" for line in str(cell).split("\n")
    )
    return f'<table:table-cell office:value-type="{value}">{lines}</table:table-cell>'


def _ods_text(line: str) -> str:
    kept = escape(line).replace("\t", "<text:tab/>")
    first = kept.startswith(" ")
    kept = kept.replace("  ", " <text:s/>")
    return f"<text:s/>{kept[1:]}" if first else kept


def _ods_content(sheets: Sheets, root: str, more: str = "") -> str:
    names = "".join(
        f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "table", "text", "style")
    )
    tables = "".join(
        f'<table:table table:name="{escape(name or "Sheet1")}">'
        '<table:table-column table:number-columns-repeated="1024"/>'
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}"
            '<table:table-cell table:number-columns-repeated="900"/></table:table-row>'
            for row in rows
        )
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="1024"/></table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{root}{names}{more}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></{root}>"
    )


def ods(sheets: Sheets) -> bytes:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = _ods_content(sheets, "office:document-content")
    return zipped(
        {"mimetype": kind, "META-INF/manifest.xml": "<m/>", "content.xml": content}
    )


def fods(sheets: Sheets) -> bytes:
    kind = ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
    return _ods_content(sheets, "office:document", kind).encode()


def _ss_cell(cell: Cell, index: int) -> str:
    match cell:
        case bool():
            kind, text = "Boolean", str(int(cell))
        case int() | float():
            kind, text = "Number", repr(cell)
        case datetime():
            kind, text = "DateTime", cell.isoformat(timespec="milliseconds")
        case date():
            kind, text = "DateTime", f"{cell.isoformat()}T00:00:00.000"
        case time():
            kind, text = "DateTime", f"1899-12-31T{cell.isoformat()}.000"
        case _:
            kind, text = "String", escape(str(cell)).replace("\n", "&#10;")
    return f'<Cell ss:Index="{index}"><Data ss:Type="{kind}">{text}</Data></Cell>'


def spreadsheetml(sheets: Sheets) -> bytes:
    """Only filled cells and rows are written, each with its place."""
    body = "".join(
        f'<Worksheet ss:Name="{escape(name or "Sheet1")}"><Table>'
        + "".join(
            f'<Row ss:Index="{at}">'
            + "".join(
                _ss_cell(c, n) for n, c in enumerate(row, 1) if c not in (None, "")
            )
            + "</Row>"
            for at, row in enumerate(rows, 1)
            if any(c not in (None, "") for c in row)
        )
        + "</Table></Worksheet>"
        for name, rows in sheets.items()
    )
    return (
        '<?xml version="1.0" encoding="GB2312"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{body}</Workbook>'
    ).encode("gb18030")


def _html_text(cell: Cell) -> str:
    return escape(shown(cell)).replace("\n", "<br>").replace("  ", "&nbsp; ")


def html(sheets: Sheets) -> bytes:
    """A page as a state system calls ``.xls``, its characters in GBK and unclosed tags."""
    tables = "".join(
        "<table border=1>"
        + "".join(
            "<tr>" + "".join(f"<td>{_html_text(c) or '&nbsp;'}" for c in row)
            for row in rows
        )
        + "</table>"
        for rows in sheets.values()
    )
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        '<meta http-equiv=Content-Type content="text/html; charset=gb2312">'
        "<style>td {mso-number-format:\\@;}</style></head>"
        f"<body>{tables}</body></html>"
    ).encode("gb18030")


def mhtml(sheets: Sheets) -> bytes:
    """A single-file web page with a page a sheet, as Excel writes it."""
    names = "".join(f"<x:Name>{escape(n or 'Sheet1')}</x:Name>" for n in sheets)
    pages = [f"<html><!--[if gte mso 9]><xml>{names}</xml><![endif]--></html>".encode()]
    pages += [
        html({n: rows}).replace(b"gb2312", b"gb18030") for n, rows in sheets.items()
    ]
    parts = "".join(
        "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable"
        f"\r\n\r\n{quopri.encodestring(page).decode()}\r\n"
        for page in pages
    )
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    return f"{head}{parts}--b--\r\n".encode()


def shown(cell: Cell) -> str:
    """A cell as a text form shows it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(Decimal(f"{cell:.15g}")))  # programs show fifteen digits
    return str(cell)


def _separated(mark: str, encoding: str) -> Callable[[Sheets], bytes]:
    def write(sheets: Sheets) -> bytes:
        out = io.StringIO()
        (rows,) = sheets.values()
        width = max(map(len, rows))
        csv.writer(out, delimiter=mark).writerows(
            [shown(c) for c in row] + [""] * (width - len(row)) for row in rows
        )
        return out.getvalue().encode(encoding)

    return write


def _record(number: int, body: bytes) -> bytes:
    """A BIFF12 record: its number and length in seven bits a byte."""
    head = (
        struct.pack("<BB", number & 0x7F | 0x80, number >> 7)
        if number > 127
        else bytes([number])
    )
    length, size = b"", len(body)
    while True:
        size, low = divmod(size, 128)
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + length + body


def _wide(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def _xlsb_cell(cell: Cell, column: int) -> bytes:
    place = struct.pack("<II", column, 1 if isinstance(cell, date | time) else 0)
    match cell:
        case None | "":
            return _record(1, place)
        case bool():
            return _record(4, place + bytes([cell]))
        case int() | float():
            return _record(5, place + struct.pack("<d", cell))
        case date() | time():
            return _record(5, place + struct.pack("<d", serial(cell)))
        case _:
            return _record(6, place + _wide(str(cell)))


def xlsb(sheets: Sheets) -> bytes:
    """A binary workbook: two cell styles, the second one a date."""
    names = [name or "Sheet1" for name in sheets]
    book = _record(131, b"") + _record(143, b"")
    for number, name in enumerate(names, 1):
        book += _record(
            156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name)
        )
    book += _record(144, b"") + _record(132, b"")
    styles = _record(278, b"") + _record(617, struct.pack("<I", 2))
    for kind in (0, 22):
        styles += _record(47, struct.pack("<HHHHHBBHH", 0, kind, 0, 0, 0, 0, 0, 0, 0))
    styles += _record(618, b"") + _record(279, b"")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(names) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"/>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}/relationships">'
        f'{relations}<Relationship Id="s" Type="{office}/styles" Target="styles.bin"/></Relationships>',
        "xl/workbook.bin": book,
        "xl/styles.bin": styles,
    }  # fmt: skip
    for number, rows in enumerate(sheets.values(), 1):
        width = max(map(len, rows), default=1)
        part = _record(129, b"") + _record(
            148, struct.pack("<IIII", 0, max(0, len(rows) - 1), 0, max(0, width - 1))
        )
        part += _record(145, b"")
        for at, row in enumerate(rows):
            part += _record(
                0, struct.pack("<II", at, 0) + bytes(9) + struct.pack("<I", 0)
            )
            part += b"".join(
                _xlsb_cell(cell, column) for column, cell in enumerate(row)
            )
        parts[f"xl/worksheets/sheet{number}.bin"] = (
            part + _record(146, b"") + _record(130, b"")
        )
    return zipped(parts)


def _biff(number: int, body: bytes) -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def _old_cells(rows: Rows, version: int) -> bytes:
    """Texts and numbers as before Excel 97: one byte for each, two for Chinese."""
    out = b""
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HH", at, column)
            place += bytes(3) if version == 2 else bytes(2)
            if isinstance(cell, str):
                raw = cell.encode("gbk")
                size = struct.pack("<B" if version == 2 else "<H", len(raw))
                out += _biff(0x0004 if version == 2 else 0x0204, place + size + raw)
            elif isinstance(cell, int | float):
                number = struct.pack("<d", cell)
                out += _biff(0x0003 if version == 2 else 0x0203, place + number)
    return out + _biff(0x000A, b"")


def biff(version: int, codepage: int | None = 936) -> Callable[[Sheets], bytes]:
    """Workbooks of Excel 2 to 5, by the number of their form."""

    def write(sheets: Sheets) -> bytes:
        ((name, rows),) = sheets.items()
        pages = b"" if codepage is None else _biff(0x42, struct.pack("<H", codepage))
        if version < 5:
            kind = {2: 0x0009, 3: 0x0209, 4: 0x0409}[version]
            head = struct.pack("<HH", version * 256, 0x10) + bytes(2)
            return _biff(kind, head) + pages + _old_cells(rows, version)
        head = struct.pack("<HHHH", 0x500, 5, 0x096C, 0x07C9)
        raw = name.encode("gbk")
        sheet = struct.pack("<BBB", 0, 0, len(raw)) + raw
        size = len(_biff(0x809, head) + pages + _biff(0x85, bytes(4) + sheet)) + 4
        book = _biff(0x809, head) + pages + _biff(0x85, struct.pack("<I", size) + sheet)
        book += _biff(0x000A, b"") + _biff(0x809, head[:2] + b"\x10\x00" + head[4:])
        return ole({"Book": book + _old_cells(rows, version)})

    return write


WORKBOOKS: dict[str, Callable[[Sheets], bytes]] = {
    "xlsx": xlsx, "xls": xls, "xlsb": xlsb, "ods": ods, "fods": fods,
    "spreadsheetml": spreadsheetml,
}  # fmt: skip
# Forms that keep what a cell shows and not what it is.
TEXTS: dict[str, Callable[[Sheets], bytes]] = {
    "html": html,
    "mhtml": mhtml,
    "csv": _separated(",", "utf-8"),
    "csv with mark": _separated(",", "utf-8-sig"),
    "csv utf-16": _separated(",", "utf-16"),
    "csv utf-16-le": _separated(",", "utf-16-le"),
    "csv utf-16-be": _separated(",", "utf-16-be"),
    "csv gb18030": _separated(",", "gb18030"),
    "tsv": _separated("\t", "gb18030"),
    "semicolons": _separated(";", "utf-8"),
    "bars": _separated("|", "gb18030"),
}
