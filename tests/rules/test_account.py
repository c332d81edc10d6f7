"""What lies between what was due and what was given, piece by piece; its manual."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.rules.catalogue import catalogue
from pipelines.rules.run import account
from tests.rules.examples import Case, fill, read_cases

PIECES = "逐笔"
CASES = read_cases(Path(__file__).parent / "account.md")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_pieces(con: duckdb.DuckDBPyConnection, case: Case) -> None:
    given = [table for table in case.tables if table[0] != PIECES]
    fill(con, Case(case.title, given))
    account(con)
    rows = con.execute(
        "select step, kind, coalesce(rule_code, ''), fen::varchar from fnd_money_piece "
        "left join ref_rule using (rule_code) order by step, rule_no, fen"
    ).fetchall()
    names = ("step", "kind", "rule_code", "fen")
    assert [dict(zip(names, row, strict=True)) for row in rows] == case.rows(PIECES)
    # nothing is left between the ledgers, and no finding says more than its pieces
    assert con.execute(
        "select coalesce((select sum(given_fen - due_fen) from fnd_money_line), 0) "
        "- coalesce((select sum(fen) from fnd_money_piece where step <> 'risk'), 0)"
    ).fetchall() == [(0,)]
    assert (
        con.execute("select sum(yuan_at_stake) * 100 from fnd_hit").fetchall()
        == con.execute(
            "select sum(abs(fen)) from fnd_money_piece where kind = 'finding'"
        ).fetchall()
    )


def test_every_rule_with_yuan_says_what_they_explain() -> None:
    silent = [
        rule.code
        for rule in catalogue()
        if "0 as yuan_at_stake" not in rule.sql and not rule.money
    ]
    assert silent == []
