"""Loaded rows → their fate, ``raw_`` and ``stg_`` tables, and the whole account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb

from pipelines.database import run_sql_file
from pipelines.errors import YuluError
from pipelines.ingest import drift, memory
from pipelines.ingest.columns import load_columns
from pipelines.ingest.find import masked
from pipelines.ingest.load import SHOWN
from pipelines.ingest.receipt import fill_receipt
from pipelines.ingest.scope import note_scope
from pipelines.ingest.totals import is_settled
from pipelines.settings import Settings
from schemas.spec import SourceSpec, raw_columns, stg_columns

_HERE = Path(__file__).parent
# Rows without a township belong together; rows without a person to nobody's newer row.
_TOGETHER = frozenset({"township_key"})
_KEYS = {"row_id", "file", "sheet", "row_no", "snapshot_on", "is_current"}


def settle(
    con: duckdb.DuckDBPyConnection,
    sources: Sequence[SourceSpec],
    settings: Settings,
    day: date | None,
    part_of: date | None,
) -> None:
    """Sheet-wide facts, doubtful headings, duplicates and snapshots; then rows into
    raw_ and stg_. ``day``: what the night is about, where it is known beforehand;
    ``part_of``: these are some of the files of a night after that day.

    Raises YuluError when the tables add up to something else than was loaded.
    """
    run_sql_file(con, _HERE / "dates.sql")
    shown = {name for (name,) in con.execute(SHOWN).fetchall()}
    for source in sources:
        own = _HERE / "sources" / f"{source.name}.sql"
        if source.name in shown and own.is_file():
            run_sql_file(con, own)
    memory.recall(con, settings.out, _day(con, day, part_of))
    if part_of is not None:
        con.execute("delete from last_extent")  # a part has not all townships
    drift.judge(con, sources, settings.limits)
    # Most sources have no rows in a night; each statement takes its time all the same.
    filled = [source for source in sources if _has_rows(con, source)]
    for source in filled:
        _put_in_order(con, source)
        _gather_rows(con, source)
    run_sql_file(con, _HERE / "rows.sql")
    for source in filled:
        _fill_raw(con, source)
        _fill_stg(con, source)
        if not is_settled(con, source):
            raise YuluError(
                f"{source.title} 的号码或金额前后对不上账，没有发布任何内容。"
                "请把这一行告诉维护人员。"
            )


def _day(
    con: duckdb.DuckDBPyConnection, stated: date | None, part_of: date | None
) -> date | None:
    """What the night is about; ``tmp_day`` holds it for the issues."""
    run_sql_file(con, _HERE / "day.sql")
    if stated is not None:
        con.execute("update tmp_day set as_of = ?", [stated])
    if part_of is not None:
        con.execute(
            "update tmp_day set as_of = greatest(as_of, ?)",
            [part_of + timedelta(days=1)],
        )
    ((day,),) = con.execute("select as_of from tmp_day").fetchall()
    return day  # type: ignore[no-any-return]


def _has_rows(con: duckdb.DuckDBPyConnection, source: SourceSpec) -> bool:
    found = con.execute(f"select 1 from load_{source.name} limit 1").fetchall()  # noqa: S608
    return bool(found)


def _put_in_order(con: duckdb.DuckDBPyConnection, source: SourceSpec) -> None:
    """Rows by sheet and number, as nearly every file leaves them: only then may they
    be met by their places, which spares sorting all of their columns."""
    table = f"load_{source.name}"
    ((is_unordered,),) = con.execute(
        "select count(*) > 0 from (select sheet_id, row_no, "  # noqa: S608
        "lag(sheet_id) over before as last_sheet, lag(row_no) over before as last_row "
        f"from {table} window before as (order by rowid)) "
        "where last_sheet > sheet_id "
        "or (last_sheet = sheet_id and last_row >= row_no)"
    ).fetchall()
    if is_unordered:
        con.execute(
            f"create or replace temp table {table} as "  # noqa: S608
            f"select * from {table} order by sheet_id, row_no"
        )


def _gather_rows(con: duckdb.DuckDBPyConnection, source: SourceSpec) -> None:
    """Add the source's rows to ``tmp_row`` with a hash that tells equal rows."""
    names = {name for name, _ in load_columns(source)}
    texts = [f'coalesce(rows."raw_{c.name}", chr(30))' for c in source.columns]
    if "period_no" in names:
        # two terms may list the same students in the same words
        texts.append("coalesce(rows.period_no, chr(30))")
        texts.append("coalesce(cast(rows.period_no_term as varchar), chr(30))")
    con.execute(
        "insert into tmp_row select ?, ?, rows.sheet_id, rows.row_no, "  # noqa: S608
        f"rows.hold_code, md5(concat_ws(chr(31), {', '.join(texts)})), {_scope(source)}, "
        "sheet.snapshot_on, 'accepted', null, null "
        f"from load_{source.name} as rows inner join tmp_sheet as sheet "
        "on rows.sheet_id = sheet.sheet_id",
        [source.name, source.is_snapshot],
    )
    if "amount_fen" in names:
        con.execute(
            "insert into tmp_amount select sheet_id, sum(amount_fen) "  # noqa: S608
            f"from load_{source.name} group by sheet_id"
        )


def _scope(source: SourceSpec) -> str:
    """What of the source a row of a newer list replaces, as an expression."""
    if not source.newest_by:
        return "null"
    parts = [f"coalesce(cast(rows.{c} as varchar), '')" for c in source.newest_by]
    whole = f"concat_ws('|', {', '.join(parts)})"
    first = source.newest_by[0]
    if first in _TOGETHER:
        return whole
    return f"case when rows.{first} is not null then {whole} end"


# The rows of a source beside their fates, by place, in the order of both. Were one of
# them lost or moved, those behind it would find no fate and be missed at the end.
_BESIDE = (
    "from load_{name} as rows positional join ("
    "select one.*, sheet.file, sheet.sheet from tmp_row as one "
    "inner join tmp_sheet as sheet on one.sheet_id = sheet.sheet_id "
    "where one.source = ? order by one.sheet_id, one.row_no) as one "
    "where rows.sheet_id = one.sheet_id and rows.row_no = one.row_no "
)


def _fill_raw(con: duckdb.DuckDBPyConnection, source: SourceSpec) -> None:
    texts = [name for name, _ in raw_columns(source) if name not in _KEYS]
    picked = ", ".join(f'rows."raw_{name}"' for name in texts)
    con.execute(
        f"insert into raw_{source.name} "
        f"select one.row_id, one.file, one.sheet, one.row_no, {picked} "
        f"{_BESIDE.format(name=source.name)}and one.row_id is not null",
        [source.name],
    )


def _fill_stg(con: duckdb.DuckDBPyConnection, source: SourceSpec) -> None:
    typed = [name for name, _ in stg_columns(source) if name not in _KEYS]
    picked = ", ".join(f'rows."{name}"' for name in typed)
    con.execute(
        f"insert into stg_{source.name} "
        "select one.row_id, one.file, one.sheet, one.row_no, one.snapshot_on, "
        f"one.disposition = 'accepted', {picked} "
        f"{_BESIDE.format(name=source.name)}"
        "and one.disposition in ('accepted', 'superseded')",
        [source.name],
    )


def account(
    con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec], settings: Settings
) -> None:
    """Ledger, sheets, files, issues; raises YuluError when a row is unaccounted for."""
    run_sql_file(con, _HERE / "account.sql")
    note_scope(con, sources, settings)
    run_sql_file(con, _HERE / "issues.sql")
    fill_receipt(con, sources)
    check_balance(con, sources)


def check_balance(
    con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]
) -> None:
    """Raises YuluError naming the first place where rows in and rows out differ."""
    query = (_HERE / "checks.sql").read_text(encoding="utf-8")
    for file, sheet_no in con.execute(query).fetchall():
        raise YuluError(
            f"{masked(file)} 第{sheet_no}张工作表的行数对不上账，没有发布任何内容。"
            "请把这一行告诉维护人员。"
        )
    counts = [
        f"select '{source.title}', "  # noqa: S608
        f"(select count(distinct row_id) from {table}_{source.name}), "
        f"(select count(*) from {table}_{source.name}), "
        "(select count(*) from ing_ledger where row_id is not null "
        f"and source = '{source.name}' and disposition in {kept})"
        for source in sources
        for table, kept in (
            ("raw", "('accepted', 'superseded', 'held')"),
            ("stg", "('accepted', 'superseded')"),
        )
    ]
    for title, *counted in con.execute(" union all ".join(counts)).fetchall():
        if len(set(counted)) != 1:
            raise YuluError(
                f"{title} 的行数前后不符，没有发布任何内容。请把这一行告诉维护人员。"
            )
