"""What became of last period's students, and who is next; its manual."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.rules.run import account
from tests.rules.examples import Case, fill, read_cases

CASES = read_cases(Path(__file__).parent / "cohort.md")
TABLES = {"去留": "fnd_cohort", "下一批": "fnd_next"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_cohort(con: duckdb.DuckDBPyConnection, case: Case) -> None:
    given = [table for table in case.tables if table[0] not in TABLES]
    fill(con, Case(case.title, given))
    account(con)
    for label, expected in case.tables[len(given) :]:
        columns = list(expected[0]) if expected else ["1"]
        found = con.execute(
            f"select {', '.join(f'{name}::varchar' for name in columns)} "
            f"from {TABLES[label]} order by all"
        ).fetchall()
        assert [dict(zip(columns, row, strict=True)) for row in found] == expected
