"""The words of linking: what each piece of evidence is called, and its sentence.

Evidence is ``{"for": [{"code": …}, …], "against": […], "candidates": […]}``. The
sentence is made from nothing else, and ``parse`` reads it back: what is said is what
was found. A code stands on one side only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

Item = Mapping[str, Any]


class _Word(NamedTuple):
    """A phrase that can be read back; ``how``: of a near number."""

    side: str
    code: str
    pattern: re.Pattern[str]
    how: str = ""


# code → what is said of it; {…} are fields of the item.
FOR: dict[str, str] = {
    "decided": "经人工认定是同一人（认定编号{question}，没有写日期）",
    "decided_dated": "经人工认定是同一人（认定编号{question}，{on}）",
    "number_same": "证件号相同",
    "number_former": "证件号与系统原登记的号码相同",
    "number_text_same": "两边写的是同一个号码（位数不对）",
    "number_15_same": "15位旧证号补全后相同",
    "number_in_student_no": "学籍号中的证件号相同",
    "school_no_same": "学籍号列中的证件号相同",
    "school_no_former": "证件号与本人学籍号中的旧号码相同",
    "number_kept": "证件号保留的前{digits}位一致",
    "number_begun": "名册号码残缺，与系统号码的开头一致",
    "number_part": "名册号码残缺，是系统号码的一部分",
    "number_in_head_column": "名册户主证件号一栏填的是本人的号码",
    "check_wrong": "名册号码校验码不对",
    "birth_same": "出生日期相符",
    "name_same": "姓名相同",
    "name_variant": "姓名只是写法不同",
    "name_former": "姓名与曾用名相同",
    "name_sound": "姓名同音不同字",
    "name_look": "姓名字形相近",
    "village_same": "同村",
    "head_same": "同户主",
    "head_member": "名册上的户主是系统中的同户成员",
    "head_alike": "户主姓名音形相近",
    "guardian_member": "名册上的监护人是系统中的同户成员",
    "household_no_same": "户编号相同",
    "person_no_same": "人编号相同",
    "seen_before": "登记在{on}的导出中，当前导出没有此人",
    "seen_departed": "此人在自然减少名单中",
}
AGAINST: dict[str, str] = {
    "number_missing": "名册没有可用的证件号",
    "number_of_head": "名册填的是户主的证件号",
    "number_of_family": "名册填的是同户家庭成员的证件号",
    "number_of_shared": "名册上三个以上不同姓名写着同一个证件号",
    "register_number_missing": "系统没有可用的证件号",
    "name_differs": "姓名不同",
    "name_character": "姓名有一字不同",
    "name_common": "同村同名的有{count}人",
    "village_differs": "村不同",
    "head_differs": "户主不同",
    "sex_differs": "性别不符",
    "decisions_differ": "人工认定前后不一致，核实清楚以前没有关联",
    "several": "不能确定是哪一位，没有关联",
    "contested": "同期另有号码不同的一行也指向此人，不能确定，没有关联",
    "short": "名册号码残缺且与系统号码不一致，只凭姓名和住处不足以认定，没有关联",
    "nobody": "系统中没有找到此人",
    "nobody_else": "系统中没有找到别的可能的人",
}
# number_near is said by how the two numbers part.
NEAR: dict[str, str] = {
    "digit": "证件号第{positions}位不同",
    "swapped": "证件号第{positions}位颠倒",
    "short": "名册证件号少{distance}位",
    "long": "名册证件号多{distance}位",
    "mixed": "证件号有{distance}处不同",
    "birth_year": "证件号只有出生年份不同",
    "birth_month": "证件号只有出生月份不同",
    "birth_day": "证件号只有出生日不同",
}
_BOTH = "（名册{roster}，系统{register}）"
# What became of a person who was thought of.
FATES: dict[str, str] = {
    "possible": "可能是",
    "taken": "已按本人号码在同期名册中，两个号码又都是正确的，按两个人处理",
    "both_right": "与名册两个号码都是正确的，户主或姓名写法又不一致，按两个人处理",
    "listed": "已按本人号码在同期名册中，又没有同一户主",
    "head_differs": "户主不同",
    "other_head": "没有同一户主，另有同户主的",
    "sex_differs": "性别不符",
    "birth_differs": "出生日期不符",
    "age_differs": "年龄不符",
    "too_little": "依据不足",
    "denied": "经人工认定不是同一人",
    "departed": "学年开始前已自然减少",
}
_NO_NUMBER = "无证件号"
_APART, _TOGETHER = "同村，同户主", "同村同户主"


def sentence(evidence: str) -> str:
    """The Chinese sentence of one evidence text; carries masked numbers only."""
    found = json.loads(evidence)
    pro = [_phrase(item, FOR) for item in found["for"]]
    contra = [_phrase(item, AGAINST) for item in found["against"]]
    said = "，".join(pro).replace(_APART, _TOGETHER)
    doubt = "，".join([*_considered(found["candidates"]), *contra])
    if not said:
        return doubt + "。"
    return f"{said}；但{doubt}。" if doubt else f"{said}。"


def spoken(evidence: str) -> dict[str, list[dict[str, Any]]]:
    """What the sentence of an evidence says: all of it but keys and candidates' tiers."""
    found = json.loads(evidence)
    fates = list(dict.fromkeys(candidate["fate"] for candidate in found["candidates"]))
    told = sorted(found["candidates"], key=lambda c: fates.index(c["fate"]))
    return {
        "for": found["for"],
        "against": found["against"],
        "candidates": [{"id": c["id"], "fate": c["fate"]} for c in told],
    }


def parse(said: str) -> dict[str, list[dict[str, Any]]]:
    """The evidence that a sentence tells; raises ValueError when it is not one."""
    found: dict[str, list[dict[str, Any]]] = {
        "for": [],
        "against": [],
        "candidates": [],
    }
    rest = said.removesuffix("。").replace(_TOGETHER, _APART)
    while rest:
        word, match = _first_word(rest)
        if word.side == "candidates":
            found[word.side] += _ids(match["ids"], word.code)
        else:
            found[word.side].append(_item(match.groupdict(), word))
        rest = rest[match.end() :]
    return found


def _first_word(said: str) -> tuple[_Word, re.Match[str]]:
    for word in _words():
        if match := word.pattern.match(said):
            return word, match
    raise ValueError("not a sentence of evidence")


def _phrase(item: Item, words: Mapping[str, str]) -> str:
    if item["code"] != "number_near":
        return words[item["code"]].format(**item)
    places = "、".join(str(place) for place in item["positions"] or ())
    return (NEAR[item["how"]] + _BOTH).format(**{**item, "positions": places})


def _considered(candidates: Sequence[Item]) -> list[str]:
    """One phrase per fate, with the masked numbers of those who share it."""
    by_fate: dict[str, list[str]] = {}
    for candidate in candidates:
        by_fate.setdefault(candidate["fate"], []).append(candidate["id"] or _NO_NUMBER)
    return [
        f"系统中有{len(ids)}名可能的人（{'、'.join(ids)}）"
        if fate == "possible"
        else f"系统中相近的{'、'.join(ids)}{FATES[fate]}"
        for fate, ids in by_fate.items()
    ]


_FIELDS = {
    "digits": "[0-9]+", "count": "[0-9]+", "distance": "[0-9]+", "positions": "[0-9、]+",
    "on": "[0-9-]+", "question": "[0-9A-Z]+", "roster": "[^，（）]+", "register": "[^，（）]+",
}  # fmt: skip
_ENDS = r"(?:；但|，|$)"


def _pattern(phrase: str) -> re.Pattern[str]:
    """The expression that reads one phrase back, with what parts it from the next."""
    text = re.escape(phrase)
    for name, value in _FIELDS.items():
        text = text.replace(re.escape(f"{{{name}}}"), f"(?P<{name}>{value})")
    return re.compile(text + _ENDS)


@cache
def _words() -> tuple[_Word, ...]:
    """Every phrase, the longest of its sort first."""
    return tuple(_every_word())


def _every_word() -> Iterator[_Word]:
    ids = r"(?P<ids>[^（），；]+?)"
    possible = re.compile(rf"系统中有[0-9]+名可能的人（{ids}）{_ENDS}")
    yield _Word("candidates", "possible", possible)
    for fate, phrase in sorted(FATES.items(), key=_longest):
        refused = re.compile(rf"系统中相近的{ids}{re.escape(phrase)}{_ENDS}")
        yield _Word("candidates", fate, refused)
    for how, phrase in NEAR.items():
        yield _Word("for", "number_near", _pattern(phrase + _BOTH), how)
    for side, phrases in (("for", FOR), ("against", AGAINST)):
        for code, phrase in sorted(phrases.items(), key=_longest):
            yield _Word(side, code, _pattern(phrase))


def _longest(word: tuple[str, str]) -> tuple[int, str]:
    return -len(word[1]), word[0]


def _item(fields: Mapping[str, str], word: _Word) -> dict[str, Any]:
    item: dict[str, Any] = {"code": word.code}
    if word.how:
        places = [int(p) for p in fields.get("positions", "").split("、") if p]
        distance = fields.get("distance") or (len(places) if word.how == "digit" else 1)
        item |= {"distance": int(distance), "how": word.how}
        item["positions"] = places or None
    for name, text in fields.items():
        if name not in item:
            item[name] = int(text) if name in ("digits", "count") else text
    return item


def _ids(text: str, fate: str) -> list[dict[str, Any]]:
    return [
        {"id": None if part == _NO_NUMBER else part, "fate": fate}
        for part in text.split("、")
    ]
