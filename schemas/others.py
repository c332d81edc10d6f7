"""Tables of the same systems that none of our sources needs: known by name, not read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from schemas.text import fold


@dataclass(frozen=True)
class OtherTable:
    """A table that is recognised and left alone.

    ``needs``: groups of headings, of which a heading row shows at least one each;
    ``lacks``: headings of which it shows none.
    """

    title: str
    why: str
    needs: tuple[tuple[str, ...], ...]
    lacks: tuple[str, ...] = ()

    def is_heading(self, folded: Collection[str]) -> bool:
        """Whether a row of these folded headings is this table's."""
        met = all(any(fold(h) in folded for h in group) for group in self.needs)
        return met and not any(fold(h) in folded for h in self.lacks)


_PEOPLE = (
    "姓名", "成员姓名", "家庭成员", "家庭成员姓名", "人员姓名", "学生姓名", "人编号", "人口编号",
)  # fmt: skip
# What only rows about single people have: a register whose 姓名 is spelled anew must
# never pass for a table that nobody needs.
_OF_PEOPLE = (
    "与户主关系", "性别", "出生日期", "证件号码", "身份证号", "身份证号码", "在校生状况",
    "文化程度", "健康状况", "劳动技能", "民族",
)  # fmt: skip
OTHERS = (
    OtherTable(
        "行政村信息",
        "村级指标",
        (
            ("总户数", "户籍户数", "脱贫户数", "农户总数"),
            ("总人口数", "户籍人口数", "脱贫人口数", "常住人口数"),
            ("是否出列", "村级集体经济收入（万元）", "行政村卫生室个数", "危房户数", "低保户数",
             "农民人均纯收入（元）", "是否通客运班车"),
        ),
        _PEOPLE,
    ),
    OtherTable(
        "计划外出务工信息",
        "只是打算，要的是“已外出务工信息”",
        (
            ("是否计划务工", "是否计划外出务工", "计划务工所在县", "计划外出务工时间"),
            ("姓名", "证件号码"),
        ),
        ("在校生状况", "开始时间"),
    ),
    OtherTable(
        "户信息（一户一行）",
        "没有家庭成员，要的是按人导出的表",
        (("户编号", "家庭编号"), ("户主姓名", "户主")),
        (*_PEOPLE, *_OF_PEOPLE, "开始时间", "补助金额", "学校名称", "减少原因", "户名"),
    ),
    OtherTable(
        "公益性岗位台账",
        "岗位台账，要的是“已外出务工信息”和毕业去向",
        (
            ("岗位名称", "公益性岗位名称", "岗位类型", "公益性岗位类型"),
            ("上岗时间", "聘用时间", "岗位补贴", "补贴标准", "协议起止时间", "聘用期限"),
            ("姓名",),
        ),
        ("在校生状况", "毕业去向", "开始时间", "户类型", "与户主关系"),
    ),
    OtherTable(
        "帮扶车间（企业）信息",
        "企业名单",
        (
            ("帮扶车间名称", "扶贫车间名称", "就业帮扶车间名称", "企业名称", "车间名称"),
            ("吸纳就业人数", "吸纳脱贫人口数", "用工人数", "岗位数", "吸纳就业人口数"),
        ),
        _PEOPLE,
    ),
    OtherTable(
        "帮扶项目信息",
        "项目名单",
        (
            ("项目名称",),
            ("项目类型", "建设内容", "建设地点", "实施单位", "资金来源"),
            ("总投资", "投资规模", "财政资金", "项目资金", "资金规模"),
        ),
        _PEOPLE,
    ),
    OtherTable(
        "结对帮扶信息",
        "帮扶责任人名单",
        (
            ("帮扶责任人", "帮扶人姓名", "帮扶责任人姓名", "帮扶联系人"),
            ("帮扶单位", "结对时间", "帮扶开始时间", "单位名称", "帮扶单位名称"),
        ),
        (*_OF_PEOPLE, "补助金额", "学校名称", "人编号"),
    ),
)  # fmt: skip
