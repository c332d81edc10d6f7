"""一人一档: what all sources and nights say of one person, from the published tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines import published, rules
from pipelines.closing import STATES
from pipelines.errors import UsageError
from schemas.idnumber import parse_id


def person(number: str, out: Path) -> Iterator[str]:
    """Lines about the bearer of a number; raises UsageError when nobody has it."""
    pid = parse_id(number).pid or number.strip().upper()
    latest = published.latest(out)
    with published.tables(latest) as con:
        enrolled = _asked(con, "person_enrolled", pid)
        roster = _asked(con, "person_roster", pid)
    nights = [(night.name, _findings(night, pid)) for night in published.nights(out)]
    if not (enrolled or roster or any(found for _, found in nights)):
        raise UsageError(
            "各次发布的结果里都没有这个号码；请核对号码，或用姓名在总表中查找。"
        )
    return _lines(enrolled, roster, nights)


Records = list[dict[str, Any]]


def _lines(
    enrolled: Records, roster: Records, nights: list[tuple[str, Records]]
) -> Iterator[str]:
    if enrolled:
        who = enrolled[-1]
        yield f"{who['name']}　{who['township'] or ''}{who['village'] or ''}"
        yield "在校情况："
        for row in enrolled:
            state = row["school_state"] or row["school_level"] or ""
            yield f"  {row['period']}　{state}　{row['school_name'] or ''}　{row['funding']}"
    yield f"雨露名册　{len(roster)} 行"
    for row in roster:
        at = f"{row['file']} {row['sheet']} 第{row['row_no']}行"
        yield f"  {row['period']}　{at}"
        yield f"    {row['evidence_sentence'] or ''}"
    titles = {rule.code: rule.title for rule in rules.catalogue()}
    states = dict(STATES)
    for night, findings in nights:
        yield f"{night}　问题 {len(findings)} 条"
        for found in findings:
            title = titles.get(found["rule_code"], found["rule_code"])
            yield f"  {found['finding_no']}　{title}　{states[found['state']]}"
            yield f"    {found['sentence']}"


def _findings(night: Path, pid: str) -> Records:
    with published.tables(night) as con:
        return _asked(con, "person_finding", pid)


def _asked(con: Any, query: str, pid: str) -> Records:
    con.execute(
        "create or replace table asked as select ?::varchar as person_id", [pid]
    )
    path = Path(__file__).parent / f"{query}.sql"
    return published.records(con, path.read_text(encoding="utf-8"))
