"""总览: tables that stand below each other on one grid of equal columns."""

from __future__ import annotations

from pipelines.report.sheets.declare import Column, Sheet

GRID, GRID_WIDTH = 12, 11.5


def _g(name: str, title: str, role: str = "count", span: int = 1) -> Column:
    return Column(name, title, GRID_WIDTH * span, role, span)


HEADLINE = Sheet(
    "overview_headline", "总览", "资助规模（户、人、人次、元分开计）",
    "每行一个学年；合计行的“户”“人”不重复计，“人次”为各学年相加",
    (
        _g("period", "学年", "centre"), _g("households", "资助户数（户）"),
        _g("people", "资助人数（人）"), _g("person_periods", "资助人次（人次）"),
        _g("yuan", "名册金额（元）", "yuan"),
        _g("paid_yuan", "已发放金额（元）", "yuan"),
        _g("applied_households", "审核中户数（户）"),
        _g("applied_people", "审核中人数（人）"),
        _g("applied_yuan", "审核中金额（元）", "yuan"),
    ),
    has_total=True,
)  # fmt: skip
BY_TOWNSHIP = Sheet(
    "overview_township", "总览", "今晚需要核实的差异（按乡镇）",
    "每行一个乡镇；不含搁置和已销号的。没有下发也没有排队的由县级处理",
    (
        _g("township", "乡镇", "text", 2), _g("findings", "差异（项）"),
        _g("a_count", "其中A类（项）"), _g("b_count", "其中B类（项）"),
        _g("c_count", "其中其他（项）"), _g("households", "涉及户数（户）"),
        _g("people", "涉及人数（人）"), _g("yuan", "涉及金额（元）", "yuan"),
        _g("out_count", "已下发（项）"), _g("waiting", "排队等候（项）"),
    ),
    has_total=True,
)  # fmt: skip
TREND = Sheet(
    "overview_trend", "总览", "逐晚变化（最近三十晚）",
    "每行一晚，最后一行是今晚；“已销号”只计当晚有数据证明已解决的",
    (
        _g("as_of", "日期", "centre"), _g("new_count", "新发现（项）"),
        _g("open_count", "未解决（项）"), _g("waiting_count", "待核销（项）"),
        _g("held_count", "搁置（项）"), _g("done_count", "已销号（项）"),
        _g("yuan", "涉及金额（元）", "yuan"), _g("done_yuan", "核销金额（元）", "yuan"),
    ),
)  # fmt: skip
STUCK = Sheet(
    "overview_stuck", "总览", "卡在哪里（按由谁核实、已等多久）",
    "每行一方；天数从首次发现算起，不含搁置和已销号的",
    (
        _g("owner", "由谁核实", "text", 2), _g("findings", "未解决（项）"),
        _g("week_count", "7天以内（项）"), _g("month_count", "8—30天（项）"),
        _g("quarter_count", "31—90天（项）"), _g("longer_count", "90天以上（项）"),
        _g("oldest_on", "最早发现", "date"), _g("yuan", "涉及金额（元）", "yuan"),
    ),
    has_total=True,
)  # fmt: skip
BY_FAMILY = Sheet(
    "overview_family", "总览", "各乡镇的问题集中在哪里",
    "每行一个乡镇，单位：项；颜色越深，该类问题越多",
    (
        _g("township", "乡镇", "text", 2), _g("findings", "合计"),
        _g("omission", "应享未享"), _g("money", "资金"), _g("entitlement", "资格"),
        _g("schooling", "在校"), _g("identity", "证件姓名"), _g("linkage", "人户对应"),
        _g("graduates", "毕业去向"), _g("other", "其他"),
    ),
    has_total=True,
)  # fmt: skip
BY_RULE = Sheet(
    "overview_finding", "总览", "差异（按种类）",
    "每行一条规则；金额只计未销号、未搁置的差异",
    (
        _g("rule_code", "规则", "text", 2), _g("title", "差异", "wrap", 3),
        _g("severity", "严重程度", "centre"), _g("new_count", "新发现（项）"),
        _g("open_count", "未解决（项）"), _g("waiting_count", "待核销（项）"),
        _g("held_count", "搁置（项）"), _g("done_count", "已销号（项）"),
        _g("yuan", "涉及金额（元）", "yuan"),
    ),
)  # fmt: skip
NOT_APPLICABLE = Sheet(
    "overview_not_applicable", "总览", "今晚没有核对的规则及原因",
    "没有核对不等于没有问题",
    (
        _g("rule_code", "规则", "text", 2), _g("title", "差异", "wrap", 3),
        _g("outcome", "结果", "centre"), _g("why", "原因", "wrap", 6),
    ),
)  # fmt: skip
BASIS = Sheet(
    "overview_basis", "总览", "今晚依据的数据",
    "每行一种数据的一个时点；日期空白的，表内和文件名都没有写明",
    (
        _g("source", "数据", "wrap", 2), _g("snapshot_on", "数据日期", "date"),
        _g("files", "文件（个）"), _g("rows", "数据行（行）"),
        _g("names", "文件", "wrap", 7),
    ),
)  # fmt: skip
OVERVIEW = (
    HEADLINE, BY_TOWNSHIP, BY_FAMILY, STUCK, TREND, BY_RULE, NOT_APPLICABLE, BASIS,
)  # fmt: skip


def section(sheet: Sheet) -> str:
    """The heading of a block of 总览 with its number: ``三、…``."""
    return f"{'一二三四五六七八九十'[OVERVIEW.index(sheet)]}、{sheet.heading}"
