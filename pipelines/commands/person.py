"""一人一档: what all sources and nights say of one person, from the published tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipelines import published, rules
from pipelines.closing import STATES
from pipelines.errors import UsageError
from pipelines.report.masking import mask_texts
from schemas.idnumber import parse_id
from schemas.sources import SPECS

Records = list[dict[str, Any]]
_TITLES = {spec.name: spec.title for spec in SPECS}
_CERTAIN = ("certain", "decided")


def person(number: str, out: Path) -> Iterator[str]:
    """Lines about the bearer of a number, former ones included, every number masked;
    raises UsageError when nobody has it."""
    pid = parse_id(number).pid or number.strip().upper()
    latest = published.latest(out)
    with published.tables(latest) as con:
        _ask(con, pid)
        numbers = _asked(con, "person_number")
        records = _asked(con, "person_record")
        links = _asked(con, "person_roster")
        enrolled = _asked(con, "person_enrolled")
        decisions = _asked(con, "person_decision")
        known = [row["number"] for row in numbers]
    nights = [
        (night.name, _findings(night, pid, known)) for night in published.nights(out)
    ]
    if not (numbers or records or links or any(found for _, found in nights)):
        raise UsageError(_NOBODY)
    told = list(_lines(pid, numbers, records, links, enrolled, decisions, nights))
    # all at once, so that two numbers that mask alike are still told apart
    return (line or "" for line in mask_texts(told))


_NOBODY = (
    "各次发布的结果里都没有这个号码。请核对：18 位身份证号（末位 X 大小写均可）、15 位旧号、"
    "残疾证号、学籍号都可以查，改正以前的旧号码也可以；号码不全的，请用姓名在总表中查找。"
)


def _lines(
    pid: str, numbers: Records, records: Records, links: Records, enrolled: Records,
    decisions: Records, nights: list[tuple[str, Records]],
) -> Iterator[str]:  # fmt: skip
    yield from _who(pid, numbers, records)
    if enrolled:
        yield "在校情况："
        for row in enrolled:
            state = row["school_state"] or row["school_level"] or ""
            yield f"  {row['period']}　{state}　{row['school_name'] or ''}　{row['funding']}"
    yield from _by_source(records)
    yield f"雨露名册　{len(links)} 行"
    for row in links:
        at = f"{row['file']} {row['sheet']} 第{row['row_no']}行"
        yield f"  {row['period']}　号码：{row['id_as_read'] or '（没有）'}；{at}"
        yield f"    {_how(row)}{row['evidence_sentence'] or ''}"
    for row in decisions:
        day = row["decided_on"] or "没有写日期"
        said = f"{row['answer']}（{row['decided_by'] or '没有写认定人'}，{day}）"
        yield f"人工认定　{row['question_no']}　{said}　{row['fate']}"
    yield from _histories(nights)


def _who(pid: str, numbers: Records, records: Records) -> Iterator[str]:
    names = list(dict.fromkeys(r["name"] for r in _newest_first(records) if r["name"]))
    place = next(
        (
            f"{r['township'] or ''}{r['village'] or ''}"
            for r in _newest_first(records)
            if r["village"] or r["township"]
        ),
        "",
    )
    yield f"{names[0] if names else '（姓名不详）'}　{place}"
    if len(names) > 1:
        yield f"也写作　{'、'.join(names[1:])}"
    for row in numbers:
        seen = _between(row["first_seen_on"], row["last_seen_on"])
        what = "现在的号码" if row["is_current"] else "以前的号码"
        yield f"{what}：{row['number']}。{seen}"
    if not numbers:
        yield f"号码：{pid}（监测系统中没有此人）"


def _newest_first(records: Records) -> Records:
    register = [r for r in records if r["source"] == "monitored_person"]
    others = [r for r in records if r["source"] != "monitored_person"]
    return sorted(register, key=lambda r: str(r["snapshot_on"]), reverse=True) + others


def _between(first: object, last: object) -> str:
    if last is None:
        return ""
    return f"{last} 的导出" if first in (None, last) else f"{first} 至 {last} 的导出"


def _by_source(records: Records) -> Iterator[str]:
    for spec in SPECS:
        rows = [r for r in records if r["source"] == spec.name]
        if not rows or spec.name == "yulu_roster":
            continue
        yield f"{_TITLES[spec.name]}　{len(rows)} 行"
        for row in rows:
            at = f"{row['file']} {row['sheet']} 第{row['row_no']}行"
            when = row["period"] or row["snapshot_on"] or ""
            newer = "" if row["is_current"] else "（已有更新的）"
            home = f"户编号：{row['household_no']}" if row["household_no"] else ""
            written = f"号码：{row['id_as_read'] or '（没有）'}"
            says = "；".join(part for part in (written, home, row["says"]) if part)
            yield f"  {when}　{says}{newer}"
            yield f"    {at}"


def _how(link: dict[str, Any]) -> str:
    return "" if link["standing"] in _CERTAIN else "尚未确认："


def _histories(nights: Sequence[tuple[str, Records]]) -> Iterator[str]:
    titles = {rule.code: rule.title for rule in rules.catalogue()}
    states = dict(STATES)
    for night, findings in nights:
        yield f"{night}　问题 {len(findings)} 条"
        for found in findings:
            title = titles.get(found["rule_code"], found["rule_code"])
            yield f"  {found['finding_no']}　{title}　{states[found['state']]}"
            yield f"    {found['sentence']}"


def _findings(night: Path, pid: str, numbers: Sequence[str]) -> Records:
    with published.tables(night) as con:
        _ask(con, pid)
        con.execute("create table known as select unnest($1::varchar[]) as number", [
            [pid, *numbers]
        ])  # fmt: skip
        return _asked(con, "person_finding")


def _ask(con: Any, pid: str) -> None:
    """``asked``: the number, and the person whose it is or was (null: nobody's)."""
    con.execute("create table wanted as select ?::varchar as person_id", [pid])
    tables = {name for (name,) in con.execute("show tables").fetchall()}
    if {"mem_person", "record"} <= tables:
        con.execute(_query("person_asked"))
    else:  # a night from before persons were published
        con.execute(
            "create table asked as select person_id, null::varchar as person_key "
            "from wanted"
        )


def _asked(con: Any, query: str) -> Records:
    return published.records(con, _query(query))


def _query(name: str) -> str:
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
