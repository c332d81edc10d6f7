"""The money between what was due and what was given."""

from __future__ import annotations

from pipelines.report.sheets.declare import Sheet, col

MONEY = Sheet(
    "money", "资金对账", "资金对账：应享、名册、实发三本账",
    "每行一个学年的一个乡镇，“全县”行是各乡镇之和；差额＝实得－应得＝多发＋少发＋搁置＋免查＋有说明＋"
    "说明不了。有发放文件的学期“实得”按发放，没有的按名册；“存疑”不在差额内，是给了也该给、但还在核实的",
    (
        col("period", "学年", 11, "centre"), col("township", "乡镇", 13),
        col("due_people", "应得（人）", 8, "count"),
        col("due_yuan", "应得（元）", 12, "yuan"),
        col("listed_yuan", "名册已通过（元）", 12, "yuan"),
        col("given_people", "实得（人）", 8, "count"),
        col("given_yuan", "实得（元）", 12, "yuan"),
        col("difference_yuan", "差额（元）", 12, "yuan"),
        col("over_yuan", "多发、多列\n（已提出）", 11, "yuan"),
        col("short_yuan", "少发、漏列\n（已提出）", 11, "yuan"),
        col("held_yuan", "搁置的问题", 11, "yuan"),
        col("waived_yuan", "免查、自愿放弃", 11, "yuan"),
        col("explained_yuan", "有说明\n（审核中等）", 12, "yuan"),
        col("rest_yuan", "说明不了", 10, "yuan"),
        col("risk_yuan", "存疑\n（不在差额内）", 11, "yuan"),
    ),
    frozen=2,
)  # fmt: skip
MONEY_PIECE = Sheet(
    "money_piece", "资金差额", "资金差额：差额由哪些问题、哪些说明组成",
    "每行一人一学年的一笔；正数是多给的，负数是少给的；“存疑”一类不计入差额",
    (
        col("period", "学年", 11, "centre"), col("township", "乡镇", 13),
        col("name", "姓名", 9), col("subject_id", "证件号码（或对象）", 21),
        col("step", "在哪一步", 16), col("part", "归入", 12, "centre"),
        col("piece_yuan", "金额（元）", 11, "yuan"), col("finding_no", "问题编号", 13),
        col("reason", "问题或说明", 44, "wrap"),
    ),
    frozen=2,
    most=20_000,
    rest="tables/money_piece.parquet",
)  # fmt: skip
