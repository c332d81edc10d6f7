"""Answers of the reading processes → ``load_`` and ``tmp_`` tables.

Python touches no cell here: it says which file goes where, DuckDB moves it. Every
order is by ``sheet_id``, which grows with the file's path and the sheet's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType

import duckdb

from pipelines.database import run_sql_file
from pipelines.ingest.columns import csv_line, load_columns, texts_left_out
from pipelines.ingest.reports import SheetReport
from pipelines.ingest.totals import wrong_when_loaded
from pipelines.issues import ISSUES
from schemas.kinds import Value
from schemas.returns import RETURN_SOURCE
from schemas.spec import SourceSpec, raw_table_sql, stg_table_sql

_HERE = Path(__file__).parent
_LISTS: dict[str, tuple[tuple[str, str], ...]] = {
    "line": (
        ("sheet_id", "bigint"), ("first_row_no", "integer"),
        ("last_row_no", "integer"), ("disposition", "varchar"),
        ("reason_code", "varchar"),
    ),
    "heading": (
        ("sheet_id", "bigint"), ("column_no", "integer"), ("heading", "varchar"),
        ("column_name", "varchar"), ("fate", "varchar"), ("near", "varchar"),
    ),
    "shape": (
        ("sheet_id", "bigint"), ("column_no", "integer"), ("column_name", "varchar"),
        ("looked", "integer"), ("misfit", "integer"), ("seems", "varchar"),
        ("seeming", "integer"), ("fits", "varchar"), ("twin_of", "integer"),
    ),
    "mark": (
        ("sheet_id", "bigint"), ("column_no", "integer"), ("column_name", "varchar"),
        ("mark", "varchar"),
    ),
    "returned": (
        ("sheet_id", "bigint"), ("row_no", "integer"), ("column_no", "integer"),
        ("value", "varchar"),
    ),
    "issue": (
        ("sheet_id", "bigint"), ("row_no", "integer"), ("cell", "varchar"),
        ("column_name", "varchar"), ("issue_code", "varchar"), ("detail", "varchar"),
    ),
}  # fmt: skip
_SHEET = (
    ("sheet_id", "bigint"), ("file", "varchar"), ("sheet_no", "integer"),
    ("sheet", "varchar"), ("is_hidden", "boolean"), ("height", "bigint"),
    ("source", "varchar"), ("is_snapshot", "boolean"), ("heading_row_no", "integer"),
    ("title_text", "varchar"), ("data_rows", "bigint"), ("id_total", "hugeint"),
    ("fen_total", "hugeint"), ("period_no", "varchar"),
    ("period_term", "integer"), ("period_from", "varchar"), ("snapshot_on", "date"),
    ("dated_by", "varchar"), ("stated_people", "bigint[]"), ("stated_fen", "bigint"),
    ("stated_limit", "bigint"),
    ("is_applied", "boolean"), ("is_policy_off", "boolean"),
    ("is_other_programme", "boolean"), ("hidden_rows", "bigint"),
    ("hidden_columns", "bigint"), ("is_filtered", "boolean"), ("formulas", "bigint"),
    ("tables", "bigint"),
)  # fmt: skip


class BadAnswer(Exception):  # noqa: N818 - a verdict about one file's answer
    """What a reading process left cannot be loaded: that file is refused."""


_UNLOADABLE = (BadAnswer, duckdb.Error, KeyError, ValueError, TypeError, OSError)


_TOGETHER = 500
# Sources that a sheet was taken for: most have none, and each query takes its time.
SHOWN = "select distinct source from tmp_sheet where source is not null"


@dataclass(frozen=True)
class Answer:
    """What the reading process of one file left in its folder; ``base`` is added to
    the sheets' own numbers."""

    file: str
    folder: Path
    base: int
    reports: tuple[SheetReport, ...]


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
        columns = load_columns(source) + source.derived
        body = ", ".join(f'"{name}" {sql_type}' for name, sql_type in columns)
        con.execute(f"create or replace temp table load_{source.name} ({body})")
        con.execute(raw_table_sql(source))
        con.execute(stg_table_sql(source))
    con.executemany(
        "insert into tmp_issue_type values (?, ?, ?, ?, ?)",
        [(i.code, i.title, i.advice, i.effect, i.severity) for i in ISSUES.values()],
    )


def close_tables(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]) -> None:
    """Drop what only this stage needed."""
    for source in sources:
        con.execute(f"drop table load_{source.name}")
    for name in (
        "file", "sheet", "line", "heading", "issue", "issue_type", "row", "amount",
        "shape", "mark", "returned", "day",
    ):  # fmt: skip
        con.execute(f"drop table tmp_{name}")


def parse_reports(sheets: object) -> tuple[SheetReport, ...]:
    """The sheets of an answer as records; raises BadAnswer when one is malformed."""
    names = {field.name for field in fields(SheetReport)}
    found = []
    for sheet in sheets if isinstance(sheets, list) else [None]:
        if not isinstance(sheet, dict) or not set(sheet) <= names:
            raise BadAnswer
        try:
            found.append(SheetReport(**sheet))
        except TypeError:
            raise BadAnswer from None
    return tuple(found)


def load_answers(
    con: duckdb.DuckDBPyConnection,
    answers: Sequence[Answer],
    private: Path,
    sources: Sequence[SourceSpec],
) -> frozenset[str]:
    """Loads answers, many at once; comes back with the files whose answer is no good,
    of which nothing is loaded."""
    bad: set[str] = set()
    for start in range(0, len(answers), _TOGETHER):
        some = answers[start : start + _TOGETHER]
        if not _can_load(con, some, private, sources):
            bad |= {
                answer.file
                for answer in some
                if not _can_load(con, [answer], private, sources)
            }
    return frozenset(bad)


def _can_load(
    con: duckdb.DuckDBPyConnection,
    answers: Sequence[Answer],
    private: Path,
    sources: Sequence[SourceSpec],
) -> bool:
    try:
        with at_once(con):
            _load(con, answers, private, sources)
    except _UNLOADABLE:
        return False
    return True


def _load(
    con: duckdb.DuckDBPyConnection,
    answers: Sequence[Answer],
    private: Path,
    sources: Sequence[SourceSpec],
) -> None:
    sheets = private / "sheet.csv"
    is_snapshot = {source.name: source.is_snapshot for source in sources}
    is_snapshot[RETURN_SOURCE] = False
    with sheets.open("w", encoding="utf-8", newline="") as out:
        for answer in answers:
            for report in answer.reports:
                out.write(csv_line(_sheet_row(answer, report, is_snapshot)))
    _copy(con, "tmp_sheet", {sheets: 0}, _SHEET)
    for name, columns in _LISTS.items():
        files = {answer.folder / f"{name}.csv": answer.base for answer in answers}
        _copy(con, f"tmp_{name}", files, columns)
    for source in sources:
        files = {
            file: answer.base for answer in answers for file in _parts(answer, source)
        }
        columns = load_columns(source)
        _copy(con, f"load_{source.name}", files, columns, texts_left_out(source))
    _check(con, sources)


def _sheet_row(
    answer: Answer, report: SheetReport, is_snapshot: dict[str, bool]
) -> tuple[Value, ...]:
    source = report.source
    return (
        answer.base + report.sheet_id,
        answer.file,
        report.number,
        report.name,
        report.is_hidden,
        report.height,
        source,
        False if source is None else is_snapshot[source],
        report.heading_row_no,
        report.title_text,
        report.data_rows,
        report.id_total,
        report.fen_total,
        report.period_no,
        report.period_term,
        report.period_from,
        report.snapshot_on,
        report.dated_by,
        str(report.stated_people),
        report.stated_fen,
        report.stated_limit,
        report.is_applied,
        report.is_policy_off,
        report.is_other_programme,
        report.hidden_rows,
        report.hidden_columns,
        report.is_filtered,
        report.formulas,
        report.tables,
    )


def _copy(
    con: duckdb.DuckDBPyConnection,
    table: str,
    files: Mapping[Path, int],
    columns: Sequence[tuple[str, str]],
    instead: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Insert CSV files of ours; every option is stated, nothing is guessed. Each file's
    number is added to its lines' first column. ``instead``: where the value of a column
    stands that was left empty."""
    there = {str(f): base for f, base in files.items() if _has_lines(f)}
    if not there:
        return
    # A bound file name is a pattern to DuckDB: [1] in a folder's name is no choice.
    literal = [re.sub(r"([*?\[])", r"[\1]", file) for file in there]
    first, *others = [f'"{name}"' for name, _ in columns]
    names = ", ".join([first, *others])
    given = [
        f'coalesce("{name}", "{instead[name]}")' if name in instead else f'"{name}"'
        for name, _ in columns[1:]
    ]
    # No join: with one the lines of two files would come in any order.
    base = "(?::bigint[])[list_position(?::varchar[], line_file)]"
    values = ", ".join([f"{base} + {first}", *given])
    con.execute(
        f"insert into {table} ({names}) select {values} "  # noqa: S608
        "from read_csv(?, columns = ?, filename = 'line_file', "
        "auto_detect = false, header = false, delim = ',', quote = '\"', "
        "escape = '\"', nullstr = '', allow_quoted_nulls = false, "
        "parallel = false, new_line = '\\n', dateformat = '%Y-%m-%d', "
        "max_line_size = 16777216)",
        [list(there.values()), list(there), literal, dict(columns)],
    )


def _parts(answer: Answer, source: SourceSpec) -> Iterator[Path]:
    """The files with a source's lines; those that helpers made lie in their own, so
    that all cores take part in loading them."""
    yield answer.folder / f"{source.name}.csv"
    number = 2
    while (more := answer.folder / f"{source.name}.{number}.csv").is_file():
        yield more
        number += 1


def _has_lines(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _check(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]) -> None:
    """Raises BadAnswer when a process told of other rows than it left."""
    wrong = con.execute((_HERE / "told.sql").read_text(encoding="utf-8")).fetchall()
    shown = {name for (name,) in con.execute(SHOWN).fetchall()}
    for source in sources:
        if source.name not in shown:
            continue
        wrong += con.execute(
            "select sheet.sheet_id from tmp_sheet as sheet "  # noqa: S608
            "left join (select sheet_id, count(distinct row_no) as places, "
            f"count(*) as lines from load_{source.name} group by sheet_id) as found "
            "on sheet.sheet_id = found.sheet_id where sheet.source = ? "
            "and (coalesce(found.places, 0) <> sheet.data_rows "
            "or coalesce(found.lines, 0) <> sheet.data_rows)",
            [source.name],
        ).fetchall()
        wrong += wrong_when_loaded(con, source)
    if wrong:
        raise BadAnswer
