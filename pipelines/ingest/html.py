"""Web pages with tables, however they are named: each table is a sheet.

Many systems export a page and call it ``.xls``; Excel and WPS save one too, with the
raw number beside what the cell shows.
"""

from __future__ import annotations

import email
import email.policy
import html as entities
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.ingest.cells import Sheet
from pipelines.ingest.container import Refused
from pipelines.ingest.counts import count_pages, pages_of, side_by_side
from pipelines.ingest.encoding import text_encoding
from pipelines.ingest.htmltable import PageReader, Table

_SHEET_NAME = re.compile(r"<x:Name>([^<]*)</x:Name>", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def html_sheets(path: Path) -> Iterator[Sheet]:
    """The tables of a page in their order; raises Refused when there is none."""
    encoding = text_encoding(path) or "utf-8"
    page = path.read_text(encoding=encoding)
    yield from _sheets([page], _SHEET_NAME.findall(page), [page])


def mhtml_sheets(path: Path) -> Iterator[Sheet]:
    """The tables of a web page saved as one file (MIME); raises Refused."""
    data = path.read_bytes()
    again = pages_of(data)
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = [
        _decoded(part.get_payload(decode=True))
        for part in message.walk()
        if part.get_content_type() == "text/html"
    ]
    names = [name for page in pages for name in _SHEET_NAME.findall(page)]
    yield from _sheets(pages, names, again)


def _decoded(raw: object) -> str:
    if not isinstance(raw, bytes):
        return ""
    stated = _CHARSET.search(raw[:4096])
    for name in ("utf-8-sig", stated[1].decode() if stated else "gb18030", "gb18030"):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Refused("ING_BROKEN", "文字编码前后不一致，或夹有乱码")


def _sheets(
    pages: Sequence[str], names: list[str], again: Sequence[str]
) -> Iterator[Sheet]:
    """``again``: the pages as the second count finds them. It goes first: what it lets
    pass takes the library no longer than it is long."""
    counted = count_pages(again)
    tables = [table for page in pages for table in _tables(page)]
    if not tables:
        raise Refused("ING_BROKEN", "是网页，里面没有表格，可能是登录过期的页面")
    names = [entities.unescape(name).strip() for name in names]
    if len(names) != len(tables) or len({n.casefold() for n in names}) < len(names):
        alone = len(tables) == 1
        names = [""] if alone else [f"表{n}" for n in range(1, len(tables) + 1)]
    counts = side_by_side(counted, len(tables))
    found = zip(tables, names, counts, strict=True)
    for number, (table, name, count) in enumerate(found, start=1):
        yield table.sheet(number, name, count)


def _tables(page: str) -> list[Table]:
    reader = PageReader()
    try:
        reader.feed(page)
        reader.close()
    except AssertionError:  # how the library takes a mark that it does not know
        raise Refused("ING_BROKEN", "网页里有无法识别的标记") from None
    return reader.finish()
