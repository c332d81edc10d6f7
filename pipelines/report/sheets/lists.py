"""三个清单 and 就业情况, and what is keyed into the national system."""

from __future__ import annotations

from pipelines.report.sheets.cohort import COHORT_SHEETS
from pipelines.report.sheets.declare import Sheet, col

_PLACE = (col("township", "乡镇", 11), col("village", "村", 12))
_HOUSE = (col("head_name", "户主", 9), col("household_no", "户编号", 20))
_PERSON = (
    col("name", "姓名", 9), col("sex", "性别", 5, "centre"),
    col("person_id", "证件号码", 21),
)  # fmt: skip
_SCHOOL = (
    col("school_level", "办学层次", 9, "centre"),
    col("school_name", "就读学校", 24, "wrap"), col("major", "专业", 16, "wrap"),
)  # fmt: skip
_ORIGIN = col("origin", "来源（文件!工作表!行）", 44, "wrap")
ENROLLED = Sheet(
    "list_enrolled", "①入读职业院校", "① 脱贫劳动力入读职业院校清单",
    "每行一人一学年：基准日符合条件的家庭中在职业院校就读的成员，不论是否资助",
    (
        col("period", "学年", 11, "centre"), *_PLACE, *_HOUSE, *_PERSON,
        col("school_state", "在校生状况\n（监测系统）", 15, "centre"), *_SCHOOL,
        col("funding", "资助情况", 13, "centre"), col("basis", "依据", 18, "wrap"),
        col("snapshot_on", "监测数据日期", 12, "date"), _ORIGIN,
    ),
)  # fmt: skip
STUDENTS = Sheet(
    "list_students", "②在读学生", "② “雨露计划”在读学生清单",
    "每行一人一学年：已列入资助名册、学业未结束、未自然减少",
    (
        col("period", "学年", 11, "centre"), *_PLACE, *_HOUSE, *_PERSON, *_SCHOOL,
        col("programme_years", "学制（年）", 6, "count"),
        col("entry_on", "入学时间", 12, "date"),
        col("graduation_on", "毕业时间（填报或推算）", 12, "date"),
        col("yuan", "名册金额（元）", 10, "yuan"), col("remark", "提示", 26, "wrap"),
        _ORIGIN,
    ),
)  # fmt: skip
GRADUATES = Sheet(
    "list_graduates", "③毕业学生去向", "③ “雨露计划”毕业学生去向清单",
    "每行一人一段学业：享受过资助且学业已结束；去向取自毕业去向台账，没有的看务工信息，都没有的待核实",
    (
        col("graduation_on", "毕业时间（填报或推算）", 12, "date"), *_PLACE, *_HOUSE,
        *_PERSON, *_SCHOOL, col("funded_periods", "资助学年（个）", 8, "count"),
        col("first_period", "首个学年", 11, "centre"),
        col("last_period", "最后学年", 11, "centre"),
        col("yuan", "累计名册金额（元）", 11, "yuan"),
        col("destination", "毕业去向", 18, "centre"),
        col("employer", "单位或学校", 20, "wrap"),
        col("destination_on", "去向日期", 12, "date"),
        col("destination_basis", "去向依据", 26, "wrap"), _ORIGIN,
    ),
)  # fmt: skip
EMPLOYMENT = Sheet(
    "list_employment", "就业情况", "就业情况清单",
    "每行一名毕业生的一段就业；变化是与上一次务工信息相比。空表表示没有数据，不表示无人就业",
    (
        *_PLACE, col("name", "姓名", 9), col("person_id", "证件号码", 21),
        col("graduation_on", "毕业时间", 12, "date"),
        col("destination", "毕业去向", 10, "centre"), col("employer", "单位", 24, "wrap"),
        col("place", "就业地", 16), col("started_on", "开始时间", 12, "date"),
        col("ended_on", "结束时间", 12, "date"),
        col("monthly_yuan", "月收入（元）", 10, "yuan"),
        col("change_since_last", "较上次变化", 14), _ORIGIN,
    ),
)  # fmt: skip
LIST_SHEETS = (ENROLLED, STUDENTS, GRADUATES, EMPLOYMENT, *COHORT_SHEETS)

KEY_PENDING = Sheet(
    "key_pending", "待确认", "待确认：两边证件号码不一致，须看到证件后再录入",
    "每行一人；栏目按监测系统的顺序。现场确认前不要改动系统",
    (
        *_PLACE, col("household_no", "户编号", 20), col("person_no", "人编号", 20),
        col("name", "姓名", 9), col("register_number", "证件号码（监测系统现登记）", 21),
        col("roster_number", "证件号码（雨露名册）", 21),
        col("finding_no", "问题编号", 13), col("status", "录入前提", 34, "wrap"),
    ),
)  # fmt: skip
