"""毕业去向与就业台账: what became of funded students (domain 2.3, 2.4)."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing import Series

from schemas.kinds import (
    DAY,
    DIVISION,
    ENTRY_DAY,
    ID_NUMBER,
    LEAVING_DAY,
    MONEY,
    NUMBER,
    PERSON_NAME,
    PHONE,
    TEXT,
    YES_NO,
    code_kind,
)
from schemas.source import Source, column, facts


class GraduateDestination(Source):
    """One row per graduate; of several lists the newest row about a person stands."""

    township: Series[str] = column(
        DIVISION, "乡镇", "乡", "乡(镇)", "镇", "乡镇名称", "所属乡镇", "乡镇(街道)"
    )
    village: Series[str] = column(
        DIVISION, "行政村", "村", "村名", "所属村", "村(社区)", "行政村名称", "所在村"
    )
    head_name: Series[str] = column(PERSON_NAME, "户主姓名", "户主")
    name: Series[str] = column(
        PERSON_NAME, "姓名", "学生姓名", "毕业生姓名", "成员姓名", required=True
    )
    id_number: Series[str] = column(
        ID_NUMBER, "身份证号", "证件号码", "身份证号码", "公民身份号码", "身份证件号", "学生身份证号",
        "身份证", "证件号", required=True,
    )  # fmt: skip
    school_name: Series[str] = column(
        TEXT, "毕业院校", "学校名称", "就读学校", "毕业学校", "院校名称", "学校"
    )
    school_level: Series[str] = column(
        code_kind("school_level"), "办学层次", "学历层次", "层次", "学校类别", "学历", "培养层次",
        "毕业学历",
    )  # fmt: skip
    major: Series[str] = column(TEXT, "专业", "所学专业", "就读专业", "专业名称")
    entry_on: Series[pa.DateTime] = column(
        ENTRY_DAY, "入学时间", "入学年月", "入学日期"
    )
    is_graduated: Series[pa.BOOL] = column(YES_NO, "是否毕业", "是否已毕业")
    graduation_on: Series[pa.DateTime] = column(
        LEAVING_DAY, "毕业时间", "毕业年月", "毕业日期", "毕业年份", "毕业年度", "(预计)毕业年月",
        "毕业届别",
    )  # fmt: skip
    destination: Series[str] = column(
        code_kind("destination"), "毕业去向", "毕业去向类别", "去向", "毕业后去向", "就业去向", "就业状态",
        "就业状况", "就业情况", "去向类别", "毕业生去向",
    )  # fmt: skip
    employer: Series[str] = column(
        TEXT, "就业单位", "就业单位名称", "工作单位", "单位名称", "务工企业名称", "务工单位", "用人单位"
    )  # fmt: skip
    work_place: Series[str] = column(
        TEXT, "就业地", "就业地点", "就业所在地", "工作地点", "务工所在地", "就业地区"
    )
    job_form: Series[str] = column(
        code_kind("job_form"), "就业形式", "务工形式", "就业方式", "就业类型"
    )
    job_started_on: Series[pa.DateTime] = column(
        DAY,
        "就业时间",
        "上岗时间",
        "入职时间",
        "就业日期",
        "参加工作时间",
        "毕业后就业年月",
    )
    wage_fen: Series[pa.Int64] = column(
        MONEY,
        "月收入",
        "月收入（元）",
        "月工资",
        "月薪",
        "务工月收入",
        "工资收入（月）",
        ge=0,
    )
    study_school: Series[str] = column(
        TEXT, "升学院校", "升学学校", "升入学校", "录取院校", "升学院校名称"
    )
    unemployed_reason: Series[str] = column(TEXT, "未就业原因", "未就业情况说明")
    willingness: Series[str] = column(
        code_kind("willingness"),
        "就业意愿",
        "是否有就业意愿",
        "求职意愿",
        "就业意向",
        "转移就业意愿",
    )
    help: Series[str] = column(
        TEXT, "帮扶措施", "就业帮扶措施", "就业帮扶", "帮扶情况", "落实帮扶措施"
    )
    posts_offered: Series[float] = column(
        NUMBER,
        "推荐岗位数",
        "推荐岗位次数",
        "岗位推荐次数",
        "推荐岗位（个）",
        "推荐岗位个数",
    )
    reported_on: Series[pa.DateTime] = column(
        DAY, "更新时间", "填报时间", "登记时间", "核实时间", "联系时间", "回访时间", "更新日期", "填报日期"
    )  # fmt: skip
    phone: Series[str] = column(PHONE, "联系电话", "电话", "手机号码", "联系方式")
    remark: Series[str] = column(TEXT, "备注", "说明", "情况说明")

    class Config(Source.Config):
        title = "毕业去向（就业台账）"
        metadata = facts(
            grain="毕业生",
            marks=(
                ("name",),
                ("destination", "is_graduated", "unemployed_reason", "study_school"),
                ("graduation_on", "school_name", "employer", "willingness"),
            ),
            excludes=(
                "学籍状态",
                "享受雨露计划补贴",
                "是否享受雨露计划补助",
                "是否享受雨露计划",
                "未享受原因",
                "在校生状况",
                "开始时间",
                "减少原因",
                "问题编号",
            ),
            newest_by=("id_number_pid",),
            unused="省、市、县、性别、民族、年龄、户类型、补助金额、资助金额、享受学年",
        )
