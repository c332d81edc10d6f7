"""Every rule answers its example tables, which are also its manual."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.rules.catalogue import catalogue
from pipelines.rules.run import COLUMNS
from tests.rules.examples import ANSWER, Case, answers, fill, read_cases

FOLDER = Path(__file__).parent
RULES = {rule.code: rule for rule in catalogue()}
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}-{case.title}")
    for path in sorted(FOLDER.glob("*_*.md"))
    for case in read_cases(path)
]


@pytest.mark.parametrize(("code", "case"), CASES)
def test_example(con: duckdb.DuckDBPyConnection, code: str, case: Case) -> None:
    fill(con, case)
    expected = case.rows(ANSWER)
    found = answers(con, RULES[code].sql)
    found.sort(key=lambda row: (row["subject_key"], row["period_no"]))
    columns = list(expected[0]) if expected else ["subject_key", "period_no"]
    assert [{name: row[name] for name in columns} for row in found] == expected


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule_has_examples(code: str) -> None:
    cases = read_cases(FOLDER / f"{code}.md")
    hits = [case for case in cases if case.rows(ANSWER)]
    assert len(cases) >= 3
    assert hits
    assert len(hits) < len(cases)


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule_shape(con: duckdb.DuckDBPyConnection, code: str) -> None:
    con.execute(f"create temp table shape as {RULES[code].sql}")
    shape = con.execute("describe shape").fetchall()
    assert tuple((row[0], row[1]) for row in shape) == COLUMNS
