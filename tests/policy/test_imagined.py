"""A file of changed policy rows: what it means, and how a wrong one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.commands.imagined import imagined
from pipelines.errors import UsageError

SHANXI = "14"


def written(tmp_path: Path, text: str, coding: str = "utf-8") -> str:
    path = tmp_path / "改动.csv"
    path.write_bytes(text.encode(coding))
    return str(path)


def amounts(words: list[str]) -> dict[str, list[str]]:
    """Level → amounts in the order of their days, for Shanxi."""
    found: dict[str, list[str]] = {}
    rows = imagined(words, SHANXI).policy.of("amount")
    for row in sorted(rows, key=lambda row: row.valid_from):
        if row.fields["province_code"] == SHANXI:
            found.setdefault(row.fields["level"], []).append(row.fields["amount_yuan"])
    return found


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    "text",
    [
        "学段,单位,金额（元）,自\n中职,学年,4000,2024-09-01\n",
        "\n学段\t单位\t金额（元）\t自\n中职\t学年\t4,000\t2024/09/01\n\n",
        "省,学段,单位,金额（元）,自,至,依据\n山西,中职,学年,4000,2024-09-01,,会议纪要\n",
        "level,period_unit,amount_yuan,valid_from\nsecondary,year,4000,2024-09-01\n",
    ],
)
def test_changed_rows_are_read_as_people_write_them(tmp_path, text, coding):
    found = amounts([written(tmp_path, text, coding)])
    assert found["secondary"] == ["3000", "4000"]
    assert found["higher"] == ["3000"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "学段,单位,金额（元）,自\n小学,学年,4000,2024-09-01",
            "第2行第1列（学段）：只能写中职",
        ),
        (
            "学段,单位,金额（元）,自\n中职,学年,四千,2024-09-01",
            "第2行第3列（金额（元））",
        ),
        (
            "学段,单位,金额（元）,自\n中职,学年,4000,2024.9",
            "第2行第4列（自）：应是 2025-09-01",
        ),
        (
            "学段,单位,金额（元）,自\n\n中职,学年,,2024-09-01",
            "第3行第3列（金额（元））：不能为空",
        ),
        ("学段,单位,钱,自\n中职,学年,4000,2024-09-01", "第1行第3列：不认识列名“钱”"),
        ("学段,做法,自\n中职,照发,2024-09-01", "列名不成一张政策表"),
        ("学段,学段,单位,金额（元）,自\n中职,中职,学年,1,2024-09-01", "有一列写了两次"),
        ("学段,单位,金额（元）,自", "只有列名"),
        ("", "是空的"),
        ("学段,单位,金额（元）,自\n中职,学年,4000,2024-09-01,多", "第2行多出一列"),
        ("省,做法,自\n重庆,照发,2024-09-01", "重庆市的，对本县没有影响"),
        ("做法,自,至\n照发,2024-09-01,2024-01-01", "两个日期写反"),
        ("做法,自\n照发,2024-09-01\n按基准日,2025-09-01", "日期重叠"),
        ("名称,数值,自\nrole_ag,30,2024-09-01", "没有这一项，可写role_age"),
        ('学段,单位,金额（元）,自\n"中职,学年,4000,2024-09-01', "第2行"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place_and_what_would_be_right(
    tmp_path, text, said
):
    with pytest.raises(UsageError) as refused:
        imagined([written(tmp_path, text)], SHANXI)
    assert said in str(refused.value)


def test_a_workbook_is_asked_for_as_text(tmp_path):
    path = tmp_path / "改动.xlsx"
    path.write_bytes(b"PK\x03\x04\0\0")
    with pytest.raises(UsageError, match="另存为 CSV"):
        imagined([str(path)], SHANXI)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("火星", "既不是省名，也不是文件"),
        ("西藏", "还没有政策行"),
        ("14x", "既不是省名"),
    ],
)
def test_a_word_that_is_no_policy(word, said):
    with pytest.raises(UsageError, match=said):
        imagined([word], SHANXI)


@pytest.mark.parametrize("word", ["重庆", "重庆市", "50"])
def test_a_province_by_any_of_its_names(word):
    assert imagined([word], SHANXI).province_code == "50"


def test_terms_in_the_place_of_the_year_are_two_rows_of_one_table(tmp_path):
    text = (
        "学期,开始,基准日,自\n秋季,09-01,09-01,2022-09-01\n春季,03-01,03-01,2022-09-01"
    )
    found = imagined([written(tmp_path, text)], SHANXI)
    assert found.words == "本省政策改动：补助期 2 行"
    (old,) = (
        row
        for row in found.policy.of("period")
        if row.fields["province_code"] == SHANXI and row.fields["term"] == ""
    )
    assert str(old.valid_to) == "2022-08-31"
