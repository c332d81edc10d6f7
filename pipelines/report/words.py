"""Chinese words for the closed lists that the tables keep in English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "state": {
        "new": "新发现",
        "open": "未解决",
        "issued": "已派发",
        "answered": "已反馈",
        "awaiting_proof": "待数据核销",
        "closed": "已销号",
        "reopened": "再次出现",
        "waived": "免查",
        "held": "搁置",
    },
    "owner": {
        "village": "村",
        "township": "乡镇",
        "county": "县级",
        "operator": "数据员",
        "school": "学校",
        "bank": "银行",
    },
    "outcome": {
        "read": "已读取",
        "unchanged": "内容未变",
        "duplicate": "与另一文件相同",
        "refused": "未读取",
        "left": "留待下次",
    },
    "rule_outcome": {
        "error": "未能运行",
        "not_applicable": "不适用",
        "hits": "有命中",
        "clean": "未发现",
    },
    "change": {
        "new": "新增",
        "changed": "有变化",
        "same": "未变",
        "again": "再次询问",
    },
    "left_because": {
        "answered": "已收到反馈，等数据核销",
        "closed": "数据已更正，已销号",
        "waived": "已按反馈免查",
        "held": "数据不全，暂时搁置",
        "moved": "归属有变，改由别处核实",
        "yielded": "让更急的户先查，以后再发",
        "gone": "不再查这一项",
    },
    "money_step": {
        "listed_over": "名册多列",
        "listed_short": "名册漏列、少列",
        "applied_short": "申报未通过",
        "paid_over": "发放多发",
        "paid_short": "发放少发",
        "listed": "应得与名册之间",
        "applied": "申报与通过之间",
        "paid": "名册与发放之间",
        "risk": "存疑",
        "rest": "说明不了",
    },
    "money_part": {
        "told": "已提出问题",
        "held": "搁置",
        "waived": "免查",
        "explained": "有说明",
        "rest": "说明不了",
    },
    "effect": {"stop": "未读取", "hold": "该行隔离", "note": "已采用，请留意"},
    "lapse": {
        "row_gone": "名册中已没有这样写的一行",
        "person_gone": "监测系统中已没有此人",
        "number_changed": "监测系统中的证件号码已变",
        "name_changed": "监测系统中的姓名已变",
        "number_owned": "名册上的号码现在是系统中另一人的",
    },
    "dated_by": {
        "title": "表内标题",
        "note": "表内说明",
        "content": "表内标题或说明",
        "name": "文件名",
        "mtime": "文件修改时间",
    },
}
