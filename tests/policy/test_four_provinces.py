"""One county, its exports untouched, judged by the policy rows of four provinces."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import duckdb
import pytest

from pipelines import night
from pipelines.request import Request
from tests.policy.county import write

pytestmark = pytest.mark.slow
SHANXI, CHONGQING, NINGXIA, YUNNAN = "14", "50", "64", "53"

# rule | who | Shanxi | Chongqing | Ningxia | Yunnan: yuan at stake (what was
# listed for autumn, what the standard lacks), blank: no finding.
# 李边 was found in February and cleared in September, 王消 cleared in June as one who
# was funded before, 赵新 as one who was not; 孙休 paused, 周军 enlisted; 楚迟 was found in
# October. 吴漏 (高职) and 郑技 (技师学院) are on no roster; 冯职 goes to a 职业高中 and got
# 1500, 陈高 to a 高职 and got 2500.
FINDINGS = """
EDU_STATUS      | 孙休 | 1500 | 0 | 1500 |
EDU_STATUS      | 周军 | 1500 |   | 1500 |
ELG_LATE_FOUND  | 李边 | 1500 |   |      |
ELG_LATE_FOUND  | 楚迟 | 1500 | 0 |      |
ELG_RISK_DONE   | 王消 | 1500 | 0 |      |
ELG_RISK_DONE   | 赵新 | 1500 | 0 | 1500 |
OMI_VOC_NO_YULU | 吴漏 | 3000 | 0 | 2000 | 2500
OMI_VOC_NO_YULU | 郑技 | 3000 | 0 | 2000 |
PAY_AMOUNT      | 冯职 |      |   |  500 |
PAY_AMOUNT      | 陈高 | 1000 |   |  500 |
PAY_AMOUNT      | 张安 |      |   |  500 |  500
PAY_DUP         | 张安 | 1500 |   | 1000 | 1000
"""
NOT_SAID = {
    SHANXI: {},
    CHONGQING: {"PAY_AMOUNT": "补助标准", "PAY_DUP": "补助标准"},
    NINGXIA: {"ELG_LATE_FOUND": "基准日", "OMI_NEW_MON": "基准日"},
    YUNNAN: {
        "ELG_LATE_FOUND": "基准日",
        "OMI_NEW_MON": "基准日",
        "ELG_RISK_DONE": "风险消除后的做法",
    },
}
PROVINCES = (SHANXI, CHONGQING, NINGXIA, YUNNAN)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory):
    """A published night of the county under each policy, made when first asked for."""

    @cache
    def made(province: str) -> Path:
        place = tmp_path_factory.mktemp(f"province{province}")
        write(place / "raw", province)
        request = Request(raw=place / "raw", out=place / "out")
        folder = night.run(request, lambda *_: None).folder
        assert folder is not None
        return folder

    return made


def asked(folder: Path, sql: str) -> list[tuple[object, ...]]:
    return duckdb.sql(sql.replace("TABLES", str(folder / "tables"))).fetchall()


@pytest.mark.parametrize("at", range(4), ids=PROVINCES)
def test_the_same_students_are_other_findings(published, at):
    lines = [line.split("|") for line in FINDINGS.strip().splitlines()]
    table = [[cell.strip() for cell in line] for line in lines]
    codes = sorted({line[0] for line in table})
    names = sorted({line[1] for line in table})
    found = asked(
        published(PROVINCES[at]),
        f"select rule_code, name, max(yuan_at_stake) from 'TABLES/finding.parquet' "
        f"where rule_code in {tuple(codes)} and name in {tuple(names)} "
        "and not (rule_code = 'PAY_AMOUNT' and name not in ('冯职', '陈高', '张安')) "
        "group by all order by all",
    )
    assert found == sorted(
        (line[0], line[1], int(line[2 + at])) for line in table if line[2 + at]
    )


@pytest.mark.parametrize("province", PROVINCES)
def test_what_no_document_says_is_not_applicable_and_says_why(published, province):
    found = asked(
        published(province),
        "select rule_code, why from 'TABLES/rule_status.parquet' "
        "where outcome = 'not_applicable' and why like '本省的政策%'",
    )
    assert dict(found) == {
        code: f"本省的政策没有写明{what}" for code, what in NOT_SAID[province].items()
    }


def test_periods_and_amounts_are_the_provinces_own(published):
    periods = {
        province: [
            (period, figures["people"], figures["yuan"])
            for period, figures in json.loads(
                (published(province) / "run.json").read_text(encoding="utf-8")
            )["headline"].items()
        ]
        for province in PROVINCES
    }
    terms = [("2023-2024-2", 3, 4500), ("2024-2025-1", 9, 14500)]
    assert periods == {
        SHANXI: [("2023-2024", 3, 4500), ("2024-2025", 9, 14500)],
        CHONGQING: terms,
        NINGXIA: terms,
        YUNNAN: terms,
    }
    said = "select sentence from 'TABLES/finding.parquet' where rule_code = '{}'"
    (risk,) = asked(
        published(NINGXIA), said.format("ELG_RISK_DONE") + " and name = '赵新'"
    )
    assert "不得新申请" in str(risk[0])
    assert "基准日" not in str(risk[0])
    (risk,) = asked(
        published(CHONGQING), said.format("ELG_RISK_DONE") + " and name = '赵新'"
    )
    assert "2024-2025学年秋季基准日2024-09-01" in str(risk[0])
