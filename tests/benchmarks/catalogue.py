"""Seconds and memory of the whole catalogue: ``python -m tests.benchmarks.catalogue``.

A county of ``--people`` is invented, read and linked; ``--times`` copies of it, each with
its own people, numbers, files and townships, make a province of it. Then every rule runs
as on a night; the slowest are listed. ``--kept FILE`` keeps the linked tables for next time.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipelines import database, night, rules, settings
from pipelines.progress import silent
from pipelines.request import Request
from pipelines.rules import run
from schemas.synth import make_county
from tests.benchmarks.measured import say

# What tells one copy from another: keys of people and rows, files, places, households.
_KEYS = (
    "person_key", "subject_key", "file", "household_no", "person_no", "township",
    "township_key", "seen_township_key", "account_no", "phone", "household_phone",
    "owner_key", "seen_township",
)  # fmt: skip
_NUMBERS = (
    "pid", "person_id", "subject_id", "head_pid", "node",
)  # fmt: skip
_SHARED = ("run", "ref_", "ing_accept", "lnk_period", "lnk_limit")


def linked(folder: Path, people: int, seed: int, file: Path) -> None:
    """Write the tables of an invented county's night, as linking leaves them, to a file."""
    make_county(folder, people=people, seed=seed, errors=0.1, mess=False)
    with night.begin(
        Request(raw=folder / "raw", out=folder / "out"), silent
    ) as tonight:
        for stage in night.STAGES:
            stage.work(tonight)
            if stage.name == "link":
                break
        tonight.con.execute(f"attach '{file}' as kept")
        for (name,) in tonight.con.execute(
            "select table_name from duckdb_tables() where not temporary "
            "and database_name <> 'kept' order by table_name"
        ).fetchall():
            tonight.con.execute(f'create table kept."{name}" as from "{name}"')
        tonight.con.execute("detach kept")


def load(con: duckdb.DuckDBPyConnection, file: Path, times: int) -> int:
    """Fill a work database with that many copies; how many people it has."""
    con.execute(f"attach '{file}' as kept (read_only)")
    tables = con.execute(
        "select table_name, list(column_name order by column_index), "
        "list(data_type order by column_index) from duckdb_columns() "
        "where database_name = 'kept' group by table_name order by table_name"
    ).fetchall()
    for name, columns, types in tables:
        if name.startswith(_SHARED) or times == 1:
            con.execute(f'create or replace table "{name}" as from kept."{name}"')
            continue
        shown = ", ".join(
            _copied(column, kind) for column, kind in zip(columns, types, strict=True)
        )
        con.execute(
            f'create or replace table "{name}" as select {shown} '
            f'from kept."{name}" cross join range({times}) as copy (k)'
        )
    for k in range(times if times > 1 else 0):
        con.execute("insert into ref_area values (?)", [f"{900000 + k}"])
    con.execute("detach kept")
    found = con.execute("select count(*) from lnk_person").fetchall()
    return int(found[0][0])


def _copied(column: str, kind: str) -> str:
    """The expression of one column in copy ``k``: the same county with other people."""
    if column.endswith("row_id") and kind == "BIGINT":
        return f'"{column}" + k * 10000000 as "{column}"'
    if column in _NUMBERS or column.endswith("_pid"):
        # another area code, and the check character that then is right
        return (
            f'case when k = 0 or length("{column}") <> 18 then "{column}" '
            f'else other_pid(cast(900000 + k as varchar) || substr("{column}", 7), '
            f'has_good_check("{column}")) end as "{column}"'
        )
    if column in _KEYS and kind == "VARCHAR":
        return (
            f'case when k = 0 then "{column}" else "{column}" || \'~\' || '
            f'cast(k as varchar) end as "{column}"'
        )
    return f'"{column}"'


_OTHER_PID = """
create or replace macro other_pid(pid, is_good) as case
    when not is_good then pid
    else left(pid, 17) || substr('10X98765432', 1 + cast((
        7 * (ascii(substr(pid, 1, 1)) - 48) + 9 * (ascii(substr(pid, 2, 1)) - 48)
        + 10 * (ascii(substr(pid, 3, 1)) - 48) + 5 * (ascii(substr(pid, 4, 1)) - 48)
        + 8 * (ascii(substr(pid, 5, 1)) - 48) + 4 * (ascii(substr(pid, 6, 1)) - 48)
        + 2 * (ascii(substr(pid, 7, 1)) - 48) + 1 * (ascii(substr(pid, 8, 1)) - 48)
        + 6 * (ascii(substr(pid, 9, 1)) - 48) + 3 * (ascii(substr(pid, 10, 1)) - 48)
        + 7 * (ascii(substr(pid, 11, 1)) - 48) + 9 * (ascii(substr(pid, 12, 1)) - 48)
        + 10 * (ascii(substr(pid, 13, 1)) - 48) + 5 * (ascii(substr(pid, 14, 1)) - 48)
        + 8 * (ascii(substr(pid, 15, 1)) - 48) + 4 * (ascii(substr(pid, 16, 1)) - 48)
        + 2 * (ascii(substr(pid, 17, 1)) - 48)
    ) % 11 as integer), 1)
end
"""


def main() -> int:
    """Print what the catalogue costs; the slowest rules first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=30_000)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--seed", type=int, default=55)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--most", type=int, default=12)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        file = asked.kept or Path(folder) / "linked.duckdb"
        if not file.is_file():
            linked(Path(folder) / "county", asked.people, asked.seed, file)
        con = database.open_work(Path(folder), settings.load())
        con.execute(_OTHER_PID)
        begun = time.perf_counter()
        people = load(con, file, asked.times)
        say(f"{people} people, loaded in {time.perf_counter() - begun:.1f} s")
        begun = time.perf_counter()
        rules.find(con)
        whole = time.perf_counter() - begun
        _report(con, whole, asked.most)
    return 0


def _report(con: duckdb.DuckDBPyConnection, whole: float, most: int) -> None:
    counted = con.execute(
        "select count(*), sum(seconds), (select count(*) from fnd_candidate) "
        "from fnd_rule_run"
    ).fetchall()[0]
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(
        f"catalogue {whole:.2f} s; {counted[0]} rules alone {counted[1]:.2f} s; "
        f"{counted[2]} findings; at most {mib:.0f} MiB"
    )
    for code, seconds in con.execute(
        "select rule_code, seconds from fnd_rule_run order by seconds desc, rule_code "
        "limit ?",
        [most],
    ).fetchall():
        say(f"{code:<22}{seconds:>8.3f}")
    begun = time.perf_counter()
    run.share(con)
    say(f"{'shared views again':<22}{time.perf_counter() - begun:>8.3f}")


if __name__ == "__main__":
    sys.exit(main())
