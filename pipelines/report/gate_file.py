"""The leak gate for everything that is no workbook: the page, tables, file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import duckdb

from pipelines.report import gate_page
from pipelines.report.gate import CARD, leaks
from schemas.sources import SPECS

_INLINE = re.compile(
    r"</?(?:a|b|big|em|font|i|mark|s|small|span|strong|sub|sup|tspan|u|wbr)(?:\s[^>]*)?>"
)
_LEAST_ACCOUNT = 12
_RUN = re.compile(r"[0-9](?:[\s\u200b-\u200f\u2060\ufeff-]?[0-9]){11,}")
_NOT_DIGIT = re.compile(r"[^0-9]")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])")
_MOST_NAME = 255


class Accounts:
    """Every account number that the exports named: none of them may be shown."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        # A card column may hold an identity number by mistake: that one is no account.
        self._known = _written(con, "account") - _written(con, "id_number")
        self._lengths = sorted({len(number) for number in self._known})

    def leaks(self, text: str) -> list[str]:
        """What a text shows of them."""
        if len(text) < _LEAST_ACCOUNT or not self._known:
            return []
        plain = unicodedata.normalize("NFKC", text)
        for run in _RUN.findall(plain):
            digits = _NOT_DIGIT.sub("", run)
            for length in self._lengths:
                for at in range(len(digits) - length + 1):
                    if digits[at : at + length] in self._known:
                        return [CARD]
        return []


def _written(con: duckdb.DuckDBPyConnection, kind: str) -> set[str]:
    found: set[str] = set()
    for spec in SPECS:
        for column in spec.columns:
            if column.kind == kind:
                con.execute(
                    f"select distinct regexp_replace({column.name}, '[^0-9]', '', 'g') "  # noqa: S608
                    f"from raw_{spec.name} where {column.name} is not null"
                )
                found |= {n for (n,) in con.fetchall() if len(n) >= _LEAST_ACCOUNT}
    return found


def in_table(
    con: duckdb.DuckDBPyConnection, path: Path, accounts: Accounts
) -> Iterator[str]:
    """Rows of a published table that show an account, by row and column."""
    con.execute("select * from read_parquet(?) limit 0", [str(path)])
    names = [column[0] for column in con.description or ()]
    for name in names:
        # the database leaves out what has too few figures to hold an account
        con.execute(
            f"select min(row_no), text from (select row_number() over () as row_no, "  # noqa: S608
            f'cast("{name}" as varchar) as text from read_parquet(?)) where '
            "length(regexp_replace(text, '[^0-9０-９]', '', 'g')) >= 12 "
            "group by text order by min(row_no)",
            [str(path)],
        )
        for number, text in con.fetchall():
            if accounts.leaks(text):
                yield f"第 {number} 行 {name} 出现{CARD}"


def on_page(text: str) -> Iterator[str]:
    """What a page could do or load, and each line that shows a number in full."""
    reader = gate_page.Reader()
    reader.feed(text)
    reader.close()
    yield from reader.found
    for number, line in enumerate(text.splitlines(), 1):
        # a number may be cut by tags that nobody sees; other tags part the words
        seen = {
            what
            for piece in (line, _INLINE.sub("", line))
            for part in re.split(r"[<>]", piece)
            for what in leaks(unescape(part))
        }
        yield from (f"第 {number} 行出现{what}" for what in sorted(seen))


def in_name(name: str) -> Iterator[str]:
    """What is wrong with a path below the night's folder: every system must take it."""
    yield from (f"出现{what}" for what in leaks(name))
    for part in name.split("/"):
        is_odd = (
            not part.strip()
            or part in (".", "..")
            or part[-1] in " ."
            or len(part.encode("utf-8")) > _MOST_NAME
            or _RESERVED.fullmatch(part.split(".")[0].strip()) is not None
            or any(c in '<>:"|?*\\' for c in part)
            or any(
                unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in part
            )
        )
        if is_odd:
            yield "有的系统不接受这个文件名"
