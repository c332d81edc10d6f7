"""The declaration of every sheet: its query, headings, widths and roles, in one place.

A new output sheet is one entry here, one ``sheets/<query>.sql`` whose columns stand in
this order, and its golden dump.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

QUERIES = Path(__file__).parent / "sheets"


@dataclass(frozen=True)
class Column:
    """One column: name in the query, heading, width in digits, role.

    ``span`` is for stacked tables that share one grid of columns. A composed column is
    put together from the query's; an answer column has no counterpart in it:
    ``choices`` are its drop-down (none: free text), ``by_rule`` takes the rule's own.
    """

    name: str
    title: str
    width: float
    role: str = "text"
    span: int = 1
    is_composed: bool = False
    is_answer: bool = False
    choices: tuple[str, ...] = ()
    by_rule: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table: ``query`` is its file's stem, ``frozen`` the columns kept in view.

    ``unit`` says what one row is, in the reader's words. The query's first columns,
    ``carries``, steer the layout and are not written. With ``has_total`` the last row
    is a sum. Beyond ``most`` rows
    the sheet says where the ``rest`` stands: no program opens a million notes.
    """

    query: str
    title: str
    heading: str
    unit: str
    columns: tuple[Column, ...]
    frozen: int = 0
    carries: tuple[str, ...] = ()
    has_total: bool = False
    most: int = 100_000
    rest: str = ""

    @property
    def path(self) -> Path:
        return QUERIES / f"{self.query}.sql"

    @property
    def plain(self) -> tuple[Column, ...]:
        """The columns that come straight from the query."""
        return tuple(c for c in self.columns if not c.is_answer and not c.is_composed)

    @property
    def query_columns(self) -> tuple[str, ...]:
        return self.carries + tuple(column.name for column in self.plain)


def _c(
    name: str, title: str, width: float, role: str = "text", span: int = 1
) -> Column:
    return Column(name, title, width, role, span)


# --- 对账总表 -----------------------------------------------------------------
# The tables of 总览 stand below each other on one grid of equal columns.

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
    "每行一个乡镇；不含搁置和已销号的",
    (
        _g("township", "乡镇", "text", 2), _g("findings", "差异（项）"),
        _g("a_count", "其中A类（项）"), _g("b_count", "其中B类（项）"),
        _g("c_count", "其中其他（项）"), _g("households", "涉及户数（户）"),
        _g("people", "涉及人数（人）"), _g("yuan", "涉及金额（元）", "yuan"),
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


FINDING = Sheet(
    "finding", "差异清单", "差异清单",
    "每行一项差异（含搁置和已销号的，可按“状态”筛选）",
    (
        _c("finding_no", "问题编号", 13), _c("state", "状态", 11, "centre"),
        _c("severity", "严重程度", 7, "centre"), _c("title", "差异", 26, "wrap"),
        _c("rule_code", "规则", 19), _c("period", "学年", 11, "centre"),
        _c("township", "乡镇", 11), _c("village", "村", 12), _c("name", "姓名", 9),
        _c("subject_id", "证件号码（或对象）", 21),
        _c("owner", "由谁核实", 9, "centre"),
        _c("yuan_at_stake", "涉及金额（元）", 10, "yuan"),
        _c("sentence", "说明", 56, "wrap"), _c("observed", "查到的", 22, "wrap"),
        _c("expected", "对照的", 22, "wrap"), _c("held_reason", "搁置原因", 24, "wrap"),
        _c("first_seen_on", "首次发现", 11, "date"),
        _c("last_seen_on", "最近发现", 11, "date"),
        _c("source_rows", "来源（文件!工作表!行）", 40),
    ),
    frozen=1,
)  # fmt: skip
SOURCE = Sheet(
    "source", "来源", "来源：每项差异依据的单元格",
    "每行一个单元格；“读到的内容”与原文件一字不差",
    (
        _c("finding_no", "问题编号", 13), _c("rule_code", "规则", 19),
        _c("title", "差异", 26), _c("cell_no", "序", 5, "count"),
        _c("source", "数据", 18), _c("file", "文件", 40), _c("sheet", "工作表", 14),
        _c("cell", "单元格", 9, "centre"), _c("field", "栏目", 14),
        _c("value", "读到的内容", 36, "wrap"),
    ),
    frozen=1,
    rest="tables/evidence.parquet",
)  # fmt: skip
RECEIPT = Sheet(
    "receipt", "文件回执", "文件回执：收到了什么，当作什么，该做什么",
    "每行一张工作表；没有读的文件按原因合并（逐个见“读入提示”）；要处理的在前",
    (
        _c("outcome", "结果", 11, "centre"), _c("file", "文件", 34, "wrap"),
        _c("sheet", "工作表", 10, "wrap"), _c("taken_for", "当作", 15, "wrap"),
        _c("snapshot_on", "数据日期", 11, "date"),
        _c("dated_by", "日期\n依据", 8, "wrap"), _c("period", "学年（依据）", 18, "wrap"),
        _c("accepted", "采用\n（行）", 7, "count"), _c("held", "隔离\n（行）", 6, "count"),
        _c("duplicate", "重复\n（行）", 6, "count"),
        _c("superseded", "已有更新\n（行）", 8, "count"),
        _c("other", "标题合计等\n（行）", 9, "count"),
        _c("stated", "写明的人数", 12, "wrap"), _c("noticed", "注意到", 46, "wrap"),
        _c("todo", "下一步", 34, "wrap"), _c("issue_code", "代码", 20),
    ),
    frozen=2,
)  # fmt: skip
READING = Sheet(
    "reading", "读取明细", "读取明细：每张工作表的每一行去了哪里",
    "每行一张工作表；“物理行”等于右边各栏之和",
    (
        _c("file", "文件", 40), _c("sheet", "工作表", 16), _c("source", "识别为", 18),
        _c("is_hidden", "隐藏", 6, "centre"), _c("period_no", "学年", 11, "centre"),
        _c("lines", "物理行", 8, "count"), _c("accepted", "采用", 8, "count"),
        _c("held", "隔离", 8, "count"), _c("duplicate", "重复", 8, "count"),
        _c("superseded", "已被新数据取代", 10, "count"),
        _c("title", "标题行", 8, "count"), _c("heading", "表头行", 8, "count"),
        _c("total", "合计行", 8, "count"), _c("note", "说明行", 8, "count"),
        _c("blank", "空行", 8, "count"), _c("unused", "没有使用的标题", 40, "wrap"),
    ),
    frozen=2,
)  # fmt: skip
NOTICE = Sheet(
    "notice", "读入提示", "读入提示：有疑问的文件、行和单元格",
    "每行一处；不重复原文内容，请按地址查看",
    (
        _c("effect", "处理", 10, "centre"), _c("severity", "程度", 6, "centre"),
        _c("file", "文件", 40), _c("sheet", "工作表", 16),
        _c("cell", "单元格", 9, "centre"), _c("field", "栏目", 14),
        _c("text_zh", "提示", 40, "wrap"), _c("advice_zh", "怎么办", 40, "wrap"),
        _c("issue_code", "代码", 22),
    ),
    most=20_000,
    rest="tables/issue.parquet",
)  # fmt: skip
QUALITY = Sheet(
    "quality", "数据质量", "数据质量：各乡镇登记质量和读入提示（计数）",
    "每行一个乡镇的一类问题；“其中重点人员”为已在差异清单中逐人列出范围内的人",
    (
        _c("township", "乡镇", 16), _c("kind", "类别", 14), _c("problem", "问题", 36),
        _c("amount", "数量", 9, "count"), _c("unit", "单位", 6, "centre"),
        _c("in_scope", "其中重点人员（人）", 12, "count"),
    ),
)  # fmt: skip
HELD = Sheet(
    "held", "隔离行", "隔离行：暂时不能采用的数据行",
    "每行一行原数据；源文件改正后下次自动采用",
    (
        _c("file", "文件", 40), _c("sheet", "工作表", 16),
        _c("row_no", "行", 7, "count"), _c("source", "数据", 18),
        _c("reason_code", "代码", 20), _c("reason", "原因", 26, "wrap"),
        _c("advice", "怎么办", 34, "wrap"), _c("content", "原行内容", 80, "wrap"),
    ),
    most=20_000,
    rest="tables/ledger.parquet",
)  # fmt: skip
RULE = Sheet(
    "rule", "规则说明", "规则说明：核对什么、问什么、今晚结果", "每行一条规则",
    (
        _c("rule_code", "规则", 22), _c("title", "差异", 30, "wrap"),
        _c("severity", "严重程度", 7, "centre"), _c("owner", "由谁核实", 9, "centre"),
        _c("why", "为什么要查", 40, "wrap"), _c("asks", "核查要点", 36, "wrap"),
        _c("proof", "需提供佐证", 24, "wrap"), _c("answers", "可选结果", 36, "wrap"),
        _c("outcome", "今晚结果", 10, "centre"), _c("hits", "命中（项）", 9, "count"),
        _c("held", "搁置（项）", 9, "count"), _c("outcome_why", "说明", 40, "wrap"),
    ),
    frozen=1,
)  # fmt: skip
COUNTY_SHEETS = (FINDING, SOURCE, RECEIPT, READING, NOTICE, QUALITY, HELD, RULE)

# --- 三个清单 -----------------------------------------------------------------

_PLACE = (_c("township", "乡镇", 11), _c("village", "村", 12))
_HOUSE = (_c("head_name", "户主", 9), _c("household_no", "户编号", 20))
_PERSON = (
    _c("name", "姓名", 9), _c("sex", "性别", 5, "centre"),
    _c("person_id", "证件号码", 21),
)  # fmt: skip
_SCHOOL = (
    _c("school_level", "办学层次", 9, "centre"),
    _c("school_name", "就读学校", 24, "wrap"), _c("major", "专业", 16, "wrap"),
)  # fmt: skip
_ORIGIN = _c("origin", "来源（文件!工作表!行）", 44, "wrap")
ENROLLED = Sheet(
    "list_enrolled", "①入读职业院校", "① 脱贫劳动力入读职业院校清单",
    "每行一人一学年：基准日符合条件的家庭中在职业院校就读的成员，不论是否资助",
    (
        _c("period", "学年", 11, "centre"), *_PLACE, *_HOUSE, *_PERSON,
        _c("school_state", "在校生状况\n（监测系统）", 15, "centre"), *_SCHOOL,
        _c("funding", "资助情况", 13, "centre"), _c("basis", "依据", 18, "wrap"),
        _c("snapshot_on", "监测数据日期", 12, "date"), _ORIGIN,
    ),
)  # fmt: skip
STUDENTS = Sheet(
    "list_students", "②在读学生", "② “雨露计划”在读学生清单",
    "每行一人一学年：已列入资助名册、学业未结束、未自然减少",
    (
        _c("period", "学年", 11, "centre"), *_PLACE, *_HOUSE, *_PERSON, *_SCHOOL,
        _c("programme_years", "学制（年）", 6, "count"),
        _c("entry_on", "入学时间", 12, "date"),
        _c("graduation_on", "毕业时间（填报或推算）", 12, "date"),
        _c("yuan", "名册金额（元）", 10, "yuan"), _c("remark", "提示", 26, "wrap"),
        _ORIGIN,
    ),
)  # fmt: skip
GRADUATES = Sheet(
    "list_graduates", "③毕业学生去向", "③ “雨露计划”毕业学生去向清单",
    "每行一人一段学业：享受过资助且学业已结束；去向取自毕业去向台账，没有的看务工信息，都没有的待核实",
    (
        _c("graduation_on", "毕业时间（填报或推算）", 12, "date"), *_PLACE, *_HOUSE,
        *_PERSON, *_SCHOOL, _c("funded_periods", "资助学年（个）", 8, "count"),
        _c("first_period", "首个学年", 11, "centre"),
        _c("last_period", "最后学年", 11, "centre"),
        _c("yuan", "累计名册金额（元）", 11, "yuan"),
        _c("destination", "毕业去向", 18, "centre"),
        _c("employer", "单位或学校", 20, "wrap"),
        _c("destination_on", "去向日期", 12, "date"),
        _c("destination_basis", "去向依据", 26, "wrap"), _ORIGIN,
    ),
)  # fmt: skip
EMPLOYMENT = Sheet(
    "list_employment", "就业情况", "就业情况清单",
    "每行一名毕业生的一段就业；变化是与上一次务工信息相比。空表表示没有数据，不表示无人就业",
    (
        *_PLACE, _c("name", "姓名", 9), _c("person_id", "证件号码", 21),
        _c("graduation_on", "毕业时间", 12, "date"),
        _c("destination", "毕业去向", 10, "centre"), _c("employer", "单位", 24, "wrap"),
        _c("place", "就业地", 16), _c("started_on", "开始时间", 12, "date"),
        _c("ended_on", "结束时间", 12, "date"),
        _c("monthly_yuan", "月收入（元）", 10, "yuan"),
        _c("change_since_last", "较上次变化", 14), _ORIGIN,
    ),
)  # fmt: skip
LIST_SHEETS = (ENROLLED, STUDENTS, GRADUATES, EMPLOYMENT)

# --- 公示 ---------------------------------------------------------------------
# What the public may see, and no more (教财厅函〔2017〕28号): no number, no telephone, no
# address, no birth date, no household.

PUBLIC_LIST = Sheet(
    "public_list", "公示名单", "雨露计划资助名单公示",
    "每行一人一学年。正在核实的人员不在其中，核实后补充公示",
    (
        _c("standing", "类别", 12, "centre"), _c("period", "学年", 13, "centre"),
        _c("school_level", "办学层次", 14, "centre"),
        _c("school_name", "就读学校", 40, "wrap"), _c("name", "姓名", 14),
        _c("yuan", "资助金额（元）", 14, "yuan"),
    ),
)  # fmt: skip
PUBLIC_SUMMARY = Sheet(
    "public_summary", "公示汇总", "雨露计划资助情况汇总",
    "每行一个学年的一个办学层次；人数过少的不单独公布",
    (
        _c("standing", "类别", 12, "centre"), _c("period", "学年", 13, "centre"),
        _c("school_level", "办学层次", 16, "centre"),
        _c("people", "人数（人）", 12, "count"), _c("yuan", "金额（元）", 16, "yuan"),
        _c("remark", "说明", 38, "wrap"),
    ),
)  # fmt: skip
PUBLIC_SHEETS = (PUBLIC_LIST, PUBLIC_SUMMARY)

# --- 录入清单 -----------------------------------------------------------------

KEY_PENDING = Sheet(
    "key_pending", "待确认", "待确认：两边证件号码不一致，须看到证件后再录入",
    "每行一人；栏目按监测系统的顺序。现场确认前不要改动系统",
    (
        *_PLACE, _c("household_no", "户编号", 20), _c("person_no", "人编号", 20),
        _c("name", "姓名", 9), _c("register_number", "证件号码（监测系统现登记）", 21),
        _c("roster_number", "证件号码（雨露名册）", 21),
        _c("finding_no", "问题编号", 13), _c("status", "录入前提", 34, "wrap"),
    ),
)  # fmt: skip

# --- 乡镇和村的核查表 -----------------------------------------------------------

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
    _m("number_of", "问题编号", 10.5, "item_centre"), _m("matter", "发现的问题", 29),
    _m("register", "监测系统里是", 14), _m("roster", "雨露名册里是", 14),
    _m("question", "请核实（可看的材料）", 19),
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
    "period", "rule_code",
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
        _c("village", "村", 16), _c("items", "问题（项）", 10, "count"),
        _c("a_count", "其中A类（项）", 10, "count"),
        _c("b_count", "其中B类（项）", 10, "count"),
        _c("c_count", "其中其他（项）", 10, "count"),
        _c("households", "涉及户数（户）", 11, "count"),
        _c("people", "涉及人数（人）", 11, "count"),
        _c("yuan", "涉及金额（元）", 14, "yuan"),
    ),
    carries=("township",), has_total=True,
)  # fmt: skip
TOWNSHIP_DETAIL = Sheet(
    "township_detail", "村级明细", "已发到各村的问题（督办用，由村里填报）",
    "每行一个问题",
    (
        _c("village", "村", 13), _c("finding_no", "问题编号", 13),
        _c("head_name", "户主", 9), _c("name", "姓名", 9),
        _c("subject_id", "证件号码（已遮挡）", 21), _c("title", "差异", 26, "wrap"),
        _c("severity", "严重程度", 7, "centre"), _c("sentence", "说明", 60, "wrap"),
        _c("yuan_at_stake", "涉及金额（元）", 10, "yuan"),
        _c("first_seen_on", "首次发现", 12, "date"),
    ),
    carries=("township",),
    frozen=2,
)  # fmt: skip

SHEETS = (
    *OVERVIEW,
    *COUNTY_SHEETS,
    *LIST_SHEETS,
    *PUBLIC_SHEETS,
    KEY_PENDING,
    ITEM,
    TOWNSHIP_ITEM,
    TOWNSHIP_SUMMARY,
    TOWNSHIP_DETAIL,
)  # fmt: skip
