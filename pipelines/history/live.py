"""Tonight's candidates and what was known → findings with states, numbers, dates."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.database import run_sql_file
from pipelines.errors import YuluError
from pipelines.history.number import finding_number, serial_of

STEPS = tuple(sorted((Path(__file__).parent / "steps").glob("[0-9]*.sql")))
_NUMBERS_BEFORE = "60_finding.sql"


def live(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``fnd_finding``, and ``mem_*`` for the nights to come.

    Reads ``fnd_candidate``, ``fnd_rule_status``, ``his_*``, ``lnk_*``, ``ing_*``,
    ``ref_*``, ``run``. Raises YuluError when a number would stand for two findings.
    """
    for step in STEPS:
        if step.name == _NUMBERS_BEFORE:
            _number(con)
        run_sql_file(con, step)
    con.execute("select count(*) - count(distinct finding_no) from fnd_finding")
    if con.fetchall() != [(0,)]:
        raise YuluError("问题编号出现重复，没有发布任何内容，请联系维护人员。")


def _number(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``his_fresh``: the next numbers after the last one ever given out."""
    con.execute("select finding_no from his_number")
    last = max((serial_of(number) for (number,) in con.fetchall()), default=0)
    con.execute("select count(*) from his_unnumbered")
    count = con.fetchall()[0][0]
    con.execute(
        "create or replace temp table his_fresh as select "
        "unnest($1::varchar[]) as finding_no, unnest(range(1, $2 + 1)) as place_no",
        [[finding_number(last + place) for place in range(1, count + 1)], count],
    )
