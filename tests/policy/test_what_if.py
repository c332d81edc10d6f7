"""What another policy would change, against exports as they lie there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pipelines import night
from pipelines.commands.what_if import what_if
from pipelines.errors import UsageError, YuluError
from pipelines.progress import silent
from pipelines.report import gate, gate_book
from pipelines.request import Request
from tests.policy.county import write

pytestmark = pytest.mark.slow
SHANXI = "14"
Try = Callable[..., str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county of ``county.py`` under Shanxi's policy, with one published night."""
    place = tmp_path_factory.mktemp("what-if")
    write(place / "raw", SHANXI)
    night.run(Request(raw=place / "raw", out=place / "out"), silent)
    return place


@pytest.fixture
def tried(place: Path, tmp_path: Path) -> Try:
    def made(policy: str, book: Path | None = None) -> str:
        if "," in policy:
            file = tmp_path / "改动.csv"
            file.write_text(policy, encoding="utf-8")
            policy = str(file)
        request = Request(raw=place / "raw", out=place / "out")
        return "\n".join(what_if([policy], request, book, silent))

    return made


def part(said: str, start: str, end: str) -> list[str]:
    """The lines between two others, without margins."""
    lines = [line.strip() for line in said.splitlines()]
    return lines[lines.index(start) + 1 : lines.index(end)]


def test_more_money_for_one_level_is_counted_to_the_yuan(tried: Try) -> None:
    """中职 from 3,000 to 3,600 in 2024-2025: 张安 and 李边 were listed for autumn, 冯职's
    职业高中 is a 中职 too; 吴漏 and 陈高 are 高职."""
    said = tried("学段,单位,金额（元）,自\n中职,学年,3600,2024-09-01")
    assert "试算：本省政策改动：补助标准 1 行" in said
    assert part(said, "户、人、人次分开计，互不相加：", "按补助期：") == [
        "金额增加　3 户　3 人　3 人次　+900 元",
        "合计差额　+900 元",
    ]
    assert part(said, "按补助期：", "按乡镇：")[0] == "2024-2025学年"
    assert "胡会乡" in said


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        # 王消 and 赵新 were cleared in June; 1,500 each for the listed autumn half
        ("做法,自\n照发,2015-09-01", ["新增享受　2 户　2 人　2 人次　+3,000 元"]),
        ("做法,自\n不得新申请,2015-09-01", ["新增享受　1 户　1 人　1 人次　+1,500 元"]),
        ("学籍状态,影响,自\n休学,停发,2015-09-01", None),
        # a later reference day: 楚迟 (October) is in time, and 李边 is cleared by then
        (
            "开始,基准日,自\n09-01,11-01,2024-09-01",
            [
                "新增享受　1 户　1 人　1 人次　+1,500 元",
                "不再享受　1 户　1 人　1 人次　-1,500 元",
            ],
        ),
    ],
)
def test_who_gains_and_who_loses(tried: Try, policy, expected) -> None:
    said = tried(policy)
    if expected is None:
        assert "没有差别" in said
        return
    found = part(said, "户、人、人次分开计，互不相加：", "按补助期：")
    assert found[:-1] == expected


def test_another_province_in_terms_where_this_one_pays_by_year(tried: Try) -> None:
    said = tried("宁夏")
    assert part(said, "按补助期：", "按乡镇：") == [
        "2024-2025学年",
        "新增享受　1 户　1 人　1 人次　+2,000 元",
        "金额增加　6 户　6 人　6 人次　+3,000 元",
        "说不清　1 户　1 人　1 人次",
        "合计差额　+5,000 元",
    ]
    assert "没有比的学年：2023-2024" in said
    assert "没有规定标准，未计" in tried("重庆")
    assert "没有差别" in tried("山西")


def test_nothing_is_written_but_the_book_that_was_asked_for(
    place: Path, tried: Try, tmp_path: Path
) -> None:
    def state() -> list[tuple[str, str]]:
        return sorted(
            (str(path), hashlib.sha256(path.read_bytes()).hexdigest())
            for path in place.rglob("*")
            if path.is_file()
        )

    before, book = state(), tmp_path / "试算.xlsx"
    said = tried("云南", book)
    assert state() == before
    assert book.stat().st_mode & 0o077 == 0
    assert not list(gate_book.leaking(book, gate.leaks, gate.leaks))
    assert not list(gate_book.active_content(book))
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["汇总", "名单"]
    people = {
        row[3]: row[5:9] for row in sheets["名单"].iter_rows(min_row=5, values_only=True)
        if row[0] == "2024-2025学年"
    }  # fmt: skip
    assert people["吴漏"] == ("金额增加", 1500, 2500, 1000)
    assert people["郑技"] == ("说不清", 1500, None, None)
    assert not re.search(r"[0-9]{15}", said)


@pytest.mark.parametrize(
    ("book", "said"), [("试算.csv", ".xlsx"), ("there.xlsx", "已经存在"), ("no/a.xlsx", "先建好")]
)  # fmt: skip
def test_a_book_that_cannot_be_written_is_told_first(
    tried: Try, tmp_path: Path, book: str, said: str
) -> None:
    (tmp_path / "there.xlsx").touch()
    with pytest.raises(UsageError, match=re.escape(said)):
        tried("重庆", tmp_path / book)


def test_a_number_that_would_show_stops_the_book(
    tried: Try, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.report import trial

    monkeypatch.setattr(
        trial, "masked", lambda rows: [(*rows[0][:-1], "1422302008" + "03010130")]
    )
    with pytest.raises(YuluError, match=r"没有写出：.*号码"):
        tried("云南", tmp_path / "试算.xlsx")
    assert not (tmp_path / "试算.xlsx").exists()
