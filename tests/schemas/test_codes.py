"""Code lists: what the systems write is known, mapped or ignored, and nothing twice."""

from __future__ import annotations

import pytest

from schemas import codes
from schemas.kinds import kind_named
from schemas.text import fold

# Values of domain 1.6, 2.3 and 2.4 as the systems spell them.
OFFICIAL = {
    "household_type": "脱贫户 普通农户 一般农户 一般脱贫户 低保脱贫户 特困供养脱贫户 低保特困供养贫困户"
    " 一般贫困户 低保贫困户 五保贫困户 低保户 五保户 脱贫户(继续享受政策) 脱贫户(不享受政策)"
    " 脱贫享受政策户 脱贫不稳定户 边缘易致贫户 (突发)严重困难户 分散供养特困人员"
    " 农村低保边缘家庭 其他脱贫户",
    "monitored_category": "脱贫不稳定户 边缘易致贫户 突发严重困难户 001 002 003",
    "elimination_way": "帮扶消除 自然消除",
    "relation": "户主 配偶 之子 之女 之儿媳 之女婿 之孙子 之孙女 之外孙子 之外孙女 之父 之母 之岳父"
    " 之岳母 之公公 之婆婆 之祖父 之祖母 之外祖父 之外祖母 之兄弟姐妹 之兄弟媳妇 之叔伯 之侄儿"
    " 之侄女 之曾孙子 之曾孙女 其他 01 20 99 儿子 女儿 父亲 母亲 孙子 长子 次女 父子 父女 母子",
    "education": "文盲或半文盲 小学 初中 高中 大专 本科及以上 大专及以上 学龄前儿童 技师 高职高专"
    " 本科及研究生及以上 高中（含职业高中、技校） 大专（含高职或高专）",
    "school_state": "学龄前儿童 学前教育 小学 七年级 八年级 九年级 普通高中一年级 高中一年级 高一"
    " 中职一年级 中职三年级 10 12 高职高专一年级 高职一年级 13 15 技师学院四年级 本科五年级"
    " 大专及以上 16 本科 硕士研究生及以上 硕士生及以上 硕士或博士研究生 特殊学校 非在校生 01",
    "labour": "技能劳动力 普通劳动力 弱劳动力或半劳动力 丧失劳动力 无劳动力 技能劳动能力",
    "political": "中共党员 中共预备党员 共青团员 群众",
    "low_income": "农村低保 城市低保 未享受 不享受 是 否",
    "destitute": "农村特困 城市特困 不享受 未享受 是 否",
    "job_form": "单位录用聘用人员 其他形式务工就业人员",
    "job_channel": "公益性岗位 帮扶车间 其他就业形式 其他形式就业",
    "id_type": "居民身份证 残疾人证 护照",
    "payment_status": "成功 失败",
    "failure_reason": "户名不符 账号不存在 账户销户 账户冻结 账户睡眠 金额超限",
    "register_status": "在籍在读 休学 退学 转出 毕业 结业 保留学籍 入伍 开除 死亡",
    "study_form": "全日制 非全日制 函授 成教 自考 网络教育 开放大学",
    "school_nature": "公办 民办",
    "school_level": "中职 高职 技工 普通中专 职业高中 技工学校 普通大专 高职院校 技师学院 成人中专"
    " 五年一贯制",
    "destination": "签就业协议形式就业 签劳动合同形式就业 其他录用形式就业 应征义务兵 自主创业 自由职业"
    " 升学 出国出境 求职中 拟升学 暂不就业 无法联系",
}
SETS = {
    "health": ("残疾,长期慢性病", "长期慢性病，残疾", "长期慢性病,残疾"),
    "employment_help": ("技能培训、劳务输出", "劳务输出;技能培训", "技能培训,劳务输出"),
    "risk": ("因学，因病", "因病 因学", "因病,因学"),
    "education_help": (
        "其他,享受“雨露计划”职业教育补助",
        "雨露计划；其他",
        "雨露计划,其他",
    ),
    "disability": ("肢体残疾、听力残疾", "听力,肢体", "听力残疾,肢体残疾"),
}


@pytest.mark.parametrize("name", codes.names())
def test_known_mapped_and_ignored_are_disjoint_and_labels_are_known(name: str):
    code_list = codes.load(name)
    by_fate: dict[str, set[str]] = {}
    for code in code_list.codes:
        by_fate.setdefault(code.fate, set()).add(fold(code.seen))
    fates = list(by_fate.values())
    assert sum(map(len, fates)) == len(set().union(*fates)) == len(code_list.by_key)
    known = {code.label for code in code_list.codes if code.fate == "known"}
    assert set(code_list.labels) == known
    assert all(code_list.find(label) for label in known)
    groups = {(code.label, code.group) for code in code_list.codes if code.label}
    # 职业高中 is 中职, and paid apart in some provinces
    finer = {("中职", "vocational_senior")} if name == "school_level" else set()
    assert finer <= groups
    assert len(groups - finer) == len(known), "one label, two groups"


@pytest.mark.parametrize(
    ("name", "value"),
    [(n, v) for n, values in OFFICIAL.items() for v in values.split()],
)
def test_a_value_of_the_systems_is_in_its_list(name: str, value: str):
    assert codes.load(name).find(value) is not None


@pytest.mark.parametrize("name", codes.names())
def test_every_written_value_reads_as_its_label(name: str):
    kind = kind_named(f"code:{name}")
    for code in codes.load(name).codes:
        parsed = kind.parse(code.seen)
        assert parsed.values[0] == (code.label or None), code.seen
        assert parsed.problem is None


@pytest.mark.parametrize(("name", "one", "other", "meant"),
                         [(n, *v) for n, v in SETS.items()])  # fmt: skip
def test_several_values_read_alike_in_any_order(name, one, other, meant):
    kind = kind_named(f"codes:{name}")
    assert kind.parse(one) == kind.parse(other)
    assert kind.parse(one).values == (meant,)
    assert kind.parse(meant).values == (meant,)


@pytest.mark.parametrize(
    ("kind", "cell", "values", "problem"),
    [
        ("codes:health", "健康,没听说过", ("健康",), "ING_UNKNOWN_CODE"),
        # free words are kept where a reason or a measure may be anything
        ("codes:education_help", "雨露计划,送书上门", ("雨露计划,送书上门",), "ING_UNKNOWN_CODE"),
        ("code:failure_reason", "对方银行拒收", ("对方银行拒收",), "ING_UNKNOWN_CODE"),
        ("codes:education_help", "未享受雨露计划", (None,), None),
        ("code:register_status", "休学", ("休学", "paused"), None),
        ("code:register_status", "飞走了", (None, None), "ING_UNKNOWN_CODE"),
        ("code:destination", "无", (None, None), None),
    ],
)  # fmt: skip
def test_what_is_not_in_a_list_is_an_issue(kind, cell, values, problem):
    parsed = kind_named(kind).parse(cell)
    assert (parsed.values, parsed.problem) == (values, problem)


@pytest.mark.parametrize(
    ("one", "other"),
    [("之子", "之父"), ("之孙女", "之祖母"), ("之外孙子", "之外祖父"), ("之侄儿", "之叔伯"),
     ("之儿媳", "之婆婆"), ("父子", "父亲"), ("爷孙", "爷爷")],
)  # fmt: skip
def test_a_relation_told_from_either_side_is_one_group(one: str, other: str):
    relation = kind_named("code:relation")
    assert relation.parse(one).values[1] == relation.parse(other).values[1]


def test_the_fifty_six_nationalities_with_and_without_their_suffix():
    code_list = codes.load("ethnic_group")
    numbered = {
        c.label for c in code_list.codes if c.code.isdigit() and int(c.code) < 57
    }
    assert len(numbered) == 56
    for spelt in ("汉", "僳僳族", "傈僳族", "维吾尔族", "畬族"):
        assert code_list.find(spelt) is not None


@pytest.mark.parametrize(
    ("kind", "cell", "values"),
    [
        ("entry_day", "2019", ("2019-09-01",)),
        ("entry_day", 2019.0, ("2019-09-01",)),
        ("entry_day", "2019级", ("2019-09-01",)),
        ("entry_day", "2020年春季", ("2020-03-01",)),
        ("entry_day", "2019-10", ("2019-10-01",)),
        ("leaving_day", "2022年", ("2022-07-01",)),
        ("leaving_day", "2022-06-30", ("2022-06-30",)),
        ("grant", "是", (True, None)),
        ("grant", "3000", (True, 300_000)),
        ("grant", 1500.0, (True, 150_000)),
        ("grant", "0", (False, None)),
        ("grant", 0.0, (False, None)),
        ("grant", "否", (False, None)),
        ("grant", "未享受", (False, None)),
        ("grant", "", (None, None)),
    ],
)
def test_days_of_study_and_grants(kind, cell, values):
    found = kind_named(kind).parse(cell).values
    assert (
        tuple(v if isinstance(v, int | bool) or v is None else str(v) for v in found)
        == values
    )
