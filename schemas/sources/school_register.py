"""学籍比对结果: what the school registers answered (domain 2.4)."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing import Series

from schemas.kinds import (
    DAY,
    DIVISION,
    ENTRY_DAY,
    ID_NUMBER,
    LEAVING_DAY,
    PERIOD,
    PERSON_NAME,
    TEXT,
    YEARS,
    YES_NO,
    code_kind,
)
from schemas.source import Source, column, facts


class SchoolRegister(Source):
    """One row per student and term; without a stated term, that of the list's date."""

    township: Series[str] = column(DIVISION, "乡镇", "乡", "乡(镇)", "镇", "乡镇名称")
    village: Series[str] = column(DIVISION, "行政村", "村", "村名", "村(社区)")
    name: Series[str] = column(
        PERSON_NAME, "姓名", "学生姓名", "学员姓名", "成员姓名", required=True
    )
    id_number: Series[str] = column(
        ID_NUMBER, "身份证号", "证件号码", "身份证号码", "身份证件号", "公民身份号码", "学生身份证号",
        "身份证", "证件号", "身份证件号码",
    )  # fmt: skip
    student_no: Series[str] = column(
        ID_NUMBER, "学籍号", "全国学籍号", "学籍号/学号", "学号", "学籍编号"
    )
    school_name: Series[str] = column(
        TEXT, "学校名称", "就读学校", "院校名称", "学校", "就读院校", "学籍所在学校"
    )
    school_code: Series[str] = column(TEXT, "学校标识码", "院校代码", "学校代码")
    school_level: Series[str] = column(
        code_kind("school_level"), "办学层次", "学历层次", "层次", "学段", "培养层次", "就读学段",
        "教育层次", "学历",
    )  # fmt: skip
    major: Series[str] = column(TEXT, "专业", "专业名称", "所学专业", "就读专业")
    programme_years: Series[float] = column(
        YEARS, "学制", "学制(年)", "学年制", "修业年限", ge=0.5, le=8
    )
    entry_on: Series[pa.DateTime] = column(
        ENTRY_DAY, "入学年月", "入学时间", "入学日期", "入学年份", "入校时间"
    )
    graduation_on: Series[pa.DateTime] = column(
        LEAVING_DAY,
        "预计毕业时间",
        "毕业时间",
        "毕业日期",
        "预计毕业日期",
        "毕业年月",
        "(预计)毕业年月",
    )
    grade: Series[str] = column(TEXT, "年级", "所在年级", "年级/班级", "就读年级")
    register_status: Series[str] = column(
        code_kind("register_status"), "学籍状态", "学籍情况", "在校状态", "学生状态", "学生当前状态",
        "比对结果", "学籍比对结果", "比对情况", "是否有学籍",
    )  # fmt: skip
    status_on: Series[pa.DateTime] = column(
        DAY, "状态变动时间", "异动时间", "学籍异动时间", "变动时间", "异动日期", "状态变更时间", "状态时间",
        "离校时间", "离校日期",
    )  # fmt: skip
    study_form: Series[str] = column(
        code_kind("study_form"), "学习形式", "学习方式", "就读方式", "办学形式"
    )
    is_intern: Series[pa.BOOL] = column(
        YES_NO, "是否实习", "是否顶岗实习", "顶岗实习", "是否在实习"
    )
    period_no: Series[str] = column(
        PERIOD, "学年/学期", "学年", "学期", "比对学年", "比对学期", "学年度"
    )
    remark: Series[str] = column(TEXT, "备注", "说明", "比对说明")

    class Config(Source.Config):
        title = "学籍比对结果"
        metadata = facts(
            grain="学生 × 学期",
            marks=(
                ("name",),
                ("id_number", "student_no"),
                ("register_status",),
                ("school_name", "school_code", "entry_on", "programme_years"),
            ),
            excludes=(
                "补助金额",
                "资助金额",
                "享受雨露计划补贴",
                "是否享受雨露计划补助",
                "是否享受雨露计划",
                "未享受原因",
                "银行账号",
                "在校生状况",
                "毕业去向",
                "减少原因",
                "问题编号",
            ),
            newest_by=("id_number_pid", "period_no", "period_no_term"),
            unused="省、市、县、性别、民族、班级、出生日期",
        )
