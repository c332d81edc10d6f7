"""The rules as declared: the TOML front matter that opens each rule's SQL file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import YuluError
from schemas import reference

FOLDER = Path(__file__).parent
FAMILIES = (
    "identity",
    "linkage",
    "entitlement",
    "schooling",
    "omission",
    "money",
    "records",
    "graduates",
    "places",
    "changes",
)
# over: more than was due or listed; short: less; risk: given, due, and in question;
# account: money of several people on one account; rest: what nothing else explains.
WAYS = (
    "listed_over", "listed_short", "applied_short", "paid_over", "paid_short", "risk",
    "account", "rest",
)  # fmt: skip
_FRONT = re.compile(r"\A/\* ---\n(.*?)\n--- \*/\n", re.DOTALL)
_CLOSED = {
    "severity": ("A", "B", "C", "I"),
    "owner": ("village", "township", "county", "operator", "school", "bank"),
    "subject": ("person", "household", "account", "file", "place"),
    "population": ("roster", "scope", "payment", "vocational"),
}


@dataclass(frozen=True)
class Rule:
    """One rule: what it says to people, what it needs, and its query.

    ``needs``: sources (``yulu_roster``) or columns (``yulu_roster.amount_fen``) that
    must be there tonight; ``|`` joins alternatives. ``absence_of``: the source whose
    silence the finding rests on. ``proof``: the papers to photograph. ``population``:
    whom a flood is measured against. ``seen_in``: the finding closes only when one of
    these sources names the subject again. ``policy``: the topic of the dated rows that
    say the clause in each province (``clauses.py``), in the place of one for all.
    ``money``: which step of the way from what was
    due to what was given its yuan explain (``WAYS``; none: it has none). ``is_last``: it
    asks about what all the others leave, so it runs after them.
    """

    code: str
    family: str
    title: str
    asks: str
    severity: str
    owner: str
    subject: str
    population: str
    needs: tuple[str, ...]
    absence_of: str | None
    answers: tuple[str, ...]
    proof: str
    why: str
    clause: str
    since: date
    sql: str
    seen_in: tuple[str, ...] = ()
    policy: str | None = None
    money: tuple[str, ...] = ()
    is_last: bool = False


@dataclass(frozen=True)
class Code:
    """One discrepancy the field knows (``discrepancies.csv``): its name, weight and owner.

    ``kind``: an issue of reading, a rule here, or none; then ``reason`` says why no
    source that we read can decide it.
    """

    code: str
    title: str
    severity: str
    owner: str
    kind: str
    reason: str


@cache
def codes() -> tuple[Code, ...]:
    """Every discrepancy the field knows, evaluated or not."""
    return tuple(Code(**row) for row in reference.discrepancies())


@cache
def catalogue() -> tuple[Rule, ...]:
    """All rules, by family in the order of ``FAMILIES``, then by code."""
    return tuple(
        read_rule(path)
        for family in FAMILIES
        for path in sorted((FOLDER / family).glob("*.sql"))
    )


def read_rule(path: Path) -> Rule:
    """One rule file; raises YuluError when its front matter says too much or little."""
    text = path.read_text(encoding="utf-8")
    front = _FRONT.match(text)
    if front is None:
        raise YuluError(f"规则 {path.stem} 的文件开头没有说明。")
    try:
        stated: dict[str, Any] = tomllib.loads(front[1])
        if ("clause" in stated) == ("policy" in stated):
            raise KeyError("clause")
        stated.setdefault("clause", "")
        rule = Rule(
            code=path.stem,
            family=path.parent.name,
            sql=text,
            needs=tuple(stated.pop("needs")),
            answers=tuple(stated.pop("answers")),
            absence_of=stated.pop("absence_of", None),
            seen_in=tuple(stated.pop("seen_in", ())),
            money=tuple(stated.pop("money", ())),
            **stated,
        )
    except (tomllib.TOMLDecodeError, TypeError, KeyError):
        raise YuluError(f"规则 {path.stem} 的说明有多余、缺少或写错的项。") from None
    for name, allowed in _CLOSED.items():
        if getattr(rule, name) not in allowed:
            raise YuluError(f"规则 {path.stem} 的 {name} 不在允许的取值内。")
    if not set(rule.money) <= set(WAYS):
        raise YuluError(f"规则 {path.stem} 的 money 不在允许的取值内。")
    return rule


def register(con: duckdb.DuckDBPyConnection, rules: tuple[Rule, ...]) -> None:
    """Write the catalogue into ``ref_rule``, so that later stages can join it."""
    con.execute(
        "create or replace table ref_rule (rule_no integer, rule_code varchar, "
        "family varchar, title varchar, asks varchar, severity varchar, owner varchar, "
        "subject_kind varchar, population varchar, absence_of varchar, "
        "answers varchar[], proof varchar, why varchar, clause varchar, since date, "
        "seen_in varchar[], money varchar[])"
    )
    rows = [
        (
            number, rule.code, rule.family, rule.title, rule.asks, rule.severity,
            rule.owner, rule.subject, rule.population, rule.absence_of,
            list(rule.answers), rule.proof, rule.why, rule.clause, rule.since,
            list(rule.seen_in), list(rule.money) or None,
        )
        for number, rule in enumerate(rules, start=1)
    ]  # fmt: skip
    con.executemany(
        "insert into ref_rule values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?)",
        rows,
    )
