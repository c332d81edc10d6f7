"""Every spelling of a heading that was ever seen (domain 1.5, 2.4) finds its column."""

from __future__ import annotations

import pytest

from schemas.sources import SPECS
from schemas.spec import heading_map
from schemas.text import fold

# source | column | headings as seen
SEEN = """
monitored_person | county | 县 县(市、区、旗) 县区 区县 旗区
monitored_person | township | 乡 乡(镇) 镇 乡镇 苏木乡
monitored_person | village | 村 行政村 乡村 所属村 噶查村
monitored_person | household_no | 户编号 家庭编号 贫困户编号 AAC001
monitored_person | person_no | 人编号 人口编号
monitored_person | name | 姓名 成员姓名 家庭成员
monitored_person | id_number | 证件号码 身份证号 身份证号码 身份证件号 身份证 公民身份号码 证件号 AAB004
monitored_person | head_name | 户主姓名 户主
monitored_person | head_id_number | 户主证件号码 户主身份证号 户主身份证号码
monitored_person | relation | 与户主关系 AAB006
monitored_person | household_type | 户类型 贫困户属性 脱贫属性 脱贫户属性
monitored_person | monitored_category | 监测对象类别 监测对象类型 监测类别 检测对象类别
monitored_person | is_risk_done | 风险是否已消除 风险是否消除
monitored_person | identified_on | 识别监测时间 识别年度 识别时间
monitored_person | eliminated_on | 消除监测时间 风险消除时间
monitored_person | school_state | 在校生状况 在校生情况
monitored_person | labour | 劳动技能 劳动能力
monitored_person | phone | 家庭成员联系电话 成员联系电话 联系电话 电话号码
monitored_person | household_phone | 户联系电话
monitored_person | education_help | 教育帮扶 其他教育帮扶
monitored_person | belongs_year | 年度 所属年份 AAR040
monitored_person | household_size | 家庭人口数 当前家庭人口数
monitored_person | risk_1 | 致贫/返贫风险1 致贫返贫风险1
monitored_person | risk_5 | 致贫/返贫风险5
monitored_person | low_income | 享受低保政策情况 是否享受低保 是否享受农村居民最低生活保障
monitored_person | destitute | 享受特困供养政策情况 是否特困供养人员
monitored_person | job_channel | 就业渠道 就业渠道（易地搬迁后扶使用）
monitored_person | public_post | 公益性岗位 公益性岗位类型
monitored_person | work_months | 务工时间（月）
monitored_job | is_working | 是否已务工
monitored_job | started_on | 开始时间 AAB082
monitored_job | ended_on | 结束时间 AAB086
monitored_job | work_place | 务工所在县 务工所在地 AAB027
monitored_job | wage_fen | 务工月收入 AAB087
monitored_job | job_channel | 就业渠道 AAB093
monitored_job | job_form | 务工形式 AAB211
monitored_job | remark | 其他信息
yulu_roster | name | 学生姓名 姓名 劳动力姓名*
yulu_roster | id_number | 身份证号 身份证号码* 身份证 公民身份号码
yulu_roster | household_type | 户类型 农户类型* 人员类别 脱贫状态
yulu_roster | school_name | 就读学校 学校名称* 技工院校名称*
yulu_roster | school_place | 学校所在地 技工院校地址*
yulu_roster | school_nature | 学校性质 AAB232
yulu_roster | school_level | 办学层次 学校类别 学历*
yulu_roster | major | 专业 所学专业
yulu_roster | programme_years | 学制* 学年制*
yulu_roster | entry_on | 入学时间* 入学年月 入学日期*
yulu_roster | graduation_on | 毕业时间 (预计)毕业年月 毕业日期
yulu_roster | grade | 年级/班级
yulu_roster | student_no | 学籍号/学号
yulu_roster | period_no | 学年/学期 学年 学期 年度
yulu_roster | amount_fen | 补助标准 补助金额
yulu_roster | enjoyed | 是否享受雨露计划补助 享受雨露计划补贴
yulu_roster | not_enjoyed_reason | 未享受原因
yulu_roster | account_no | 银行账号(一卡通)
yulu_roster | account_holder | 开户名
yulu_roster | guardian_name | 家长姓名* 监护人
yulu_roster | guardian_id_number | 家长身份证号*
yulu_roster | guardian_relation | 与学生关系*
yulu_roster | relation | 与户主关系 户主与学生关系
yulu_payment | holder_name | 户名
yulu_payment | failure_reason | 失败原因
yulu_payment | paid_on | 入账日期
member_departure | departure_reason | 减少原因
school_register | school_code | 学校标识码
school_register | register_status | 学籍状态
school_register | study_form | 学习形式
school_register | is_intern | 是否实习
school_register | student_no | 学籍号
graduate_destination | destination | 毕业去向
graduate_destination | is_graduated | 是否毕业
graduate_destination | employer | 就业单位
graduate_destination | work_place | 就业地
graduate_destination | job_form | 就业形式
graduate_destination | wage_fen | 月收入
graduate_destination | unemployed_reason | 未就业原因
graduate_destination | willingness | 就业意愿
graduate_destination | help | 帮扶措施
"""
ROWS = [
    (source, column, heading)
    for line in SEEN.strip().splitlines()
    for source, column, headings in [[part.strip() for part in line.split("|")]]
    for heading in headings.split()
]
MAPS = {source.name: heading_map(source) for source in SPECS}


@pytest.mark.parametrize(("source", "column", "heading"), ROWS)
def test_a_spelling_seen_finds_its_column(source: str, column: str, heading: str):
    assert MAPS[source][fold(heading)] == column


@pytest.mark.parametrize("source", SPECS, ids=lambda s: s.name)
def test_a_heading_that_nobody_needs_is_no_alias(source):
    assert not {fold(h) for h in source.ignored} & set(MAPS[source.name])


def test_a_yes_no_field_beside_the_school_state_is_not_it():
    assert fold("在校生状态") not in MAPS["monitored_person"]
