"""对账总表 behind its 总览."""

from __future__ import annotations

from pipelines.report.sheets.declare import Sheet, col
from pipelines.report.sheets.money import MONEY, MONEY_PIECE

FINDING = Sheet(
    "finding", "差异清单", "差异清单",
    "每行一项差异（含搁置和已销号的，可按“状态”筛选）",
    (
        col("finding_no", "问题编号", 13), col("state", "状态", 11, "centre"),
        col("sent", "下发情况", 16, "wrap"),
        col("severity", "严重程度", 7, "centre"), col("title", "差异", 26, "wrap"),
        col("rule_code", "规则", 19), col("period", "学年", 11, "centre"),
        col("township", "乡镇", 11), col("village", "村", 12), col("name", "姓名", 9),
        col("subject_id", "证件号码（或对象）", 21),
        col("owner", "由谁核实", 9, "centre"),
        col("yuan_at_stake", "涉及金额（元）", 10, "yuan"),
        col("sentence", "说明", 56, "wrap"), col("observed", "查到的", 22, "wrap"),
        col("expected", "对照的", 22, "wrap"), col("held_reason", "搁置原因", 24, "wrap"),
        col("first_seen_on", "首次发现", 11, "date"),
        col("last_seen_on", "最近发现", 11, "date"),
        col("source_rows", "来源（文件!工作表!行）", 40),
    ),
    frozen=1,
)  # fmt: skip
DISPATCH = Sheet(
    "dispatch", "下发情况", "下发情况：各工作队手上有多少，还有多少排队",
    "每行一个工作队（村，或乡镇自己）。排队的一户不丢，前面的交回后按金额和等待时间依次下发",
    (
        col("township", "乡镇", 12), col("village", "村", 14),
        col("doors", "申报可承担（户）", 10, "count"),
        col("out_doors", "本册（户）", 8, "count"),
        col("out_count", "本册（项）", 8, "count"),
        col("new_count", "其中新增（项）", 9, "count"),
        col("changed_count", "有变化（项）", 9, "count"),
        col("same_count", "未变（项）", 8, "count"),
        col("withdrawn_count", "本次撤回（项）", 9, "count"),
        col("queued_doors", "排队（户）", 8, "count"),
        col("queued_count", "排队（项）", 8, "count"),
        col("queued_yuan", "排队涉及（元）", 11, "yuan"),
        col("resting_count", "近期问过暂不再问（项）", 12, "count"),
        col("replaces_on", "代替哪天的一册", 12, "date"),
    ),
    frozen=2,
)  # fmt: skip
SOURCE = Sheet(
    "source", "来源", "来源：每项差异依据的单元格",
    "每行一个单元格；“读到的内容”与原文件一字不差",
    (
        col("finding_no", "问题编号", 13), col("rule_code", "规则", 19),
        col("title", "差异", 26), col("cell_no", "序", 5, "count"),
        col("source", "数据", 18), col("file", "文件", 40), col("sheet", "工作表", 14),
        col("cell", "单元格", 9, "centre"), col("field", "栏目", 14),
        col("value", "读到的内容", 36, "wrap"),
    ),
    frozen=1,
    rest="tables/evidence.parquet",
)  # fmt: skip
RECEIPT = Sheet(
    "receipt", "文件回执", "文件回执：收到了什么，当作什么，该做什么",
    "每行一张工作表；没有读的文件按原因合并（逐个见“读入提示”）；要处理的在前",
    (
        col("outcome", "结果", 11, "centre"), col("file", "文件", 34, "wrap"),
        col("sheet", "工作表", 10, "wrap"), col("taken_for", "当作", 15, "wrap"),
        col("snapshot_on", "数据日期", 11, "date"),
        col("dated_by", "日期\n依据", 8, "wrap"), col("period", "学年（依据）", 18, "wrap"),
        col("accepted", "采用\n（行）", 7, "count"), col("held", "隔离\n（行）", 6, "count"),
        col("duplicate", "重复\n（行）", 6, "count"),
        col("superseded", "已有更新\n（行）", 8, "count"),
        col("other", "标题合计等\n（行）", 9, "count"),
        col("stated", "写明的人数", 12, "wrap"), col("noticed", "注意到", 46, "wrap"),
        col("todo", "下一步", 34, "wrap"), col("issue_code", "代码", 20),
    ),
    frozen=2,
)  # fmt: skip
READING = Sheet(
    "reading", "读取明细", "读取明细：每张工作表的每一行去了哪里",
    "每行一张工作表；“物理行”等于右边各栏之和",
    (
        col("file", "文件", 40), col("sheet", "工作表", 16), col("source", "识别为", 18),
        col("is_hidden", "隐藏", 6, "centre"), col("period_no", "学年", 11, "centre"),
        col("lines", "物理行", 8, "count"), col("accepted", "采用", 8, "count"),
        col("held", "隔离", 8, "count"), col("duplicate", "重复", 8, "count"),
        col("superseded", "已被新数据取代", 10, "count"),
        col("title", "标题行", 8, "count"), col("heading", "表头行", 8, "count"),
        col("total", "合计行", 8, "count"), col("note", "说明行", 8, "count"),
        col("blank", "空行", 8, "count"), col("unused", "没有使用的标题", 40, "wrap"),
    ),
    frozen=2,
)  # fmt: skip
NOTICE = Sheet(
    "notice", "读入提示", "读入提示：有疑问的文件、行和单元格",
    "每行一处；不重复原文内容，请按地址查看",
    (
        col("effect", "处理", 10, "centre"), col("severity", "程度", 6, "centre"),
        col("file", "文件", 40), col("sheet", "工作表", 16),
        col("cell", "单元格", 9, "centre"), col("field", "栏目", 14),
        col("text_zh", "提示", 40, "wrap"), col("advice_zh", "怎么办", 40, "wrap"),
        col("issue_code", "代码", 22),
    ),
    most=20_000,
    rest="tables/issue.parquet",
)  # fmt: skip
QUALITY = Sheet(
    "quality", "数据质量", "数据质量：各乡镇登记质量和读入提示（计数）",
    "每行一个乡镇的一类问题；“其中重点人员”为已在差异清单中逐人列出范围内的人",
    (
        col("township", "乡镇", 16), col("kind", "类别", 14), col("problem", "问题", 36),
        col("amount", "数量", 9, "count"), col("unit", "单位", 6, "centre"),
        col("in_scope", "其中重点人员（人）", 12, "count"),
    ),
)  # fmt: skip
HELD = Sheet(
    "held", "隔离行", "隔离行：暂时不能采用的数据行",
    "每行一行原数据；源文件改正后下次自动采用",
    (
        col("file", "文件", 40), col("sheet", "工作表", 16),
        col("row_no", "行", 7, "count"), col("source", "数据", 18),
        col("reason_code", "代码", 20), col("reason", "原因", 26, "wrap"),
        col("advice", "怎么办", 34, "wrap"), col("content", "原行内容", 80, "wrap"),
    ),
    most=20_000,
    rest="tables/ledger.parquet",
)  # fmt: skip
RULE = Sheet(
    "rule", "规则说明", "规则说明：核对什么、问什么、今晚结果", "每行一条规则",
    (
        col("rule_code", "规则", 22), col("title", "差异", 30, "wrap"),
        col("severity", "严重程度", 7, "centre"), col("owner", "由谁核实", 9, "centre"),
        col("why", "为什么要查", 40, "wrap"), col("asks", "核查要点", 36, "wrap"),
        col("proof", "需提供佐证", 24, "wrap"), col("answers", "可选结果", 36, "wrap"),
        col("outcome", "今晚结果", 10, "centre"), col("hits", "命中（项）", 9, "count"),
        col("held", "搁置（项）", 9, "count"), col("outcome_why", "说明", 40, "wrap"),
    ),
    frozen=1,
)  # fmt: skip
COUNTY_SHEETS = (
    FINDING,
    DISPATCH,
    SOURCE,
    MONEY,
    MONEY_PIECE,
    RECEIPT,
    READING,
    NOTICE,
    QUALITY,
    HELD,
    RULE,
)
