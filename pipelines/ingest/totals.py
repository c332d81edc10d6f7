"""Control totals that travel with the rows, from the cells as read to the tables.

Each is a sum over row number × value, so that it tells a row lost, doubled, moved or
exchanged with another, and a value changed: over every number and name of a person, as
written, and over every amount in fen. Between tables every cell of every row is
compared by its hash, together with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import mul
from typing import TYPE_CHECKING

from schemas.kinds import Cell, as_text
from schemas.spec import ColumnSpec, SourceSpec, raw_columns, stg_columns

if TYPE_CHECKING:
    import duckdb

_DIGITS = 17  # the check character may be a letter
_NO_DIGIT = re.compile("[^0-9]")
_LETTERS = (1, 65_537, 131_101, 262_147)  # weights of the first letters of a name
_WHO = ("id_number", "person_name")
# What a row of raw_ and stg_ has besides its cells.
_PLACE = ("row_id", "file", "sheet", "row_no")


def id_columns(source: SourceSpec) -> list[ColumnSpec]:
    """The columns that say who is meant, in the order of their weights."""
    return [column for column in source.columns if column.kind in _WHO]


def money_columns(source: SourceSpec) -> list[ColumnSpec]:
    """The columns whose fen are added up."""
    return [column for column in source.columns if column.kind == "money"]


def id_total(row_nos: Sequence[int], cells: Iterable[Cell]) -> int:
    """Of one column of cells: of its digits, or where a cell has none of its letters."""
    cells = list(cells)
    if set(map(type, cells)) <= {str}:  # figures alone or words alone, as most are
        texts = list(map(str, cells))
        pairs = zip(row_nos, texts, strict=True)
        starts = "".join([text[:_DIGITS] for text in texts])
        if starts.isascii() and starts.isdigit():
            return sum(row_no * int(text[:_DIGITS] or 0) for row_no, text in pairs)
        if "".join(texts).isalpha():
            return sum(n * sum(map(mul, _LETTERS, map(ord, t))) for n, t in pairs)
    total = 0
    for row_no, cell in zip(row_nos, cells, strict=True):
        text = cell if isinstance(cell, str) else as_text(cell) or ""
        if text.isascii() and text[:_DIGITS].isdigit():
            total += row_no * int(text[:_DIGITS])
        elif digits := _NO_DIGIT.sub("", text):
            total += row_no * int(digits[:_DIGITS])
        else:
            letters = zip(_LETTERS, text, strict=False)
            total += row_no * sum(weight * ord(one) for weight, one in letters)
    return total


def _ids_sql(source: SourceSpec) -> str:
    """The same of a loaded table's columns, each weighted by its place."""
    terms = [
        f"{weight} * {_who_sql(f'rows.raw_{column.name}')}"
        for weight, column in enumerate(id_columns(source), start=1)
    ]
    return f"coalesce(sum(rows.row_no * ({' + '.join(terms) or '0'})), 0)::hugeint"


def _who_sql(text: str) -> str:
    digits = f"left(regexp_replace({text}, '[^0-9]', '', 'g'), {_DIGITS})"
    # Of an empty text there is no first letter, which is said by a figure below zero.
    letters = " + ".join(
        f"{weight}::bigint * greatest(unicode(substr({text}, {at}, 1)), 0)"
        for at, weight in enumerate(_LETTERS, start=1)
    )
    return f"coalesce(try_cast({digits} as bigint), {letters}, 0)::hugeint"


def _fen_sql(source: SourceSpec) -> str:
    terms = [f'coalesce(rows."{c.name}", 0)::hugeint' for c in money_columns(source)]
    return f"coalesce(sum(rows.row_no * ({' + '.join(terms) or '0'})), 0)::hugeint"


def wrong_when_loaded(
    con: duckdb.DuckDBPyConnection, source: SourceSpec
) -> list[tuple[object, ...]]:
    """Sheets of which the loaded rows add up to something else than the cells did."""
    return con.execute(
        "select sheet.sheet_id from tmp_sheet as sheet inner join ("  # noqa: S608
        "select rows.sheet_id, "
        f"{_ids_sql(source)} as ids, {_fen_sql(source)} as fen "
        f"from load_{source.name} as rows group by rows.sheet_id) as found "
        "on sheet.sheet_id = found.sheet_id where sheet.source = ? "
        "and (found.ids <> sheet.id_total or found.fen <> sheet.fen_total)",
        [source.name],
    ).fetchall()


def is_settled(con: duckdb.DuckDBPyConnection, source: SourceSpec) -> bool:
    """Whether raw_ and stg_ hold, cell by cell, what was loaded and is kept."""
    raw = [name for name, _ in raw_columns(source) if name not in _PLACE]
    typed = [name for name, _ in stg_columns(source) if name not in _PLACE]
    own = {"snapshot_on": "one.snapshot_on",
           "is_current": "one.disposition = 'accepted'"}  # fmt: skip
    for table, names, given, kept in (
        ("raw", raw, [f'rows."raw_{name}"' for name in raw], "one.row_id is not null"),
        (
            "stg",
            typed,
            [own.get(name, f'rows."{name}"') for name in typed],
            "one.disposition in ('accepted', 'superseded')",
        ),
    ):
        kept_names = [f'"{name}"' for name in (*_PLACE, *names)]
        places = "one.row_id, sheet.file, sheet.sheet, one.row_no"
        loaded, filled = con.execute(
            f"select {_hashed([places, *given])} from load_{source.name} as rows "  # noqa: S608
            "inner join tmp_row as one "
            "on one.sheet_id = rows.sheet_id and one.row_no = rows.row_no "
            "inner join tmp_sheet as sheet on one.sheet_id = sheet.sheet_id "
            f"where one.source = '{source.name}' and {kept} union all "
            f"select {_hashed(kept_names)} "
            f"from {table}_{source.name}"
        ).fetchall()
        if loaded != filled:
            return False
    return True


def _hashed(values: Sequence[str]) -> str:
    return f"count(*), coalesce(sum(hash({', '.join(values)})::hugeint), 0)"
