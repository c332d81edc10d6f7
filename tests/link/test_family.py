"""Whose number it is: the head's or a guardian's typed for the student's, and back."""

from __future__ import annotations

import pytest

from tests.link.world import chosen, fetch, linked, pid, rows_of, tiers

HEAD, MOTHER = pid("19790301", 11, "142299"), pid("19800402", 22, "142299")
CHILD, SISTER = pid("20050312", 21), pid("20060312", 42)
OTHER, FORMER = pid("19780506", 33, "142299"), pid("20050314", 77)
REGISTER = f"""
name | id_number | household_no | person_no | township | village | relation
李大山 | {HEAD} | 81 | 901 | 砚城镇 | 城内村 | 户主
王秀英 | {MOTHER} | 81 | 902 | 砚城镇 | 城内村 | 配偶
李明 | {CHILD} | 81 | 903 | 砚城镇 | 城内村 | 之子
李芳 | {SISTER} | 81 | 904 | 砚城镇 | 城内村 | 之女
赵大 | {OTHER} | 82 | 905 | 砚城镇 | 东关村 | 户主
"""
CASES = f"""
why | name | id_number | head_name | head_id_number | guardian_name | tier | person
the head's, and the row says so | 李明 | {HEAD} | 李大山 | {HEAD} | | no_id | 李明
the head's, no head given | 李明 | {HEAD} | | | | no_id | 李明
the mother's | 李芳 | {MOTHER} | 李大山 | | | no_id | 李芳
the guardian's, named so | 李芳 | {MOTHER} | | | 王秀英 | no_id | 李芳
the two swapped | 李明 | {HEAD} | 李大山 | {CHILD} | | no_id | 李明
the child's for the head's | 李明 | {CHILD} | 李大山 | {CHILD} | | id | 李明
only in the head's column | 李明 | | 李大山 | {CHILD} | | no_id | 李明
a child that the register lacks | 李强 | {HEAD} | 李大山 | {HEAD} | | none |
the head's name in the student's place | 李大山 | {CHILD} | 李大山 | | | id | 李明
the head studies, under a name that sounds alike | 李大杉 | {HEAD} | 李大山 | | | id | 李大山
a sister's is no elder's number | 李明 | {SISTER} | 李大山 | | | id | 李芳
another family's head | 李明 | {OTHER} | 李大山 | {HEAD} | | id | 赵大
"""


@pytest.mark.parametrize("case", rows_of(CASES), ids=lambda case: case["why"])
def test_whose_number(case: dict[str, str]) -> None:
    columns = ("name", "id_number", "head_name", "head_id_number", "guardian_name")
    row = " | ".join(case.get(column, "") for column in columns)
    found = chosen(
        register=REGISTER,
        roster=f"{' | '.join(columns)} | township | village\n{row} | 砚城镇 | 城内村",
    )
    assert found[0][1:3] == (case["tier"], case.get("person"))


def test_one_number_under_three_names_is_its_owner_s_alone() -> None:
    heads = "name | id_number | township | village"
    rows = "\n".join(
        f"{n} | {OTHER} | 砚城镇 | 城内村" for n in ("李明", "李芳", "钱五")
    )
    assert tiers(register=REGISTER, roster=f"{heads}\n{rows}") == [
        "no_id", "no_id", "none",
    ]  # fmt: skip


def test_the_register_s_own_numbers_stand_for_a_home() -> None:
    roster = """
    name | household_no | person_no
    李明 | 81 |
    李明 | | 903
    李明 | 82 | 905
    """
    assert tiers(register=REGISTER, roster=roster) == ["no_id", "no_id", "none"]


def test_a_school_number_bridges_to_the_former_number_of_other_rows() -> None:
    """The newer roster shows both numbers; the older one has only the former."""
    con = linked(
        register=REGISTER,
        roster=f"""
        name | id_number | student_no | period_no
        李明 | {CHILD} | G{FORMER} | 2023-2024
        李明 | {FORMER} | | 2022-2023
        李强 | {FORMER} | | 2022-2023
        """,
    )
    told = "select tier, person_id, evidence_sentence from lnk_roster order by row_id"
    assert fetch(con, told) == [
        ("id", CHILD, "证件号相同，姓名相同。"),
        ("student_no", CHILD, "证件号与本人学籍号中的旧号码相同，姓名相同。"),
        ("none", None, "系统中没有找到此人。"),
    ]


def test_the_school_register_bridges_too() -> None:
    assert tiers(
        register=REGISTER,
        roster=f"name | id_number\n李明 | {FORMER}",
        school=f"name | id_number | student_no\n李明 | {FORMER} | G{CHILD}",
    ) == ["student_no"]
