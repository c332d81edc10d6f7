"""Whom a payment was for: number as written, then the person, then account and name."""

from __future__ import annotations

from tests.link.world import fetch, linked, pid, wrong

LI, WANG, HEAD = pid("20050312", 21), pid("20050401", 11), pid("20010101", 11)
TYPO = wrong(LI, 14)
REGISTER = f"""
name | id_number | household_no | township | village | relation
李父 | {HEAD} | H1 | 砚城镇 | 城内村 | 户主
李明 | {LI} | H1 | 砚城镇 | 城内村 | 之子
"""
ROSTER = f"""
name | id_number | township | village | account_no | account_holder | period_no
李明 | {TYPO} | 砚城镇 | 城内村 | 621001 | 李父 | 2022-2023
李明 | {TYPO} | 砚城镇 | 城内村 | 621001 | 李父 | 2023-2024
王强 | {WANG} | 砚城镇 | 城内村 | 621002 | 王强 | 2023-2024
赵一 | {pid("20050601", 11)} | 砚城镇 | 城内村 | 621003 | 赵父 | 2023-2024
赵二 | {pid("20060601", 11)} | 砚城镇 | 城内村 | 621003 | 赵父 | 2023-2024
"""
PAYMENTS = f"""
name | id_number | holder_name | account_no | period_no
李明 | {TYPO} | | | 2022-2023
李明 | {LI} | | | 2023-2024
王强 | {WANG} | | | 2022-2023
李明 | ={TYPO[:15]}000 | | | 2023-2024
李明 | {HEAD} | 李父 | 621001 | 2023-2024
 | | 李父 | 621001 | 2023-2024
赵二 | | 赵父 | 621003 | 2023-2024
 | | 赵父 | 621003 | 2023-2024
 | | 钱三 | 621002 | 2023-2024
李父 | {HEAD} | | | 2023-2024
钱三 | {pid("20050909", 11)} | | | 2023-2024
"""


def test_ways_of_a_payment() -> None:
    con = linked(register=REGISTER, roster=ROSTER, payments=PAYMENTS)
    assert fetch(
        con,
        "select payment.via, subject.name, payment.subject_id from lnk_payment "
        "as payment join lnk_subject as subject using (subject_key) order by row_id",
    ) == [
        ("number", "李明", LI),
        ("link", "李明", LI),
        ("number", "王强", WANG),
        ("number", "李明", LI),
        # the bank gives the number of the account's owner
        ("account", "李明", LI),
        ("account", "李明", LI),
        ("account", "赵二", pid("20060601", 11)),
        # two students on one account, and no name to tell them apart
        ("none", "赵父", None),
        ("none", "钱三", None),
        ("link", "李父", HEAD),
        ("none", "钱三", pid("20050909", 11)),
    ]


def test_unlinked_student_and_payment_share_a_subject() -> None:
    con = linked(
        roster=f"name | id_number\n王强 | {WANG}",
        payments=f"name | id_number\n王强 | {WANG}",
    )
    [(roster,)] = fetch(con, "select subject_key from lnk_roster")
    assert fetch(con, "select subject_key from lnk_payment") == [(roster,)]
    assert fetch(con, "select count(*) from lnk_subject") == [(1,)]
