"""Whether tonight's exports, and what policy decides, let a rule speak at all."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipelines.rules.catalogue import Rule
from schemas.sources import SPECS

# what a rule may need of policy → what is missing when no row of the province decides it
POLICY = {
    "amount": "补助标准",
    "reference": "基准日",
    "risk": "风险消除后的做法",
}
_DECIDED = """
select 'amount' as topic from ref_standard where period_no in (from asked)
union
select 'reference' as topic from ref_policy
where period_no in (from asked) and is_reference_decided
union
select 'risk' as topic from ref_policy
where period_no in (from asked) and risk_mode is not null
"""


@dataclass(frozen=True)
class Given:
    """What was read tonight: sources with rows, and (source, column) with a heading;
    of ``policy``, which topics some row decides for a period of tonight."""

    sources: frozenset[str]
    columns: frozenset[tuple[str, str]]

    def has(self, need: str) -> bool:
        source, _, column = need.partition(".")
        return source in self.sources and (
            not column or (source, column) in self.columns
        )


def given_tonight(con: duckdb.DuckDBPyConnection) -> Given:
    """The sources that have typed rows, and the columns that some heading filled."""
    sources = set()
    for spec in SPECS:
        found = con.execute(f"select count(*) from stg_{spec.name}").fetchall()  # noqa: S608
        if found[0][0]:
            sources.add(spec.name)
    columns = con.execute(
        "select distinct source, column_name from ing_heading "
        "where fate = 'used' and column_name is not null"
    ).fetchall()
    periods = "with asked as (select period_no from lnk_period) "
    decided = con.execute(periods + _DECIDED).fetchall()
    return Given(
        frozenset(sources) | {"policy"},
        frozenset((row[0], row[1]) for row in columns)
        | {("policy", topic) for (topic,) in decided},
    )


def why_not(rule: Rule, given: Given) -> str | None:
    """Null when the rule applies, else the reason in Chinese."""
    for need in rule.needs:
        alternatives = need.split("|")
        if not any(given.has(one) for one in alternatives):
            return "或".join(_missing(one, given) for one in alternatives)
    return None


def needed(rule: Rule) -> tuple[str, ...]:
    """What a rule needs, in the words of the sources' declarations."""
    return tuple(
        "或".join(_named(one) for one in need.split("|")) for need in rule.needs
    )


def _named(need: str) -> str:
    name, _, column = need.partition(".")
    spec = next((spec for spec in SPECS if spec.name == name), None)
    if spec is None:
        return name
    return f"{spec.title}“{spec.column(column).title}”" if column else spec.title


def _missing(need: str, given: Given) -> str:
    name, _, column = need.partition(".")
    if name == "policy":
        return f"本省的政策没有写明{POLICY[column]}"
    spec = next((spec for spec in SPECS if spec.name == name), None)
    if spec is None:
        return f"尚不能读取来源 {name}"
    if not column or name not in given.sources:
        return f"今晚没有“{spec.title}”"
    return f"“{spec.title}”没有“{spec.column(column).title}”一列"
