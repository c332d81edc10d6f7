"""疑似同一人: what only a person can settle, and the receipt of what came back."""

from __future__ import annotations

from pipelines.report.sheets.declare import Column, Sheet, col


def _answer(name: str, title: str, width: float) -> Column:
    return Column(name, title, width, "answer", is_answer=True)


# The titles are those by which schemas.returns knows the columns when they come back.
QUESTION = Sheet(
    "question", "待认定", "疑似同一人：请认定是不是同一个人",
    "每行一件：雨露名册里的一名学生，可能是监测系统里的哪一位。只填黄色栏",
    (
        col("question_no", "认定编号", 11, "item_centre"),
        col("place", "乡镇、村", 10, "item"),
        col("roster_side", "雨露名册里", 23, "item"),
        col("register_side", "监测系统里", 30, "item"),
        col("why", "系统的依据", 36, "item"), col("stake", "涉及", 15, "item"),
        _answer("answer", "认定结果\n（点开选）", 12), _answer("decided_by", "认定人", 9),
        _answer("decided_on", "认定日期", 11), _answer("note", "情况说明", 16),
        col("origin", "来源（文件!工作表!行）", 28, "item"),
    ),
    frozen=1,
    carries=("candidates",),
)  # fmt: skip
DECISION = Sheet(
    "decision", "已有答复", "已有答复：收回的认定，采用了没有",
    "每行一个答复。改主意的，在“待认定”里或按原编号重新填写并写明日期",
    (
        col("question_no", "认定编号", 11, "centre"), col("fate", "采用情况", 30, "wrap"),
        col("answer", "答复", 12, "centre"), col("decided_by", "认定人", 10, "wrap"),
        col("decided_on", "认定日期", 11, "date"), col("note", "情况说明", 20, "wrap"),
        col("roster_side", "雨露名册里（答复时）", 30, "wrap"),
        col("register_side", "监测系统里（答复时）", 36, "wrap"),
        col("taken_on", "收回日期", 11, "date"),
    ),
    frozen=1,
)  # fmt: skip
RETURNED = Sheet(
    "returned", "回执", "认定表回执：每一行收到了没有",
    "每行对应交回的一行；没有采用的在最前，请按原因改正后重新交回（只交改正的行也可以）",
    (
        col("place", "交回的工作表和行", 22, "wrap"), col("number", "认定编号", 12, "centre"),
        col("outcome", "结果", 10, "centre"), col("said", "读到的答复", 16, "wrap"),
        col("decided_by", "认定人", 10, "wrap"), col("decided_on", "认定日期", 11, "date"),
        col("fate", "今晚的效力", 30, "wrap"), col("told", "原因或提示", 40, "wrap"),
    ),
    carries=("file",),
    frozen=2,
)  # fmt: skip
DECIDE_SHEETS = (QUESTION, DECISION)
