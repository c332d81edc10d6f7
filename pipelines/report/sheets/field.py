"""The follow-up tables of townships and villages: what is asked, what is answered."""

from __future__ import annotations

from pipelines.report.sheets.cohort import TOWNSHIP_NEXT
from pipelines.report.sheets.declare import Column, Sheet, col

DEFAULT_ANSWERS = (
    "属实", "部分属实", "不属实", "无法联系", "已更正", "无需更正", "需上级处理",
)  # fmt: skip
PAPERS = (
    "在校证明", "学籍证明", "身份证", "户口簿", "银行卡", "录取通知书", "毕业证书",
    "劳动合同", "工资流水", "自愿放弃声明", "照片", "其他",
)  # fmt: skip
WAYS = ("入户", "电话", "微信", "视频")


def _m(name: str, title: str, width: float, role: str = "item") -> Column:
    return Column(name, title, width, role, is_composed=True)


def _answer(
    name: str,
    title: str,
    width: float,
    choices: tuple[str, ...] = (),
    *,
    by_rule: bool = False,
) -> Column:
    return Column(
        name, title, width, "answer", is_answer=True, choices=choices, by_rule=by_rule
    )


_ASKED = (
    _m("serial", "序号", 3.8, "item_centre"),
    _m("who", "姓名、户主\n证件号码(遮挡)", 12.5),
    _m("number_of", "问题编号", 10.5, "item_centre"),
    _m("change", "较上次", 6.8, "item_centre"), _m("matter", "发现的问题", 27),
    _m("register", "监测系统里是", 14), _m("roster", "雨露名册里是", 14),
    _m("question", "请核实（可看的材料）", 17.5),
)  # fmt: skip
_ANSWERS = (
    _answer("result", "核查结果\n（点开选）", 10, by_rule=True),
    _answer("correct", "正确信息", 11), _answer("remark", "情况说明", 11),
    _answer("papers", "佐证材料\n（可选可写）", 9.5, PAPERS),
    _answer("way", "核查\n方式", 6, WAYS), _answer("checked_on", "核查日期", 8.5),
    _answer("signed", "核查人/\n农户签字", 9.5),
)  # fmt: skip
_CARRIED = (
    "township", "village", "household_key", "finding_no", "head_name", "name",
    "sex_age", "subject_kind", "subject_id", "title", "sentence", "register_side",
    "roster_side", "asks", "proof", "answers", "state", "severity", "yuan_at_stake",
    "period", "rule_code", "change", "asked_on", "due_on",
)  # fmt: skip
ITEM = Sheet(
    "item", "核查表", "雨露计划对账核查表", "每行一个问题，同一户排在一起",
    (*_ASKED, *_ANSWERS),
    frozen=2,
    carries=_CARRIED,
)  # fmt: skip
TOWNSHIP_ITEM = Sheet(
    "township_item", "乡镇核查表", "雨露计划对账核查表（乡镇）",
    "每行一个问题：由乡镇核实的，以及村里归属没有确定的",
    (*_ASKED, *_ANSWERS),
    frozen=2,
    carries=_CARRIED,
)  # fmt: skip
TOWNSHIP_SUMMARY = Sheet(
    "township_summary", "汇总", "各村任务汇总", "每行一个村；户、人、项、元分开计",
    (
        col("village", "村", 16), col("items", "问题（项）", 10, "count"),
        col("a_count", "其中A类（项）", 10, "count"),
        col("b_count", "其中B类（项）", 10, "count"),
        col("c_count", "其中其他（项）", 10, "count"),
        col("households", "涉及户数（户）", 11, "count"),
        col("people", "涉及人数（人）", 11, "count"),
        col("yuan", "涉及金额（元）", 14, "yuan"),
        col("waiting", "还在排队（项）", 11, "count"),
    ),
    carries=("township",), has_total=True,
)  # fmt: skip
TOWNSHIP_DETAIL = Sheet(
    "township_detail", "村级明细", "已发到各村的问题（督办用，由村里填报）",
    "每行一个问题",
    (
        col("village", "村", 13), col("finding_no", "问题编号", 13),
        col("head_name", "户主", 9), col("name", "姓名", 9),
        col("subject_id", "证件号码（已遮挡）", 21), col("title", "差异", 26, "wrap"),
        col("severity", "严重程度", 7, "centre"), col("sentence", "说明", 60, "wrap"),
        col("yuan_at_stake", "涉及金额（元）", 10, "yuan"),
        col("first_seen_on", "首次发现", 12, "date"),
    ),
    carries=("township",),
    frozen=2,
)  # fmt: skip
TOWNSHIP_QUEUE = Sheet(
    "township_queue", "排队", "还没有下发的问题（排队或近期问过）",
    "每行一个问题；同一户一起下发，先后按涉及金额和等待时间",
    (
        col("village", "村", 13), col("queue_no", "第几户", 7, "count"),
        col("finding_no", "问题编号", 13), col("head_name", "户主", 9),
        col("name", "姓名", 9), col("title", "差异", 30, "wrap"),
        col("severity", "严重程度", 7, "centre"),
        col("yuan_at_stake", "涉及金额（元）", 10, "yuan"),
        col("first_seen_on", "首次发现", 12, "date"), col("why", "为什么没有下发", 30),
    ),
    carries=("township",),
    frozen=2,
)  # fmt: skip
TOWNSHIP_TABLES = (TOWNSHIP_SUMMARY, TOWNSHIP_DETAIL, TOWNSHIP_QUEUE, TOWNSHIP_NEXT)
# On the cover: what need not be asked any more.
WITHDRAWN = Sheet(
    "withdrawn", "说明", "已撤回的问题（上次有，本次无，不用再问）", "每行一个问题",
    (
        col("finding_no", "问题编号", 21), col("name", "姓名", 10),
        col("title", "差异", 26), col("why", "原因", 40),
        col("asked_on", "下发日期", 12, "date"), col("left_on", "撤回日期", 12, "date"),
    ),
    carries=("audience", "township", "village"),
)  # fmt: skip
