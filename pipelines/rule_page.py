"""The rule catalogue as one page that opens by a double click, for whoever asks why.

Every discrepancy the field knows stands on it: the rules with question, reason, examples
and clause; what reading notices; and what no source can decide, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from pipelines import rules
from pipelines.issues import ISSUES
from pipelines.rules.applicable import needed
from pipelines.rules.examples import examples
from schemas.sources import SPECS

FAMILIES = {
    "identity": "证件与姓名",
    "linkage": "人与户对应",
    "entitlement": "家庭资格",
    "schooling": "在校与学籍",
    "omission": "应享未享",
    "money": "资金",
    "records": "措施登记",
    "graduates": "毕业去向",
    "places": "地名",
    "changes": "前后变化",
}
SEVERITIES = {
    "A": "A（最急）",
    "B": "B（本轮核实）",
    "C": "C（登记质量）",
    "I": "I（提示）",
}
OWNERS = {
    "village": "村",
    "township": "乡镇",
    "county": "县",
    "operator": "数据员",
    "school": "学校",
    "bank": "银行",
}
EFFECTS = {"stop": "整份不读", "hold": "该行暂扣", "note": "照用并说明"}
_STYLE = """
body{font:16px/1.6 "Microsoft YaHei","PingFang SC",sans-serif;color:#222;margin:0 auto;
max-width:60rem;padding:1rem}
h1{font-size:1.5rem}h2{margin-top:2.5rem;border-bottom:2px solid #2f6db5;font-size:1.25rem}
h3{margin:1.6rem 0 .3rem;font-size:1.05rem}code{color:#2f6db5}
dl{display:grid;grid-template-columns:6.5rem 1fr;gap:.15rem .8rem;margin:0}
dt{color:#666}dd{margin:0}nav a{margin-right:.8rem;white-space:nowrap}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:.3rem .5rem;
text-align:left;vertical-align:top}a{color:#2f6db5}
@media(max-width:40rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
@media print{nav{display:none}h3{break-after:avoid}dl{break-inside:avoid}}
"""


def rule_page(told: Iterable[rules.Rule], folder: Path) -> str:
    """The page; ``folder`` holds the rules' example tables."""
    listed = tuple(told)
    return "\n".join([*_head(listed), *_rules(listed, folder), *_others()]) + "\n"


def _head(listed: tuple[rules.Rule, ...]) -> Iterator[str]:
    known = rules.codes()
    none = sum(code.kind == "none" for code in known)
    yield '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<title>雨露对账规则目录</title><style>{_STYLE}</style></head><body>"
    yield "<h1>雨露对账规则目录</h1>"
    yield (
        f"<p>共 {len(known)} 种差异：{len(listed)} 条规则，"
        f"{sum(code.kind == 'issue' for code in known)} 种读入存疑，"
        f"{none} 种现有数据不能评判。本页由规则文件按声明生成。</p>"
    )
    links = [f'<a href="#{family}">{title}</a>' for family, title in FAMILIES.items()]
    links += ['<a href="#reading">读入存疑</a>', '<a href="#none">不能评判的</a>']
    yield f"<nav>{''.join(links)}</nav>"


def _rules(listed: tuple[rules.Rule, ...], folder: Path) -> Iterator[str]:
    for family, title in FAMILIES.items():
        yield f'<h2 id="{family}">{title}</h2>'
        for rule in listed:
            if rule.family == family:
                yield from _rule(rule, folder)


def _rule(rule: rules.Rule, folder: Path) -> Iterator[str]:
    yield f'<h3 id="{rule.code}">{escape(rule.title)} <code>{rule.code}</code></h3><dl>'
    yield _pair("要问的", rule.asks)
    yield _pair("为什么查", rule.why)
    yield _pair("依据", f"{rule.clause}（自 {rule.since}）")
    yield _pair(
        "程度、责任", f"{SEVERITIES[rule.severity]}；由{OWNERS[rule.owner]}核实"
    )
    yield _pair("需要的数据", "、".join(needed(rule)))
    if rule.absence_of:
        source = next(spec.title for spec in SPECS if spec.name == rule.absence_of)
        yield _pair("以没有为据", f"{source}不能证明齐全时，问题搁置，不下发")
    yield _pair("可选结果", "、".join(rule.answers))
    yield _pair("佐证", rule.proof)
    cases = examples(folder / f"{rule.code}.md")
    hits = [case for case in cases if case.is_hit]
    for case in hits[:2]:
        told = f"：{case.sentences[0]}" if case.sentences else ""
        yield _pair("算", f"{case.title}{told}")
    misses = [case.title for case in cases if not case.is_hit]
    yield _pair("不算", "；".join(misses))
    yield "</dl>"


def _others() -> Iterator[str]:
    yield '<h2 id="reading">读入存疑</h2><table>'
    yield "<tr><th>代码</th><th>名称</th><th>处理</th><th>怎么办</th></tr>"
    for issue in ISSUES.values():
        yield (
            f'<tr id="{issue.code}"><td><code>{issue.code}</code></td>'
            f"<td>{escape(issue.title)}</td><td>{EFFECTS[issue.effect]}</td>"
            f"<td>{escape(issue.advice)}</td></tr>"
        )
    yield '</table><h2 id="none">现有数据不能评判的</h2><table>'
    yield "<tr><th>代码</th><th>名称</th><th>程度、责任</th><th>为什么不能评判</th></tr>"
    for code in rules.codes():
        if code.kind == "none":
            yield (
                f'<tr id="{code.code}"><td><code>{code.code}</code></td>'
                f"<td>{escape(code.title)}</td><td>{SEVERITIES[code.severity]}；"
                f"{OWNERS[code.owner]}</td><td>{escape(code.reason)}</td></tr>"
            )
    yield "</table></body></html>"


def _pair(name: str, text: str) -> str:
    return f"<dt>{name}</dt><dd>{escape(text)}</dd>"
