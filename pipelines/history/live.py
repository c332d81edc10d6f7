"""Tonight's candidates and what was known → findings with states, numbers, dates."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.database import run_sql_file
from pipelines.errors import YuluError
from schemas.number import FINDING, QUESTION, Numbering, NumbersUsedUpError

STEPS = tuple(sorted((Path(__file__).parent / "steps").glob("[0-9]*.sql")))
# Before these steps: what has to be numbered, and where numbers given out stand.
_NUMBERED = {
    "60_finding.sql": (FINDING, "finding_no", "his_number", "his_unnumbered", "his_fresh"),
    "80_question.sql": (
        QUESTION, "question_no", "his_question", "his_unasked", "his_fresh_question",
    ),
}  # fmt: skip


def live(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``fnd_finding`` and ``fnd_question``, and ``mem_*`` for the nights to come.

    Reads ``fnd_candidate``, ``fnd_rule_status``, ``his_*``, ``lnk_*``, ``ing_*``,
    ``ret_decision``, ``ref_*``, ``run``. Raises YuluError when a number would stand for
    two findings.
    """
    for step in STEPS:
        if step.name in _NUMBERED:
            _number(con, *_NUMBERED[step.name])
        run_sql_file(con, step)
    con.execute("select count(*) - count(distinct finding_no) from fnd_finding")
    if con.fetchall() != [(0,)]:
        raise YuluError("问题编号出现重复，没有发布任何内容，请联系维护人员。")


def _number(
    con: duckdb.DuckDBPyConnection, numbering: Numbering, column: str, known: str,
    unnumbered: str, fresh: str,
) -> None:  # fmt: skip
    """Fill ``fresh``: the next numbers after the last one ever given out."""
    con.execute(f"select {column} from {known}")  # noqa: S608
    given = (numbering.serial_of(number) for (number,) in con.fetchall())
    last = max(given, default=0)
    con.execute(f"select count(*) from {unnumbered}")  # noqa: S608
    count = con.fetchall()[0][0]
    try:
        numbers = [numbering.number(last + place) for place in range(1, count + 1)]
    except NumbersUsedUpError:
        raise YuluError("编号已用完，请联系维护人员。") from None
    con.execute(
        f"create or replace temp table {fresh} as select "
        f"unnest($1::varchar[]) as {column}, unnest(range(1, $2 + 1)) as place_no",
        [numbers, count],
    )
