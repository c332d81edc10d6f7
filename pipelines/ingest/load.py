"""Answers of the reading processes → ``raw_``, ``stg_`` and ``ing_`` tables.

Python touches no cell here: it says which declared columns go where, DuckDB moves
them. Files are loaded as they come in; every order is by file, sheet and row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb

from pipelines.database import run_sql_file
from pipelines.errors import YuluError
from pipelines.ingest.columns import load_columns
from pipelines.ingest.find import masked
from pipelines.ingest.reports import SheetReport
from pipelines.issues import ISSUES
from schemas.spec import (
    SourceSpec,
    raw_columns,
    raw_table_sql,
    stg_columns,
    stg_table_sql,
)

_HERE = Path(__file__).parent
_KEYS = {"row_id", "file", "sheet", "row_no", "snapshot_on", "is_current"}
_LISTS: dict[str, tuple[tuple[str, str], ...]] = {
    "line": (
        ("sheet_no", "integer"), ("first_row_no", "integer"),
        ("last_row_no", "integer"), ("disposition", "varchar"),
        ("reason_code", "varchar"),
    ),
    "heading": (
        ("sheet_no", "integer"), ("column_no", "integer"), ("heading", "varchar"),
        ("column_name", "varchar"), ("fate", "varchar"),
    ),
    "issue": (
        ("sheet_no", "integer"), ("row_no", "integer"), ("cell", "varchar"),
        ("column_name", "varchar"), ("issue_code", "varchar"), ("detail", "varchar"),
    ),
}  # fmt: skip


class BadAnswer(Exception):  # noqa: N818 - a verdict about one file's answer
    """What a reading process left cannot be loaded: that file is refused."""


@contextmanager
def at_once(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All statements inside or none; and the disk waits once, not once a statement."""
    con.execute("begin")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def open_tables(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]) -> None:
    """Empty tables of this stage, and ``load_<source>`` for the files to come."""
    run_sql_file(con, _HERE / "tables.sql")
    for source in sources:
        columns = (("file", "varchar"), ("sheet_no", "integer"))
        body = _declared(columns + load_columns(source) + source.derived)
        con.execute(f"create or replace table load_{source.name} ({body})")
        con.execute(raw_table_sql(source))
        con.execute(stg_table_sql(source))
    con.executemany(
        "insert into tmp_issue_type values (?, ?, ?, ?, ?)",
        [(i.code, i.title, i.advice, i.effect, i.severity) for i in ISSUES.values()],
    )


def load_answer(
    con: duckdb.DuckDBPyConnection,
    file: str,
    folder: Path,
    reports: Sequence[SheetReport],
    sources: Sequence[SourceSpec],
) -> None:
    """One file's rows, lines, headings and issues; raises BadAnswer, then nothing of
    the file is loaded."""
    by_name = {source.name: source for source in sources}
    try:
        with at_once(con):
            for report in reports:
                source = None if report.source is None else by_name[report.source]
                _load_sheet(con, file, report, source)
                if source is not None:
                    _load_rows(con, file, folder, report, source)
            for name, columns in _LISTS.items():
                path = folder / f"{name}.csv"
                if path.stat().st_size:
                    _copy(con, f"tmp_{name}", "select ?, *", [file], path, columns)
    except (duckdb.Error, KeyError, ValueError, OSError):
        raise BadAnswer from None  # DuckDB's words quote the line


def parse_reports(sheets: object) -> list[SheetReport]:
    """The sheets of an answer as records; raises BadAnswer when one is malformed."""
    names = {field.name for field in fields(SheetReport)}
    found = []
    for sheet in sheets if isinstance(sheets, list) else [None]:
        if not isinstance(sheet, dict) or not set(sheet) <= names:
            raise BadAnswer
        try:
            report = SheetReport(**sheet)
        except TypeError:
            raise BadAnswer from None
        figures = (report.number, report.height, report.data_rows)
        if not all(isinstance(figure, int) for figure in figures):
            raise BadAnswer
        found.append(report)
    return found


def _load_sheet(
    con: duckdb.DuckDBPyConnection,
    file: str,
    report: SheetReport,
    source: SourceSpec | None,
) -> None:
    values: dict[str, Any] = {
        "file": file,
        "sheet_no": report.number,
        "sheet": report.name,
        "is_hidden": report.is_hidden,
        "height": report.height,
        "source": report.source,
        "is_snapshot": source is not None and source.is_snapshot,
        "heading_row_no": report.heading_row_no,
        "title_text": report.title_text,
        "data_rows": report.data_rows,
        "period_no": report.period_no,
        "period_term": report.period_term,
        "period_from": report.period_from,
        "snapshot_on": report.snapshot_on,
        "dated_by": report.dated_by,
        "stated_people": report.stated_people,
        "stated_fen": report.stated_fen,
        "is_applied": report.is_applied,
        "is_policy_off": report.is_policy_off,
        "is_other_programme": report.is_other_programme,
    }
    marks = ", ".join(f"${name}" for name in values)
    con.execute(f"insert into tmp_sheet values ({marks})", values)  # noqa: S608


def _load_rows(
    con: duckdb.DuckDBPyConnection,
    file: str,
    folder: Path,
    report: SheetReport,
    source: SourceSpec,
) -> None:
    given = load_columns(source)
    names = ", ".join(f'"{name}"' for name, _ in given)
    _copy(
        con,
        f"load_{source.name} (file, sheet_no, {names})",
        "select ?, ?, *",
        [file, report.number],
        folder / f"{report.number}.csv",
        given,
    )


def _copy(
    con: duckdb.DuckDBPyConnection,
    target: str,
    select: str,
    values: list[Any],
    path: Path,
    columns: Sequence[tuple[str, str]],
) -> None:
    """Insert a CSV file of ours; every option is stated, nothing is guessed."""
    # A bound file name is a pattern to DuckDB: [1] in a folder's name is no choice.
    literal = re.sub(r"([*?\[])", r"[\1]", str(path))
    con.execute(
        f"insert into {target} {select} from read_csv(?, columns = ?, "
        "auto_detect = false, header = false, delim = ',', quote = '\"', "
        "escape = '\"', nullstr = '', allow_quoted_nulls = false, "
        "parallel = false, new_line = '\\n', dateformat = '%Y-%m-%d', "
        "max_line_size = 16777216)",
        [*values, literal, dict(columns)],
    )


def settle(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]) -> None:
    """Sheet-wide facts, duplicates and snapshots; then rows into raw_ and stg_."""
    run_sql_file(con, _HERE / "dates.sql")
    for source in sources:
        own = _HERE / "settle" / f"{source.name}.sql"
        if own.is_file():
            run_sql_file(con, own)
        _gather_rows(con, source)
    run_sql_file(con, _HERE / "rows.sql")
    for source in sources:
        _fill_raw(con, source)
        _fill_stg(con, source)


def _gather_rows(con: duckdb.DuckDBPyConnection, source: SourceSpec) -> None:
    """Add the source's rows to ``tmp_row`` with a hash that tells equal rows."""
    names = {name for name, _ in load_columns(source)}
    texts = [f'coalesce(rows."raw_{c.name}", chr(30))' for c in source.columns]
    if "period_no" in names:
        texts.append("coalesce(rows.period_no, chr(30))")
    township = "rows.township_key" if "township_key" in names else "null"
    con.execute(
        "insert into tmp_row select ?, ?, rows.file, rows.sheet_no, rows.row_no, "  # noqa: S608
        f"rows.hold_code, md5(concat_ws(chr(31), {', '.join(texts)})), {township}, "
        "sheet.snapshot_on, 'accepted', null, null "
        f"from load_{source.name} as rows inner join tmp_sheet as sheet "
        "on rows.file = sheet.file and rows.sheet_no = sheet.sheet_no",
        [source.name, source.is_snapshot],
    )
    if "amount_fen" in names:
        con.execute(
            "insert into tmp_amount select file, sheet_no, sum(amount_fen) "  # noqa: S608
            f"from load_{source.name} group by file, sheet_no"
        )


_JOINED = (
    "inner join load_{name} as rows on one.file = rows.file "
    "and one.sheet_no = rows.sheet_no and one.row_no = rows.row_no "
    "inner join tmp_sheet as sheet on one.file = sheet.file "
    "and one.sheet_no = sheet.sheet_no "
)


def _fill_raw(con: duckdb.DuckDBPyConnection, source: SourceSpec) -> None:
    texts = [name for name, _ in raw_columns(source) if name not in _KEYS]
    picked = ", ".join(f'rows."raw_{name}"' for name in texts)
    con.execute(
        f"insert into raw_{source.name} "  # noqa: S608
        f"select one.row_id, one.file, sheet.sheet, one.row_no, {picked} "
        f"from tmp_row as one {_JOINED.format(name=source.name)}"
        "where one.source = ? and one.row_id is not null order by one.row_id",
        [source.name],
    )


def _fill_stg(con: duckdb.DuckDBPyConnection, source: SourceSpec) -> None:
    typed = [name for name, _ in stg_columns(source) if name not in _KEYS]
    picked = ", ".join(f'rows."{name}"' for name in typed)
    con.execute(
        f"insert into stg_{source.name} "  # noqa: S608
        "select one.row_id, one.file, sheet.sheet, one.row_no, one.snapshot_on, "
        f"one.disposition = 'accepted', {picked} "
        f"from tmp_row as one {_JOINED.format(name=source.name)}"
        "where one.source = ? and one.disposition in ('accepted', 'superseded') "
        "order by one.row_id",
        [source.name],
    )


def account(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]) -> None:
    """Ledger, sheets, files, issues; raises YuluError when a row is unaccounted for."""
    run_sql_file(con, _HERE / "account.sql")
    run_sql_file(con, _HERE / "issues.sql")
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
    for source in sources:
        for table, kept in (
            ("raw", "('accepted', 'superseded', 'held')"),
            ("stg", "('accepted', 'superseded')"),
        ):
            counted = con.execute(
                f"select (select count(distinct row_id) from {table}_{source.name}), "  # noqa: S608
                f"(select count(*) from {table}_{source.name}), "
                "(select count(*) from ing_ledger "
                f"where source = ? and disposition in {kept} and row_id is not null)",
                [source.name],
            ).fetchall()[0]
            if len(set(counted)) != 1:
                raise YuluError(
                    f"{source.title} 的行数前后不符，没有发布任何内容。"
                    "请把这一行告诉维护人员。"
                )


def close_tables(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]) -> None:
    """Drop what only this stage needed."""
    for source in sources:
        con.execute(f"drop table load_{source.name}")
    for name in (
        "file", "sheet", "line", "heading", "issue", "issue_type", "row", "amount",
    ):  # fmt: skip
        con.execute(f"drop table tmp_{name}")


def _declared(columns: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f'"{name}" {sql_type}' for name, sql_type in columns)
