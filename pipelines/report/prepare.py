"""What the queries of the sheets stand on: the ``out_`` tables of one night."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.errors import YuluError
from pipelines.issues import ISSUES
from pipelines.report.query import Row, asked, step
from pipelines.report.sheets import Sheet
from pipelines.report.words import WORDS
from schemas.sources import SPECS
from schemas.text import division_key

STEPS = Path(__file__).parent / "steps"


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Fill every ``out_`` table from what the stages left behind."""
    _declarations(con)
    _rows(con)
    for path in sorted(STEPS.glob("*.sql")):
        step(con, path)


def rows_of(con: duckdb.DuckDBPyConnection, sheet: Sheet) -> list[Row]:
    """The rows of a sheet's query; YuluError when its columns are not as declared."""
    names, rows = asked(con, sheet.path)
    if names != sheet.query_columns:
        raise YuluError(
            f"工作表查询 {sheet.query}.sql 的列与声明不符，请联系维护人员。"
        )
    return rows


def fill(
    con: duckdb.DuckDBPyConnection, table: str, columns: str, rows: list[Row]
) -> None:
    """A small table of our own declarations."""
    con.execute(f"create or replace table {table} ({columns})")
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        con.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608


def _declarations(con: duckdb.DuckDBPyConnection) -> None:
    fill(
        con,
        "out_source",
        "source varchar, source_no integer, title varchar",
        [(spec.name, number, spec.title) for number, spec in enumerate(SPECS, 1)],
    )
    fill(
        con,
        "out_column",
        "source varchar, column_name varchar, column_no integer, title varchar",
        [
            (spec.name, column.name, number, column.title)
            for spec in SPECS
            for number, column in enumerate(spec.columns, 1)
        ],
    )
    fill(
        con,
        "out_word",
        "list varchar, word varchar, title varchar",
        [
            (name, w, title)
            for name, words in WORDS.items()
            for w, title in words.items()
        ],
    )
    fill(
        con,
        "out_issue_type",
        "issue_code varchar, text varchar, advice varchar, effect varchar",
        [(i.code, i.title, i.advice, i.effect) for i in ISSUES.values()],
    )


def _rows(con: duckdb.DuckDBPyConnection) -> None:
    """``out_row``: the address of every row; ``out_cell``: the cells that are shown."""
    con.execute(
        "create or replace table out_row (row_id bigint, source varchar, file varchar, "
        "sheet varchar, row_no integer, township_read varchar)"
    )
    con.execute(
        "create or replace table out_cell (row_id bigint, field varchar, value varchar)"
    )
    con.execute(
        "create or replace temp table out_wanted as "
        "select distinct cell.row_id from "
        "(select unnest(evidence) as cell from fnd_finding where evidence is not null) "
        "union select row_id from ing_ledger "
        "where disposition = 'held' and row_id is not null"
    )
    for spec in SPECS:
        township = (
            "township" if any(c.name == "township" for c in spec.columns) else "null"
        )
        con.execute(
            f"insert into out_row select row_id, '{spec.name}', file, sheet, row_no, "  # noqa: S608
            f"{township} from raw_{spec.name} order by row_id"
        )
        con.execute(
            f"insert into out_cell select row_id, field, value from "  # noqa: S608
            f"(select * exclude (file, sheet, row_no) from raw_{spec.name} "
            f"where row_id in (select row_id from out_wanted)) "
            f"unpivot include nulls (value for field in (columns(* exclude (row_id))))"
        )
    _hide_accounts(con)
    _townships(con)


def account_columns() -> list[tuple[str, str]]:
    """(source, column) of every column that holds account numbers."""
    return [
        (spec.name, column.name)
        for spec in SPECS
        for column in spec.columns
        if column.kind == "account"
    ]


def _hide_accounts(con: duckdb.DuckDBPyConnection) -> None:
    """An account is never published: its last four digits say which it was."""
    for source, field in account_columns():
        con.execute(
            "update out_cell set value = "
            "repeat('*', length(value) - 4) || right(value, 4) from out_row "
            "where out_row.row_id = out_cell.row_id and out_row.source = ? "
            "and out_cell.field = ? and length(out_cell.value) > 4",
            [source, field],
        )


def _townships(con: duckdb.DuckDBPyConnection) -> None:
    """``out_township``: each spelling of a township → its name in the county's list."""
    con.execute(
        "select township_key, min(township) from ref_place group by township_key"
    )
    known = dict(con.fetchall())
    con.execute(
        "select township_read from out_row "
        "union select township from stg_monitored_person"
    )
    seen = sorted(text for (text,) in con.fetchall() if text)
    fill(
        con,
        "out_township",
        "township_read varchar, township varchar",
        [(text, known.get(division_key(text), text)) for text in seen],
    )
