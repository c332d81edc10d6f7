"""已外出务工信息: the monthly list of jobs of the monitoring system (domain 1.4 e)."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing import Series

from schemas.kinds import (
    DIVISION,
    ID_NUMBER,
    MONEY,
    MONTH_END,
    MONTH_START,
    OPAQUE_NO,
    PERSON_NAME,
    PHONE,
    TEXT,
    YES_NO,
    code_kind,
)
from schemas.source import Source, column, facts


class MonitoredJob(Source):
    """One row per job, none to several a person; no end means still working."""

    township: Series[str] = column(
        DIVISION, "乡", "乡镇", "乡(镇)", "镇", "乡镇名称", "所属乡镇", "乡镇(街道)"
    )
    village: Series[str] = column(
        DIVISION, "行政村", "村", "村名", "所属村", "行政村名称", "村(社区)", "所在村"
    )
    household_no: Series[str] = column(OPAQUE_NO, "户编号", "家庭编号", "AAC001")
    name: Series[str] = column(
        PERSON_NAME, "姓名", "成员姓名", "人员姓名", "务工人员姓名", "劳动力姓名", "AAB002",
        required=True,
    )  # fmt: skip
    id_number: Series[str] = column(
        ID_NUMBER, "证件号码", "身份证号", "身份证号码", "身份证件号", "公民身份号码", "身份证", "证件号",
        "AAB004", required=True,
    )  # fmt: skip
    household_type: Series[str] = column(
        code_kind("household_type"), "户类型", "脱贫户属性", "农户类型", "户属性"
    )
    monitored_category: Series[str] = column(
        code_kind("monitored_category"), "监测对象类别", "监测对象类型", "检测对象类别"
    )
    is_working: Series[pa.BOOL] = column(
        YES_NO, "是否已务工", "是否务工", "是否已外出务工", "是否外出务工", "是否就业"
    )
    started_on: Series[pa.DateTime] = column(
        MONTH_START, "开始时间", "务工开始时间", "开始务工时间", "外出务工时间", "务工开始年月",
        "外出时间", "AAB082",
    )  # fmt: skip
    ended_on: Series[pa.DateTime] = column(
        MONTH_END, "结束时间", "务工结束时间", "结束务工时间", "务工终止年月", "务工结束年月", "返乡时间",
        "AAB086",
    )  # fmt: skip
    work_place: Series[str] = column(
        TEXT, "务工所在县", "务工所在地", "务工地点", "务工地", "务工所在地（县）", "务工县", "就业地点",
        "就业地", "AAB027",
    )  # fmt: skip
    wage_fen: Series[pa.Int64] = column(
        MONEY,
        "务工月收入",
        "月收入",
        "务工月收入（元）",
        "月收入（元）",
        "月工资",
        "AAB087",
        ge=0,
    )
    employer: Series[str] = column(
        TEXT, "务工企业名称", "务工单位", "务工企业", "务工单位名称", "就业单位", "企业名称", "单位名称"
    )  # fmt: skip
    industry: Series[str] = column(TEXT, "所属行业", "行业", "务工行业", "从事行业")
    job_channel: Series[str] = column(
        code_kind("job_channel"), "就业渠道", "务工渠道", "AAB093"
    )
    job_form: Series[str] = column(
        code_kind("job_form"), "务工形式", "就业形式", "就业方式", "AAB211"
    )
    phone: Series[str] = column(
        PHONE, "电话号码", "联系电话", "手机号码", "家庭成员联系电话"
    )
    remark: Series[str] = column(TEXT, "其他信息", "备注", "其他备注")

    class Config(Source.Config):
        title = "已外出务工信息"
        metadata = facts(
            grain="一段务工",
            marks=(
                ("name",),
                ("started_on", "ended_on", "is_working"),
                ("employer", "work_place", "wage_fen", "job_channel", "job_form"),
            ),
            excludes=(
                "是否计划务工",
                "是否计划外出务工",
                "计划务工所在县",
                "在校生状况",
                "风险是否已消除",
                "减少原因",
                "补助金额",
                "毕业去向",
                "学籍状态",
                "问题编号",
            ),
            # 顶岗实习 is no job (ruling 16); the export has no column for it.
            derived=(("is_internship", "boolean"),),
            newest_by=("township_key",),
            unused="省、市、县、人编号、性别、是否点对点输送、年度交通费补助、务工所在省、务工所在市、产业分类、"
            "与户主关系、务工意愿、AAB025、AAB026、AAB089",
        )
