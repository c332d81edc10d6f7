"""雨露计划资助名册: the county's funding roster (domain 2.4)."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing import Series

from schemas.kinds import (
    ACCOUNT,
    DIVISION,
    ENTRY_DAY,
    GRANT,
    ID_NUMBER,
    LEAVING_DAY,
    MONEY,
    OPAQUE_NO,
    PERIOD,
    PERSON_NAME,
    PHONE,
    TEXT,
    YEARS,
    code_kind,
)
from schemas.source import Source, column, facts


class YuluRoster(Source):
    """One row per student and period; a period may stand in the title or sheet name."""

    township: Series[str] = column(
        DIVISION, "乡镇", "乡", "乡(镇)", "镇", "乡镇名称", "所属乡镇", "所在乡镇", "乡镇(街道)",
        "户籍所在乡镇",
    )  # fmt: skip
    village: Series[str] = column(
        DIVISION, "行政村", "村", "村名", "所属村", "村(社区)", "行政村名称", "所在村", "村名称",
        "户籍所在村", "村委会",
    )  # fmt: skip
    household_no: Series[str] = column(OPAQUE_NO, "户编号", "家庭编号")
    # Only the module has it: a roster is typed by people who do not know it.
    person_no: Series[str] = column(
        OPAQUE_NO, "人编号", "人口编号", "人员编号", "成员编号"
    )
    head_name: Series[str] = column(PERSON_NAME, "户主姓名", "户主")
    head_id_number: Series[str] = column(
        ID_NUMBER,
        "户主身份证号",
        "户主证件号码",
        "户主身份证号码",
        "户主证件号",
        "户主身份证",
    )
    name: Series[str] = column(
        PERSON_NAME, "学生姓名", "姓名", "受助学生姓名", "受益学生姓名", "学生", "资助学生姓名",
        "劳动力姓名", required=True,
    )  # fmt: skip
    sex: Series[str] = column(code_kind("sex"), "性别", "学生性别")
    id_number: Series[str] = column(
        ID_NUMBER, "身份证号", "身份证号码", "证件号码", "学生身份证号", "学生身份证号码",
        "公民身份号码", "学生证件号码", "身份证件号", "身份证", "证件号", required=True,
    )  # fmt: skip
    relation: Series[str] = column(
        code_kind("relation"),
        "与户主关系",
        "与户主的关系",
        "户主与学生关系",
        "学生与户主关系",
    )
    household_type: Series[str] = column(
        code_kind("funded_household"), "户类型", "农户类型", "户属性", "家庭类型", "贫困户属性",
        "脱贫属性", "农户属性", "人员类别", "脱贫状态",
    )  # fmt: skip
    monitored_category: Series[str] = column(
        code_kind("monitored_category"), "监测对象类别", "监测对象类型", "检测对象类别"
    )
    school_name: Series[str] = column(
        TEXT,
        "就读学校",
        "学校名称",
        "学校",
        "就读院校",
        "院校名称",
        "就读学校名称",
        "技工院校名称",
    )
    school_place: Series[str] = column(
        TEXT,
        "学校所在地",
        "技工院校地址",
        "学校地址",
        "学校所在地区",
        "就读学校所在地",
        "院校所在地",
    )
    school_nature: Series[str] = column(
        code_kind("school_nature"), "学校性质", "办学性质", "院校性质", "AAB232"
    )
    school_level: Series[str] = column(
        code_kind("school_level"), "办学层次", "学历层次", "层次", "学校类别", "就读层次", "学段",
        "学历", "培养层次", "教育层次",
    )  # fmt: skip
    major: Series[str] = column(TEXT, "专业", "所学专业", "就读专业", "专业名称")
    programme_years: Series[float] = column(
        YEARS, "学制", "学制(年)", "学年制", "修业年限", ge=0.5, le=8
    )
    entry_on: Series[pa.DateTime] = column(
        ENTRY_DAY, "入学时间", "入学年月", "入学日期", "入校时间", "入学年份"
    )
    graduation_on: Series[pa.DateTime] = column(
        LEAVING_DAY,
        "毕业时间",
        "毕业年月",
        "预计毕业时间",
        "毕业日期",
        "(预计)毕业年月",
        "预计毕业日期",
    )
    grade: Series[str] = column(
        TEXT, "年级", "年级/班级", "班级", "年级班级", "就读年级"
    )
    student_no: Series[str] = column(
        ID_NUMBER, "学籍号", "学号", "学籍号/学号", "全国学籍号"
    )
    period_no: Series[str] = column(
        PERIOD, "学年/学期", "学年", "学期", "资助学年", "资助学期", "补助学年", "享受学年",
        "补助学期", "发放学年", "所属学年", "年度",
    )  # fmt: skip
    # 是 or 否, or an amount: a list of all students says who of them is funded.
    enjoyed: Series[pa.BOOL] = column(
        GRANT, "是否享受雨露计划补助", "享受雨露计划补贴", "是否享受雨露计划", "享受雨露计划补助",
        "是否享受雨露计划补贴", "是否享受雨露计划资助", "是否享受",
    )  # fmt: skip
    not_enjoyed_reason: Series[str] = column(
        TEXT, "未享受原因", "未享受雨露计划原因", "不享受原因", "未享受补助原因"
    )
    amount_fen: Series[pa.Int64] = column(
        MONEY, "补助金额", "补助标准", "资助金额", "金额", "补助金额（元）", "补助标准（元）",
        "资助金额（元）", "资助标准", "补助资金", "发放金额", "补贴金额",
        "补助金额（万元）", "资助标准（元）", "金额（元）", "金额（万元）", "发放金额（元）", "资助金额（万元）",
        "补助资金（元）", "补助标准（万元）", ge=0,
    )  # fmt: skip
    account_holder: Series[str] = column(
        PERSON_NAME,
        "开户名",
        "户名",
        "账户名",
        "开户人",
        "账户姓名",
        "一卡通户名",
        "开户姓名",
    )
    bank: Series[str] = column(TEXT, "开户银行", "开户行", "银行名称")
    account_no: Series[str] = column(
        ACCOUNT, "银行账号", "账号", "一卡通账号", "银行卡号", "银行账号(一卡通)", "卡号",
        "一卡(折)通账号", "惠民惠农一卡通账号", "银行账户",
    )  # fmt: skip
    phone: Series[str] = column(
        PHONE, "联系电话", "电话", "联系方式", "手机号", "电话号码"
    )
    remark: Series[str] = column(TEXT, "备注", "说明")
    review_status: Series[str] = column(
        code_kind("review_status"),
        "审核状态",
        "审核结果",
        "审批状态",
        "状态",
        "审核情况",
        "审核意见",
    )
    guardian_name: Series[str] = column(
        PERSON_NAME, "监护人姓名", "家长姓名", "监护人", "法定监护人"
    )
    guardian_id_number: Series[str] = column(
        ID_NUMBER,
        "监护人身份证号",
        "家长身份证号",
        "监护人证件号码",
        "家长证件号码",
        "监护人身份证号码",
        "家长身份证号码",
    )
    guardian_relation: Series[str] = column(
        code_kind("relation"),
        "与学生关系",
        "家长与学生关系",
        "监护人与学生关系",
        "与监护人关系",
    )

    class Config(Source.Config):
        title = "雨露计划资助名册"
        metadata = facts(
            grain="学生 × 学年或学期",
            marks=(
                ("name",),
                ("school_name", "school_level", "programme_years", "major", "entry_on"),
                (
                    "amount_fen",
                    "enjoyed",
                    "period_no",
                    "account_no",
                    "head_name",
                    "guardian_name",
                    "review_status",
                ),
            ),
            excludes=(
                "学籍状态",
                "毕业去向",
                "减少原因",
                "问题编号",
                "摘要",
                "失败原因",
                "入账日期",
                "就业单位",
                "未就业原因",
            ),
            # The module's widest export tells of graduates too; it is a roster all the same.
            proofs=("是否享受雨露计划补助", "是否享受雨露计划", "未享受原因"),
            derived=(("is_applied", "boolean"),),
            unused="省、市、县、民族、家庭住址、户籍地址、经办人、所属行政区、易地扶贫搬迁、技校区域、年龄、文化程度、"
            "是否苏陕协作、享受助学金、享受免学费补贴、毕业后就业年月、转移就业意愿、就业创业状态、"
            "培训教育意愿、在校状态、就业意向、劳动能力、是否残疾、家长联系电话、风险是否已消除、在校生状况、"
            "发放时间",
        )
