"""What a rule means, what a finding or a question rests on, whose a copy or a row is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

import duckdb

from pipelines import published, rules
from pipelines.closing import STATES
from pipelines.commands.explain_rows import explain_rows, is_row
from pipelines.errors import NothingToReadError, UsageError
from pipelines.issues import ISSUES, IssueType
from pipelines.report.masking import mask_texts
from pipelines.rule_page import EFFECTS, OWNERS, SEVERITIES
from pipelines.rules.applicable import needed
from pipelines.rules.examples import examples
from pipelines.settings import ROOT
from schemas.number import FINDING, QUESTION
from schemas.sources import SPECS

EXAMPLES = ROOT / "tests" / "rules"
_MARK = re.compile(r"Y[2-9A-Z]{3}-?[2-9A-Z]{4}")
OUTCOMES = {
    "error": "未能运行",
    "not_applicable": "不适用",
    "hits": "有命中",
    "clean": "未发现",
}


def explain(words: Sequence[str], out: Path, province_code: str) -> Iterator[str]:
    """Lines about a code of the catalogue, a 问题编号, a 认定编号, the mark of a copy,
    a row, or two rows; raises UsageError for anything else."""
    if any(is_row(word) for word in words):
        return explain_rows(list(words), out)
    if len(words) > 1:
        raise UsageError(
            "规则和编号一次写一个；要看两行是不是同一人，写“文件!工作表!行 文件!工作表!行”。"
        )
    asked = words[0].strip().upper()
    asked = FINDING.read(asked) or QUESTION.read(asked) or asked
    by_code = {
        rule.code: rules.as_of_now(rule, province_code) for rule in rules.catalogue()
    }
    if asked in by_code:
        return _rule(by_code[asked], out)
    if asked in ISSUES:
        return _issue(ISSUES[asked])
    for code in rules.codes():
        if asked == code.code:
            return _undecided(code)
    with published.tables(published.latest(out)) as con:
        con.execute("create table asked as select ?::varchar as finding_no", [asked])
        tables = {name for (name,) in con.execute("show tables").fetchall()}
        if QUESTION.is_valid(asked) and "question" in tables:
            questions = published.records(con, _query("question"))
            answers = published.records(con, _query("question_answer"))
            if questions:
                return _question(questions[0], answers)
        found = published.records(con, _query("finding"))
        cells = published.records(con, _query("finding_cell"))
    if not found and _MARK.fullmatch(asked):
        return _copy(asked, out)
    if found:
        return _finding(found[0], cells, by_code.get(str(found[0]["rule_code"])))
    near = get_close_matches(asked, [*by_code, *ISSUES], n=3)
    hint = (
        f"相近的代码：{'、'.join(near)}。"
        if near
        else "全部代码见 pipelines/rules/catalogue.html，或总表“规则说明”；"
        "要看某一行是谁，写“文件!工作表!行”。"
    )
    raise UsageError(f"最近一次结果中没有这个问题编号，也没有这条规则。{hint}")


def _rule(rule: rules.Rule, out: Path) -> Iterator[str]:
    yield f"{rule.code}　{rule.title}"
    yield f"严重程度　{SEVERITIES[rule.severity]}　　由谁核实　{OWNERS[rule.owner]}"
    yield f"要问的　{rule.asks}"
    yield f"可答的　{'、'.join(rule.answers)}"
    yield f"佐证　{rule.proof}"
    yield f"为什么　{rule.why}"
    yield f"依据　{rule.clause}（自 {rule.since}）"
    yield f"需要的数据　{'、'.join(needed(rule))}"
    if rule.absence_of:
        source = next(spec.title for spec in SPECS if spec.name == rule.absence_of)
        yield f"以“没有”为据　{source}不能证明齐全时，问题搁置，不下发"
    yield from _last_night(rule.code, out)
    file = EXAMPLES / f"{rule.code}.md"
    for case in examples(file):
        word = "算" if case.is_hit else "不算"
        told = f"：{case.sentences[0]}" if case.sentences else ""
        yield f"例（{word}）　{case.title}{told}"
    yield ""
    yield rule.sql.partition("--- */")[2].strip()
    if file.is_file():
        yield ""
        yield file.read_text(encoding="utf-8").strip()


def _last_night(code: str, out: Path) -> Iterator[str]:
    """What became of the rule, and how long it took; nothing before the first night."""
    try:
        folder = published.latest(out)
    except NothingToReadError:
        return
    with published.tables(folder) as con:
        con.execute("create table asked as select ?::varchar as rule_code", [code])
        found = published.records(con, _query("rule_status"))
    seconds = published.timings(out, folder).get("rules", {}).get(code)
    for status in found:
        took = "" if seconds is None else f"，用时 {seconds:.3f} 秒"
        why = f"（{status['why']}）" if status["why"] else ""
        yield (
            f"最近一次（{folder.name}）　{OUTCOMES[status['outcome']]}{why}，"
            f"命中 {status['hits']}，搁置 {status['held']}{took}"
        )


def _issue(issue: IssueType) -> Iterator[str]:
    """A code of reading: no rule asks, the operator's receipt says it."""
    yield f"{issue.code}　{issue.title}"
    yield f"严重程度　{SEVERITIES[issue.severity]}　　由谁处理　{OWNERS[issue.owner]}"
    yield f"读入时的处理　{EFFECTS[issue.effect]}"
    yield f"怎么办　{issue.advice}"
    yield "在哪里看　对账总表的“文件回执”“读入提示”；不发给村"


def _undecided(code: rules.Code) -> Iterator[str]:
    """A code that no source of ours can decide."""
    yield f"{code.code}　{code.title}"
    yield f"严重程度　{SEVERITIES[code.severity]}　　由谁核实　{OWNERS[code.owner]}"
    yield f"现在不能评判　{code.reason}"


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


def _question(
    found: dict[str, object], answers: list[dict[str, object]]
) -> Iterator[str]:
    state = "正在请人认定" if found["is_open"] else "今晚没有再问"
    lines = [f"{found['question_no']}　疑似同一人　{state}（{found['first_on']} 起）"]
    for title, part in (
        ("雨露名册里", "roster_side"), ("监测系统里", "register_side"), ("依据", "why"),
        ("涉及", "stake"), ("来源", "origin"),
    ):  # fmt: skip
        if found[part]:
            lines.append(f"{title}：")
            lines += [f"  {line}" for line in str(found[part]).splitlines()]
    for answer in answers:
        who = answer["decided_by"] or "没有写认定人"
        day = answer["decided_on"] or "没有写日期"
        lines.append(f"答复：{answer['answer']}（{who}，{day}）　{answer['fate']}")
    return (line or "" for line in mask_texts(lines))


def _query(name: str) -> str:
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
