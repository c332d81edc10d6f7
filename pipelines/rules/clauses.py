"""A rule as a province says it: its dated clause, and its unit of payment in the texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pipelines.rules.catalogue import Rule
from schemas.periods import pays_by_term
from schemas.policy import declared


def spoken(rule: Rule, unit_zh: str, clauses: Mapping[str, str]) -> Rule:
    """The rule in a province's words; one without a policy topic is the same in all.

    ``clauses``: topic → text, and ``topic.asks``, ``topic.why`` where a province asks
    something else.
    """
    if rule.policy is None:
        return rule
    asks = clauses.get(f"{rule.policy}.asks") or rule.asks
    why = clauses.get(f"{rule.policy}.why") or rule.why
    return replace(
        rule,
        clause=clauses.get(rule.policy, ""),
        title=rule.title.replace("学年", unit_zh),
        asks=asks.replace("学年", unit_zh),
        why=why.replace("学年", unit_zh),
        answers=tuple(answer.replace("学年", unit_zh) for answer in rule.answers),
    )


def as_of_now(rule: Rule, province_code: str) -> Rule:
    """The rule by what a province has in force last, for manuals and questions."""
    clauses = declared().decided("clause", "topic", province_code, date.max)
    unit = "学期" if pays_by_term(province_code, date.max) else "学年"
    return spoken(rule, unit, {t: row["clause"] for t, row in clauses.items()})
