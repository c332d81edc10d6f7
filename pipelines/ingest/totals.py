"""Control totals that travel with the rows, from the cells as read to the tables.

Each is a sum over row number × value, so that it tells a row lost, doubled or moved,
and a value changed: over the digits of every number of a person, as written, and over
every amount in fen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from schemas.kinds import Cell, as_text
from schemas.spec import ColumnSpec, SourceSpec

if TYPE_CHECKING:
    import duckdb

_DIGITS = 17  # the check character may be a letter
_NO_DIGIT = re.compile("[^0-9]")
_LOADED, _RAW = (f'rows."{start}' for start in ("raw_", ""))


def id_columns(source: SourceSpec) -> list[ColumnSpec]:
    """The columns whose digits are added up, in the order of their weights."""
    return [column for column in source.columns if column.kind == "id_number"]


def money_columns(source: SourceSpec) -> list[ColumnSpec]:
    """The columns whose fen are added up."""
    return [column for column in source.columns if column.kind == "money"]


def id_total(row_nos: Sequence[int], cells: Iterable[Cell]) -> int:
    """Of one column of cells."""
    total = 0
    for row_no, cell in zip(row_nos, cells, strict=True):
        text = cell if isinstance(cell, str) else as_text(cell) or ""
        if not (text.isascii() and text[:_DIGITS].isdigit()):
            text = _NO_DIGIT.sub("", text)
        if text:
            total += row_no * int(text[:_DIGITS])
    return total


def _ids_sql(source: SourceSpec, prefix: str) -> str:
    """The same of a table's columns, each weighted by its place."""
    terms = [
        f'{weight} * coalesce(try_cast(left(regexp_replace({prefix}{column.name}", '
        f"'[^0-9]', '', 'g'), {_DIGITS}) as bigint), 0)::hugeint"
        for weight, column in enumerate(id_columns(source), start=1)
    ]
    return f"coalesce(sum(rows.row_no * ({' + '.join(terms) or '0'})), 0)::hugeint"


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
        f"{_ids_sql(source, _LOADED)} as ids, {_fen_sql(source)} as fen "
        f"from load_{source.name} as rows group by rows.sheet_id) as found "
        "on sheet.sheet_id = found.sheet_id where sheet.source = ? "
        "and (found.ids <> sheet.id_total or found.fen <> sheet.fen_total)",
        [source.name],
    ).fetchall()


def is_settled(con: duckdb.DuckDBPyConnection, source: SourceSpec) -> bool:
    """Whether raw_ and stg_ add up to what was loaded and is kept."""
    ids, fen = (
        f"select {what} from load_{source.name} as rows inner join tmp_row as one "  # noqa: S608
        "on one.sheet_id = rows.sheet_id and one.row_no = rows.row_no "
        f"where one.source = '{source.name}' and {kept}"
        for what, kept in (
            (_ids_sql(source, _LOADED), "one.row_id is not null"),
            (_fen_sql(source), "one.disposition in ('accepted', 'superseded')"),
        )
    )
    raw = f"select {_ids_sql(source, _RAW)} from raw_{source.name} as rows"  # noqa: S608
    stg = f"select {_fen_sql(source)} from stg_{source.name} as rows"  # noqa: S608
    ((a, b, c, d),) = con.execute(
        f"select ({ids}), ({raw}), ({fen}), ({stg})"
    ).fetchall()
    return bool(a == b and c == d)
