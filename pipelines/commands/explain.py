"""What a rule means, what one published finding rests on, whose copy bears a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import duckdb

from pipelines import published, rules
from pipelines.closing import STATES
from pipelines.errors import UsageError
from pipelines.settings import ROOT

EXAMPLES = ROOT / "tests" / "rules"
SEVERITIES = {"A": "A（最急）", "B": "B", "C": "C", "I": "I（提示）"}
_MARK = re.compile(r"Y[2-9A-Z]{3}-?[2-9A-Z]{4}")
OWNERS = {
    "village": "村",
    "township": "乡镇",
    "county": "县",
    "operator": "操作员",
    "school": "学校",
    "bank": "银行",
}


def explain(what: str, out: Path, province_code: str) -> Iterator[str]:
    """Lines about a rule code, a 问题编号 or the mark of a copy; else UsageError."""
    asked = what.strip().upper()
    by_code = {
        rule.code: rules.as_of_now(rule, province_code) for rule in rules.catalogue()
    }
    if asked in by_code:
        return _rule(by_code[asked])
    with published.tables(published.latest(out)) as con:
        con.execute("create table asked as select ?::varchar as finding_no", [asked])
        found = published.records(con, _query("finding"))
        cells = published.records(con, _query("finding_cell"))
    if not found and _MARK.fullmatch(asked):
        return _copy(asked, out)
    if found:
        return _finding(found[0], cells, by_code.get(str(found[0]["rule_code"])))
    near = get_close_matches(asked, by_code, n=3)
    hint = (
        f"相近的规则：{'、'.join(near)}。"
        if near
        else "规则代码见 schemas 之外的总表“规则说明”。"
    )
    raise UsageError(f"最近一次结果中没有这个问题编号，也没有这条规则。{hint}")


def _rule(rule: rules.Rule) -> Iterator[str]:
    yield f"{rule.code}　{rule.title}"
    yield f"严重程度　{SEVERITIES[rule.severity]}　　责任单位　{OWNERS[rule.owner]}"
    yield f"要问的　{rule.asks}"
    yield f"可答的　{'、'.join(rule.answers)}"
    yield f"佐证　{rule.proof}"
    yield f"为什么　{rule.why}"
    yield f"依据　{rule.clause}（自 {rule.since}）"
    yield f"需要　{'、'.join(rule.needs)}"
    if rule.absence_of:
        yield f"以“没有”为据　{rule.absence_of} 不能证明齐全时，问题搁置，不下发"
    yield ""
    yield rule.sql.partition("--- */")[2].strip()
    examples = EXAMPLES / f"{rule.code}.md"
    if examples.is_file():
        yield ""
        yield examples.read_text(encoding="utf-8").strip()


def _finding(
    found: dict[str, object], cells: list[dict[str, object]], rule: rules.Rule | None
) -> Iterator[str]:
    state = dict(STATES)[str(found["state"])]
    yield f"{found['finding_no']}　{rule.title if rule else found['rule_code']}　{state}"
    if found["held_reason"]:
        yield f"搁置原因　{found['held_reason']}"
    where = "".join(str(found[part] or "") for part in ("township", "village"))
    yield f"对象　{found['name'] or ''}　{found['subject_id']}　{where}"
    yield f"学年　{found['period'] or '不分学年'}　　涉及金额　{found['yuan_at_stake']} 元"
    yield f"说明　{found['sentence']}"
    yield f"看到　{found['observed'] or ''}　　应为　{found['expected'] or ''}"
    yield f"首次发现　{found['first_seen_on']}　　最近一次　{found['last_seen_on']}"
    if rule:
        yield f"要问的　{rule.asks}"
    yield "来源："
    for cell in cells:
        at = " ".join(
            str(cell[part]) for part in ("file", "sheet", "cell") if cell[part]
        )
        yield f"  {at}　{cell['field']}　{cell['value'] or '（空）'}"


def _copy(asked: str, out: Path) -> Iterator[str]:
    """To whom, and on which night, the copy went that bears a mark."""
    mark = asked if "-" in asked else f"{asked[:4]}-{asked[4:]}"
    for night in reversed(published.nights(out)):
        with published.tables(night) as con:
            try:
                con.execute("select * from copy where mark = ?", [mark])
            except duckdb.CatalogException:
                continue  # a night from before copies had marks
            names = [column[0] for column in con.description or ()]
            for row in con.fetchall():
                copy = dict(zip(names, row, strict=True))
                yield f"编号 {mark}　{copy['as_of']} 发给 {copy['recipient']}"
                yield f"文件　{copy['book']}"
                return
    raise UsageError("已发布的各晚都没有发出过这个编号。")


def _query(name: str) -> str:
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
