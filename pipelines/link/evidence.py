"""The words of linking: what each piece of evidence is called, and its sentence.

Evidence is ``{"for": [{"code": …}, …], "against": […], "candidates": […]}``; the
sentence is made from nothing else, so that what is said is what was found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

Item = Mapping[str, Any]

# code → what is said of it; {…} are fields of the item.
PHRASES: dict[str, str] = {
    "number_same": "证件号相同",
    "number_former": "证件号与系统原登记的号码相同",
    "number_text_same": "两边写的是同一个号码（位数不对）",
    "number_15_same": "15位旧证号补全后相同",
    "number_in_student_no": "学籍号中的证件号相同",
    "school_no_same": "学籍号列中的证件号相同",
    "number_near": "{number}",
    "number_kept": "证件号存成数字后保留的前{digits}位一致",
    "number_begun": "名册号码残缺，与系统号码的开头一致",
    "check_wrong": "名册号码校验码不对",
    "name_same": "姓名相同",
    "name_variant": "姓名只是写法不同",
    "village_same": "同村",
    "head_same": "同户主",
    "head_member": "名册上的户主是系统中的同户成员",
    "seen_before": "登记在{on}的导出中，当前导出没有此人",
    "seen_departed": "此人在自然减少名单中",
    "number_missing": "名册没有可用的证件号",
    "register_number_missing": "系统没有可用的证件号",
    "name_differs": "姓名不同",
    "village_differs": "村不同",
    "head_differs": "户主不同",
    "sex_differs": "性别不符",
    "several": "不能确定是哪一位，没有关联",
    "contested": "同期另有号码不同的一行也指向此人，不能确定，没有关联",
    "short": "名册号码残缺且与系统号码的开头不一致，只凭姓名和住处不足以认定，没有关联",
    "nobody": "系统中没有找到此人",
    "nobody_else": "系统中没有找到别的可能的人",
}
# What became of a person who was thought of.
FATES: dict[str, str] = {
    "possible": "可能是",
    "taken": "已按本人号码在同期名册中，两个号码又都是正确的，按两个人处理",
    "both_right": "与名册两个号码都是正确的，又没有同一户主，按两个人处理",
    "listed": "已按本人号码在同期名册中，又没有同一户主",
    "head_differs": "户主不同",
    "sex_differs": "性别不符",
    "birth_differs": "出生日期不符",
    "age_differs": "年龄不符",
    "too_little": "依据不足",
    "departed": "学年开始前已自然减少",
}
_HOW = {
    "digit": "证件号第{positions}位不同",
    "swapped": "证件号第{positions}位颠倒",
    "short": "名册证件号少{distance}位",
    "long": "名册证件号多{distance}位",
    "mixed": "证件号有{distance}处不同",
}


def sentence(evidence: str) -> str:
    """The Chinese sentence of one evidence text; carries masked numbers only."""
    found = json.loads(evidence)
    pro = [_phrase(item) for item in found["for"]]
    contra = [_phrase(item) for item in found["against"]]
    said = "，".join(pro).replace("同村，同户主", "同村同户主")
    doubt = "，".join([*_considered(found["candidates"]), *contra])
    if not said:
        return doubt + "。"
    return f"{said}；但{doubt}。" if doubt else f"{said}。"


def _phrase(item: Item) -> str:
    fields = dict(item)
    if item["code"] == "number_near":
        fields["number"] = _number_near(item)
    return PHRASES[item["code"]].format(**fields)


def _number_near(item: Item) -> str:
    places = "、".join(str(place) for place in item["positions"] or ())
    how = _HOW[item["how"]].format(positions=places, distance=item["distance"])
    return f"{how}（名册{item['roster']}，系统{item['register']}）"


def _considered(candidates: Sequence[Item]) -> list[str]:
    """One phrase per fate, with the masked numbers of those who share it."""
    by_fate: dict[str, list[str]] = {}
    for candidate in candidates:
        by_fate.setdefault(candidate["fate"], []).append(candidate["id"] or "无证件号")
    return [
        f"系统中有{len(ids)}名可能的人（{'、'.join(ids)}）"
        if fate == "possible"
        else f"系统中相近的{'、'.join(ids)}{FATES[fate]}"
        for fate, ids in by_fate.items()
    ]
