"""公示: what the public may see, and no more (教财厅函〔2017〕28号).

No number, no telephone, no address, no birth date, no household.
"""

from __future__ import annotations

from pipelines.report.sheets.declare import Sheet, col

PUBLIC_LIST = Sheet(
    "public_list", "公示名单", "雨露计划资助名单公示",
    "每行一人一学年。正在核实的人员不在其中，核实后补充公示",
    (
        col("standing", "类别", 12, "centre"), col("period", "学年", 13, "centre"),
        col("school_level", "办学层次", 14, "centre"),
        col("school_name", "就读学校", 40, "wrap"), col("name", "姓名", 14),
        col("yuan", "资助金额（元）", 14, "yuan"),
    ),
)  # fmt: skip
PUBLIC_SUMMARY = Sheet(
    "public_summary", "公示汇总", "雨露计划资助情况汇总",
    "每行一个学年的一个办学层次；人数过少的不单独公布",
    (
        col("standing", "类别", 12, "centre"), col("period", "学年", 13, "centre"),
        col("school_level", "办学层次", 16, "centre"),
        col("people", "人数（人）", 12, "count"), col("yuan", "金额（元）", 16, "yuan"),
        col("remark", "说明", 38, "wrap"),
    ),
)  # fmt: skip
PUBLIC_SHEETS = (PUBLIC_LIST, PUBLIC_SUMMARY)
