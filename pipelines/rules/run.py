"""Runs the catalogue: every rule's query as it stands, then place, proof and flood."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import duckdb

from pipelines.database import run_sql_file
from pipelines.errors import YuluError
from pipelines.rules.applicable import Given, given_tonight, why_not
from pipelines.rules.catalogue import FOLDER, Rule, catalogue, register
from pipelines.rules.clauses import spoken

# What every rule returns, in this order and of these types.
COLUMNS = (
    ("subject_key", "VARCHAR"),
    ("period_no", "VARCHAR"),
    ("observed", "VARCHAR"),
    ("expected", "VARCHAR"),
    ("yuan_at_stake", "INTEGER"),
    ("sentence", "VARCHAR"),
    ("evidence", "STRUCT(row_id BIGINT, field VARCHAR)[]"),
    ("hold_reason", "VARCHAR"),
)


@dataclass(frozen=True)
class Ran:
    """How one rule's query went: ran | not_applicable | error."""

    rule_code: str
    outcome: str
    why: str | None
    seconds: float


def find(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``fnd_candidate``, ``fnd_rule_status`` and ``ref_rule`` from the links.

    Raises YuluError naming the rules whose query failed or returned something unsound.
    """
    rules = catalogue()
    prepare(con, rules)
    share(con)
    given = given_tonight(con)
    ran = [_run(con, rule, given) for rule in rules if not rule.is_last]
    _require_sound(con, ran)
    account(con)
    ran += [_run(con, rule, given) for rule in rules if rule.is_last]
    _require_sound(con, ran)
    con.executemany(
        "insert into fnd_rule_run values (?, ?, ?, ?)",
        [(one.rule_code, one.outcome, one.why, one.seconds) for one in ran],
    )
    for step in sorted((FOLDER / "steps").glob("[0-9]*.sql")):
        run_sql_file(con, step)


def prepare(con: duckdb.DuckDBPyConnection, rules: tuple[Rule, ...]) -> None:
    """Create the macros, the empty result tables and ``ref_rule``: the rules as the
    province of tonight says them."""
    run_sql_file(con, FOLDER / "macros.sql")
    run_sql_file(con, FOLDER / "steps" / "tables.sql")
    ((unit_zh,),) = con.execute("select unit_zh from ref_unit").fetchall()
    clauses = dict(con.execute("select topic, clause from ref_clause").fetchall())
    register(con, tuple(spoken(rule, unit_zh, clauses) for rule in rules))


def share(con: duckdb.DuckDBPyConnection, form: str = "temp table") -> None:
    """Build what several rules read, one ``NN_<name>.sql`` each, as tables or views."""
    for path in sorted((FOLDER / "shared").glob("*.sql")):
        name = path.stem.partition("_")[2]
        sql = path.read_text(encoding="utf-8")
        con.execute(f"create or replace {form} {name} as {sql}")


def account(con: duckdb.DuckDBPyConnection) -> None:
    """The two ledgers, and which hit explains how much of what lies between them."""
    for step in sorted((FOLDER / "account").glob("*.sql")):
        run_sql_file(con, step)


def ledger(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``fnd_money_line``: what was due by the policy in ``ref_``, and given."""
    prepare(con, catalogue())
    share(con)
    run_sql_file(con, FOLDER / "account" / "10_line.sql")


def ask(con: duckdb.DuckDBPyConnection, rule: Rule) -> None:
    """Run one rule's query into ``fnd_answer``; raises what the database raises."""
    con.execute(f"create or replace temp table fnd_answer as {rule.sql}")


def _require_sound(con: duckdb.DuckDBPyConnection, ran: list[Ran]) -> None:
    failed = [f"{one.rule_code}（{one.why}）" for one in ran if one.outcome == "error"]
    if not failed:
        unsound = (FOLDER / "steps" / "unsound.sql").read_text(encoding="utf-8")
        failed = [row[0] for row in con.execute(unsound).fetchall()]
    if failed:
        raise YuluError(
            f"规则执行出错：{'、'.join(failed)}。本次不发布，请联系维护人员。"
        )


def _run(con: duckdb.DuckDBPyConnection, rule: Rule, given: Given) -> Ran:
    why = why_not(rule, given)
    if why is not None:
        return Ran(rule.code, "not_applicable", why, 0.0)
    started = perf_counter()
    error = _collect(con, rule)
    seconds = round(perf_counter() - started, 3)
    return Ran(rule.code, "error" if error else "ran", error, seconds)


def _collect(con: duckdb.DuckDBPyConnection, rule: Rule) -> str | None:
    """Null, or the kind of error; the database's own words may quote a name."""
    try:
        ask(con, rule)
        shape = con.execute("describe fnd_answer").fetchall()
        if tuple((row[0], row[1]) for row in shape) != COLUMNS:
            return "列不符"
        con.execute(
            "insert into fnd_hit select ?, answer.* from fnd_answer as answer",
            [rule.code],
        )
    except duckdb.Error as error:
        return type(error).__name__
    return None
