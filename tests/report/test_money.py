"""The two ledgers come together to the yuan, or the night is not published."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.report.audit import of_tables
from pipelines.report.audit_books import all_rows
from pipelines.report.prepare import prepare
from tests.report.literal_night import make_night

Night = tuple[Path, duckdb.DuckDBPyConnection]


def shortfalls(*changes: str) -> list[str]:
    con = make_night()
    for change in changes:
        con.execute(change)
    prepare(con)
    return [line for line in of_tables(con, all_rows(con)) if "资金" in line]


def test_what_lies_between_due_and_given(night: Night) -> None:
    rows = night[1].execute(
        "select period_no, township, due_fen // 100, given_fen // 100, "
        "difference_fen // 100, over_fen // 100, explained_fen // 100, risk_fen // 100 "
        "from out_money"
    )
    assert rows.fetchall() == [
        ("2021-2022", "三岔镇", 9000, 9000, 0, 0, 0, 3000),
        ("2021-2022", "前所乡", 0, 3000, 3000, 3000, 0, 0),
        ("2021-2022", "全县", 9000, 12000, 3000, 3000, 0, 3000),
        ("2022-2023", "三岔镇", 3000, 0, -3000, 0, -3000, 0),
        ("2022-2023", "全县", 3000, 0, -3000, 0, -3000, 0),
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("update fnd_money_piece set fen = fen - 1 where step = 'applied'", "差额与逐条"),
        ("delete from fnd_money_piece where step = 'listed_over'", "差额与逐条"),
        ("update fnd_money_line set due_fen = 0 where subject_key = 'p3'", "差额与逐条"),
        ("update fnd_money_piece set period_no = '2019-2020'", "不在两本账中"),
        ("update fnd_finding set yuan_at_stake = 6000 where finding_no = 'F6T3-9'",
         "涉及金额与资金对账不符：F6T3-9"),
        ("update stg_yulu_roster set amount_fen = 310000 where row_id = 13", "名册金额两次"),
        ("update stg_yulu_payment set amount_fen = 310000", "实发金额两次"),
        (("insert into fnd_money_line select * from fnd_money_line "
         "where subject_key = 'p3'"), "有两行"),
    ],
)  # fmt: skip
def test_a_difference_that_is_not_accounted_for_stops_the_night(
    change: str, said: str
) -> None:
    assert shortfalls() == []
    assert any(said in line for line in shortfalls(change))
