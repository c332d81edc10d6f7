"""监测系统人员导出: custom, basic, full-field, monthly and per-category layouts."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing import Series

from schemas.kinds import (
    DAY,
    DIVISION,
    ID_NUMBER,
    MONTH_END,
    MONTH_START,
    NUMBER,
    OPAQUE_NO,
    PERSON_NAME,
    PHONE,
    TEXT,
    YES_NO,
    code_kind,
    code_set_kind,
)
from schemas.source import Source, column, facts

# Headings of domain 1.3 and 1.4 that no rule, list or output uses.
_UNUSED = (
    "省、市、整户无劳动能力兜底保障户、信息采集人、信息采集人联系电话、其他备注、义务教育阶段未上学原因、"
    "失学或辍学原因、是否会讲普通话、是否参加城乡居民基本医疗保险、是否参加城镇职工基本医疗保险、"
    "是否参加大病保险、是否参加城乡居民基本养老保险、是否参加城镇职工基本养老保险、是否接受医疗救助、"
    "公益性岗位(月数)、聘用时间、是否危房户、住房面积、是否解决安全饮用水、是否通生活用电、是否有卫生厕所、"
    "卫生厕所是否能正常使用、入户道路是否硬化、入户路类型、与村主干路距离、耕地面积（亩）、林地面积（亩）、"
    "退耕还林面积（亩）、林果面积（亩）、牧草地面积、水面面积、工资性收入、生产经营性收入、财产性收入、转移性收入、"
    "人均纯收入（元）、纯收入（元）、合规自付支出、因自然灾害子项、是否义务教育阶段适龄儿童少年失学辍学、"
    "是否有家庭成员未参加城乡居民（职工）基本医疗保险、实施开发式帮扶措施情况、产业帮扶、金融帮扶、公益岗位帮扶、"
    "公益性岗位帮扶其他备注、住房安全保障、饮水安全保障、健康帮扶、综合保障、搬迁、生产生活条件改善、基础设施建设、"
    "风险消除后是否义务教育阶段适龄儿童少年失学辍学、风险消除后是否住房损毁、"
    "风险消除后是否有家庭成员未参加城乡居民（职工）基本医疗保险、风险消除后是否饮水设施损毁、风险消除后工资性收入、"
    "风险消除后财产性收入、风险消除后转移性收入、风险消除后生产经营性收入、风险消除后生产经营性支出、"
    "风险消除后家庭纯收入、风险消除后家庭人均纯收入、风险消除后理赔收入、风险消除后合规自付支出、"
    "是否参加新型农村合作医疗（城乡居民基本医疗保险）、是否参加商业补充医疗保险、是否国外务工、产业分类、"
    "是否接受大病医疗救助、是否接受其他健康扶贫、残疾证办证年度、识别标准、是否军烈属、养老金或离退休金、计划生育金、"
    "生态补偿金、最低生活保障金、其他转移性收入、资产收益扶贫分红收入、特困人员救助供养金、其他财产性收入（旧指标）、"
    "生产经营性支出、年度家庭人口数、到户产业帮扶类型、公益性岗位收入、其他工资性收入、产业奖励、就业奖励、"
    "生产经营性支出（合计）、专项用于减少生产经营性支出的补贴、年收入（元）、是否享受人身意外保险补贴、"
    "大专或本科毕业生未就业原因、是否事实无人抚养儿童、在校生状态"
)


class MonitoredPerson(Source):
    """One row per person and snapshot; household columns repeat (domain 1.3, 1.4)."""

    county: Series[str] = column(
        DIVISION, "县", "县(市、区、旗)", "县区", "区县", "旗区", "县（市、区）", "县市区", "县名称",
    )  # fmt: skip
    township: Series[str] = column(
        DIVISION, "乡", "乡(镇)", "镇", "乡镇", "苏木乡", "乡镇名称", "所属乡镇", "乡镇(街道)",
        "乡（镇、街道）",
    )  # fmt: skip
    village: Series[str] = column(
        DIVISION, "村", "行政村", "乡村", "所属村", "噶查村", "村名称", "行政村名称", "村(社区)",
        "所在村", "村名",
    )  # fmt: skip
    household_no: Series[str] = column(
        OPAQUE_NO, "户编号", "家庭编号", "贫困户编号", "户编码", "农户编号", "AAC001"
    )
    person_no: Series[str] = column(
        OPAQUE_NO, "人编号", "人口编号", "人员编号", "成员编号"
    )
    name: Series[str] = column(
        PERSON_NAME, "姓名", "成员姓名", "家庭成员", "家庭成员姓名", "人员姓名", "劳动力姓名",
        "AAB002", required=True,
    )  # fmt: skip
    id_number: Series[str] = column(
        ID_NUMBER, "证件号码", "身份证号", "身份证号码", "身份证件号", "身份证", "公民身份号码", "证件号",
        "AAB004", "家庭成员证件号码", "成员证件号码", required=True,
    )  # fmt: skip
    id_type: Series[str] = column(code_kind("id_type"), "证件类型", "身份证件类型")
    sex: Series[str] = column(code_kind("sex"), "性别", "AAB003")
    birth_on: Series[pa.DateTime] = column(
        DAY, "出生日期", "出生年月日", "生日", "出生年月"
    )
    ethnic_group: Series[str] = column(code_kind("ethnic_group"), "民族")
    political: Series[str] = column(code_kind("political"), "政治面貌")
    relation: Series[str] = column(
        code_kind("relation"), "与户主关系", "与户主的关系", "AAB006"
    )
    household_type: Series[str] = column(
        code_kind("household_type"), "户类型", "贫困户属性", "脱贫属性", "脱贫户属性", "农户类型",
        "户属性", "农户属性",
    )  # fmt: skip
    monitored_category: Series[str] = column(
        code_kind("monitored_category"), "监测对象类别", "监测对象类型", "监测类别",
        "检测对象类别", "监测户类型", "监测类型", "防返贫监测对象类别",
    )  # fmt: skip
    is_risk_done: Series[pa.BOOL] = column(
        YES_NO, "风险是否已消除", "风险是否消除", "是否消除风险"
    )
    identified_on: Series[pa.DateTime] = column(
        MONTH_START,
        "识别监测时间",
        "识别年度",
        "识别时间",
        "监测识别时间",
        "纳入监测时间",
    )
    eliminated_on: Series[pa.DateTime] = column(
        MONTH_END, "消除监测时间", "风险消除时间", "消除时间", "风险消除年月"
    )
    elimination_way: Series[str] = column(code_kind("elimination_way"), "风险消除方式")
    risk_1: Series[str] = column(
        code_set_kind("risk"), "致贫/返贫风险1", "致贫返贫风险", "返贫致贫风险", "致贫返贫风险类型",
        "风险类型", "主要致贫原因", "致贫原因",
    )  # fmt: skip
    risk_2: Series[str] = column(
        code_set_kind("risk"), "致贫/返贫风险2", "其他致贫原因"
    )
    risk_3: Series[str] = column(code_set_kind("risk"), "致贫/返贫风险3")
    risk_4: Series[str] = column(code_set_kind("risk"), "致贫/返贫风险4")
    risk_5: Series[str] = column(code_set_kind("risk"), "致贫/返贫风险5")
    household_size: Series[float] = column(
        NUMBER, "家庭人口数", "当前家庭人口数", "家庭人口", "户人口数", "家庭总人口"
    )
    low_income: Series[str] = column(
        code_kind("low_income"),
        "享受低保政策情况",
        "是否享受低保",
        "是否享受农村居民最低生活保障",
    )
    destitute: Series[str] = column(
        code_kind("destitute"), "享受特困供养政策情况", "是否特困供养人员"
    )
    education: Series[str] = column(
        code_kind("education"), "文化程度", "学历", "受教育程度"
    )
    # A yes/no field 在校生状态 stands beside it in one local form: not an alias.
    school_state: Series[str] = column(
        code_kind("school_state"), "在校生状况", "在校生情况", "在校状况", "在校生类别"
    )
    health: Series[str] = column(code_set_kind("health"), "健康状况", "身体状况")
    disability: Series[str] = column(
        code_set_kind("disability"), "残疾类别", "残疾类型"
    )
    labour: Series[str] = column(code_kind("labour"), "劳动技能", "劳动能力")
    work_place: Series[str] = column(TEXT, "务工所在地", "务工地点", "务工区域")
    work_months: Series[float] = column(NUMBER, "务工时间（月）", "务工月数")
    employer: Series[str] = column(
        TEXT, "务工企业名称", "务工单位", "务工企业", "就业单位"
    )
    job_channel: Series[str] = column(
        code_kind("job_channel"), "就业渠道", "就业渠道（易地搬迁后扶使用）"
    )
    public_post: Series[str] = column(
        TEXT, "公益性岗位", "公益性岗位类型", "公益岗位", "公益岗位类型"
    )
    # 户联系电话 belongs to the household: another column, for phones shared by many.
    phone: Series[str] = column(
        PHONE, "家庭成员联系电话", "成员联系电话", "联系电话", "电话号码", "手机号码"
    )
    household_phone: Series[str] = column(
        PHONE, "户联系电话", "户主联系电话", "户主电话"
    )
    head_name: Series[str] = column(PERSON_NAME, "户主姓名", "户主")
    head_id_number: Series[str] = column(
        ID_NUMBER, "户主证件号码", "户主身份证号", "户主身份证号码", "户主证件号"
    )
    # The monthly list has no date but these two; they date its snapshot.
    belongs_year: Series[float] = column(
        NUMBER, "所属年份", "年度", "所属年度", "AAR040"
    )
    belongs_month: Series[float] = column(NUMBER, "所属月份", "月份")
    education_help: Series[str] = column(
        code_set_kind("education_help"), "教育帮扶", "其他教育帮扶"
    )
    compulsory_help: Series[str] = column(TEXT, "义务教育保障", "义务教育保障措施")
    social_help: Series[str] = column(TEXT, "社会帮扶")
    employment_help: Series[str] = column(code_set_kind("employment_help"), "就业帮扶")

    class Config(Source.Config):
        title = "监测系统人员"
        metadata = facts(
            grain="人 × 导出",
            marks=(
                ("name",),
                ("id_number",),
                (
                    "household_type",
                    "monitored_category",
                    "is_risk_done",
                    "identified_on",
                    "person_no",
                    "household_no",
                ),
                # what only the register says of people: a local list of jobs or
                # addresses may name the type of household too
                (
                    "relation",
                    "school_state",
                    "labour",
                    "health",
                    "person_no",
                    "is_risk_done",
                    "identified_on",
                    "eliminated_on",
                    "belongs_month",
                ),
            ),
            excludes=(
                "减少原因",
                "减少时间",
                "补助金额",
                "补助标准",
                "资助金额",
                "发放金额",
                "银行账号",
                "开始时间",
                "结束时间",
                "是否已务工",
                "是否计划务工",
                "是否计划外出务工",
                "毕业去向",
                "学籍状态",
                "问题编号",
                "就读学校",
                "学校名称",
                "所学专业",
                "学制",
            ),
            derived=(("is_policy_off", "boolean"),),
            newest_by=("township_key",),
            unused=_UNUSED,
        )
