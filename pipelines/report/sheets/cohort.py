"""Where last period's students are, and whom the next rosters will be about."""

from __future__ import annotations

from pipelines.report.sheets.declare import Sheet, col

COHORT = Sheet(
    "cohort", "学生去留", "学生去留平衡：上一学年的学生本学年在哪里",
    "每行一个学年的一个乡镇，“全县”行是各乡镇之和；上学年学生＝在读＋毕业＋升学＋休学＋离校＋参军＋去向不明"
    "（人，每人一次）",
    (
        col("period", "学年", 11, "centre"), col("previous", "上一学年", 11, "centre"),
        col("township", "乡镇", 13), col("students", "上学年学生（人）", 10, "count"),
        col("continuing", "继续在读", 9, "count"), col("graduated", "毕业", 9, "count"),
        col("moved_up", "升学", 9, "count"),
        col("on_leave", "休学、保留学籍", 9, "count"),
        col("left_school", "离校、减少", 9, "count"), col("army", "参军", 9, "count"),
        col("unexplained", "去向不明", 9, "count"),
    ),
    frozen=3,
)  # fmt: skip
COHORT_OPEN = Sheet(
    "cohort_open", "去向不明", "去向不明：名册、减少名单、学籍、去向台账都没有交代的学生",
    "每行一人一学年：先问“由谁核实”一栏写的那一方；有问题编号的已在核查表中问过，不重复问",
    (
        col("period", "学年", 11, "centre"), col("asks", "由谁核实", 9, "centre"),
        col("township", "乡镇", 11), col("village", "村", 12), col("head_name", "户主", 9),
        col("name", "姓名", 9), col("subject_id", "证件号码", 21),
        col("previous", "上次在名册的学年", 11, "centre"),
        col("school_name", "当时就读学校", 24, "wrap"),
        col("ends", "学制到", 9, "centre"), col("finding_nos", "问题编号", 14, "wrap"),
    ),
    frozen=2,
)  # fmt: skip
NEXT_COHORT = Sheet(
    "next_cohort", "下一批", "下一批：符合条件家庭的九年级、高三学生（考前走访）",
    "每行一人：今晚符合条件的脱贫户、监测户家庭中，监测系统登记为九年级或普通高中三年级的在册成员",
    (
        col("township", "乡镇", 11), col("village", "村", 12), col("head_name", "户主", 9),
        col("household_no", "户编号", 20), col("name", "姓名", 9),
        col("sex", "性别", 5, "centre"), col("person_id", "证件号码", 21),
        col("school_state", "在校生状况", 14, "centre"),
        col("exam", "将参加的考试", 15, "centre"), col("remark", "提示", 30, "wrap"),
        col("snapshot_on", "监测数据日期", 12, "date"),
        col("origin", "来源（文件!工作表!行）", 44, "wrap"),
    ),
)  # fmt: skip
COHORT_SHEETS = (COHORT, COHORT_OPEN, NEXT_COHORT)
TOWNSHIP_NEXT = Sheet(
    "township_next", "下一批", "下一批：符合条件家庭的九年级、高三学生（考前走访）",
    "每行一人；考前告诉家庭：读中职、高职、技工院校可以申报雨露计划",
    (
        col("village", "村", 13), col("head_name", "户主", 9), col("name", "姓名", 9),
        col("sex", "性别", 5, "centre"), col("person_id", "证件号码（已遮挡）", 21),
        col("school_state", "在校生状况", 14, "centre"),
        col("exam", "将参加的考试", 15, "centre"), col("remark", "提示", 30, "wrap"),
    ),
    carries=("township",),
)  # fmt: skip
