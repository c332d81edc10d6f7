"""A rule says the clause and the unit of the county's own province."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines import rules
from pipelines.commands.explain import explain
from pipelines.rules.clauses import spoken
from schemas import policy

SHANXI, CHONGQING, NINGXIA, YUNNAN, HUNAN = "14", "50", "64", "53", "43"
RULES = {rule.code: rule for rule in rules.catalogue()}


@pytest.mark.parametrize(
    ("province", "code", "clause", "asks"),
    [
        (SHANXI, "PAY_AMOUNT", "晋农函〔2025〕61号：按标准每生每年补助", "依据是什么"),
        (NINGXIA, "PAY_AMOUNT", "泾源县通知：每生每学期2000元", "依据是什么"),
        (YUNNAN, "PAY_AMOUNT", "职高3000元、中职4000元、高职5000元", "依据是什么"),
        (CHONGQING, "PAY_AMOUNT", "本省文件未写明补助标准", "依据是什么"),
        (CHONGQING, "EDU_STATUS", "重庆市规定：休学暂停", "退学、休学"),
        (NINGXIA, "ELG_RISK_DONE", "不得新申请", "消除之前该生是否已在享受"),
        (SHANXI, "PAY_DUP_ROSTER", "每生每学年补助一次", "同一学年"),
        (CHONGQING, "PAY_DUP_ROSTER", "每生每学期补助一次", "同一学期"),
        # no row of its own: the nation's
        (HUNAN, "EDU_NOT_FULLTIME", "国开办发〔2015〕19号：全日制学历教育", "全日制"),
    ],
)
def test_a_province_says_its_own(province, code, clause, asks, tmp_path):
    rule = rules.as_of_now(RULES[code], province)
    assert clause in rule.clause
    assert asks in rule.asks
    assert any(rule.clause in line for line in explain([code], tmp_path, province))


def test_a_clause_is_of_its_day():
    texts = [
        policy.declared().decided("clause", "topic", YUNNAN, day)["amount"]["clause"]
        for day in (date(2022, 4, 1), date(2024, 4, 1))
    ]
    assert texts == [
        "云南省：每生每学年3000元，按学期申报",
        "云南省2023年起：职高3000元、中职4000元、高职5000元，按学期申报",
    ]


def test_a_rule_without_a_topic_is_the_same_everywhere():
    rule = RULES["EDU_NOT_PROMOTED"]
    assert spoken(rule, "学期", {}) is rule


def test_every_topic_has_a_clause_for_provinces_that_have_none_of_their_own():
    nation = policy.declared().decided("clause", "topic", "", date(2024, 1, 1))
    assert {rule.policy for rule in RULES.values() if rule.policy} <= set(nation)
