"""A small invented county for one test: tables as text, read by the real kinds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import duckdb

from pipelines.database import MACROS, load_reference, run_sql_file
from pipelines.link import STEPS, link_people, run_step
from pipelines.settings import Settings
from schemas.idnumber import check_digit
from schemas.kinds import kind_named
from schemas.source import spec
from schemas.sources import SOURCES
from schemas.spec import stg_columns, stg_table_sql

SPECS = {declared.name: declared for declared in map(spec, SOURCES)}
AS_OF = date(2023, 12, 20)
_KEPT = """
create or replace table ref_policy as from kept_policy;
create or replace table ref_setting as from kept_setting;
"""
# What linking reads beside the sources: files, sheets, headings, earlier nights.
BOOKKEEPING = """
create or replace table ing_file (
    file varchar, sha256 varchar, bytes bigint, sniffed_type varchar,
    sources varchar[], snapshot_on date, dated_by varchar, rows bigint,
    stated_rows bigint, outcome varchar, issue_code varchar
);
create or replace table ing_sheet (
    file varchar, sheet varchar, sheet_no integer, source varchar, rows bigint,
    heading_row_no integer, title_text varchar, period_no varchar,
    is_hidden boolean, stated_rows bigint, counted_rows bigint,
    hold_code varchar
);
create or replace table ing_heading (
    file varchar, sheet varchar, source varchar, column_no integer,
    heading varchar, column_name varchar, fate varchar
);
create or replace table his_person (
    person_key varchar, pid varchar, person_no varchar, name_key varchar,
    last_seen_on date, first_seen_on date, household_no varchar, head_pid varchar,
    alias_of varchar
);
create or replace table his_coverage (
    as_of date, source varchar, period_no varchar, township varchar, rows bigint
);
create or replace table ret_decision (
    decision_key varchar, question_no varchar, answer varchar, pick integer,
    decided_by varchar, decided_on date, note varchar, taken_on date, line_key varchar,
    roster_side varchar, register_side varchar, candidates struct(
        person_key varchar, person_id varchar, name_key varchar, shown varchar
    )[]
);
"""
# What a row is when its table does not say.
_DEFAULTS: dict[str, dict[str, Any]] = {
    "monitored_person": {
        "snapshot_on": date(2023, 12, 18),
        "is_current": True,
        "file": "register.xlsx",
        "is_policy_off": False,
    },
    "yulu_roster": {"file": "roster.xlsx", "period_no": "2023-2024"},
    "member_departure": {"file": "departure.xlsx"},
    "yulu_payment": {"file": "payment.xlsx", "period_no": "2023-2024"},
    "school_register": {"file": "school.xlsx"},
}


def pid(birth: str, sequence: int, area: str = "142230") -> str:
    """An invented number: 142230 was abolished before 2000, 142299 never assigned."""
    first17 = f"{area}{birth}{sequence:03d}"
    return first17 + check_digit(first17)


def wrong(number: str, *places: int) -> str:
    """The number with the digits at these places (1-based) raised by one."""
    found = list(number)
    for place in places:
        found[place - 1] = str((int(found[place - 1].replace("X", "9")) + 1) % 10)
    return "".join(found)


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of a table drawn with ``|``; a blank cell is left out."""
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    heads = [cell.strip() for cell in lines[0].split("|")]
    return [
        {
            head: cell.strip()
            for head, cell in zip(heads, line.split("|"), strict=True)
            if cell.strip()
        }
        for line in lines[1:]
    ]


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """The reference tables, loaded once for all tests."""
    con = duckdb.connect(config={"threads": 1})
    run_sql_file(con, MACROS)
    load_reference(con, Settings(county_code="140928"), AS_OF)
    con.execute("create table kept_policy as from ref_policy")
    con.execute("create table kept_setting as from ref_setting")
    con.execute(
        "create table run as select $1::date as as_of, '140928' as county_code, "
        "'五寨县' as county, '14' as province_code, 'test' as version",
        [AS_OF],
    )
    return con


def county(
    *,
    register: str = "",
    roster: str = "",
    departures: str = "",
    payments: str = "",
    school: str = "",
    his_person: list[tuple[Any, ...]] | None = None,
    his_coverage: list[tuple[Any, ...]] | None = None,
    shuffled: bool = False,
) -> duckdb.DuckDBPyConnection:
    """A connection with every table that linking reads, filled from text tables.

    It is the same database each time, emptied: read one county before the next.
    """
    con = _database()
    con.execute(_KEPT + BOOKKEEPING)
    row_id = 0
    tables = {
        "monitored_person": register,
        "yulu_roster": roster,
        "member_departure": departures,
        "yulu_payment": payments,
        "school_register": school,
    }
    for source in SPECS.values():
        con.execute(stg_table_sql(source))
    for name, table in tables.items():
        rows = rows_of(table) if table else []
        for row in reversed(rows) if shuffled else rows:
            row_id += 1
            _insert(con, name, row_id, row)
    for table, given in (("his_person", his_person), ("his_coverage", his_coverage)):
        for values in given or ():
            marks = ", ".join("?" * len(values))
            names = [name for (name, *_) in con.execute(f"describe {table}").fetchall()]
            told = ", ".join(names[: len(values)])
            con.execute(f"insert into {table} ({told}) values ({marks})", list(values))
    return con


def _insert(
    con: duckdb.DuckDBPyConnection, source: str, row_id: int, row: Mapping[str, str]
) -> None:
    declared = SPECS[source]
    cells: dict[str, Any] = {**_DEFAULTS[source], **row}
    values: dict[str, Any] = {"row_id": row_id, "sheet": "", "row_no": row_id}
    for column in declared.columns:
        kind = kind_named(column.kind)
        parsed = kind.parse(_cell(cells.get(column.name)))
        for (suffix, _), value in zip(kind.fields, parsed.values, strict=True):
            values[column.name + suffix] = value
    kinds = {column.name for column in declared.columns}
    for name, value in cells.items():
        if name not in kinds:
            values[name] = {"yes": True, "no": False}.get(value, value)
    names = [name for name, _ in stg_columns(declared) if name in values]
    unknown = set(values) - set(names)
    assert not unknown, f"no such column: {unknown}"
    marks = ", ".join("?" * len(names))
    con.execute(
        f"insert into stg_{source} ({', '.join(names)}) values ({marks})",
        [values[name] for name in names],
    )


def _cell(text: Any) -> Any:
    """A cell written ``=1.4`` arrives as a number, like from Excel."""
    if isinstance(text, str) and text.startswith("="):
        return float(text[1:])
    return text


def linked(**tables: Any) -> duckdb.DuckDBPyConnection:
    """The county, linked."""
    con = county(**tables)
    link_people(con)
    return con


def chosen(**tables: Any) -> list[tuple[Any, ...]]:
    """(roster name, tier, the register's name, its number) in roster order.

    Only the steps up to the choice are run: three times as fast as all of them.
    """
    con = county(**tables)
    for step in STEPS:
        if step.name < "61":
            run_step(con, step)
    return fetch(
        con,
        "select line.name, choice.tier, person.name, person.person_id "
        "from lnk_choice as choice join lnk_row as line using (row_id) "
        "left join lnk_person as person using (person_key) order by row_id",
    )


def tiers(**tables: Any) -> list[str]:
    """The tiers alone, in roster order."""
    return [row[1] for row in chosen(**tables)]


def fetch(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return con.execute(query).fetchall()
