"""The measure itself: what counts as found, missed, extra, held."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from schemas.synth.errors import Expected
from schemas.synth.truth import Link, SheetRows, Truth
from tests.evaluation.harness import evaluate

PERIOD = "2021-2022"
TRUTH = Truth(
    seed=1,
    as_of="2023-09-28",
    county_code="140928",
    findings=(
        Expected("PAY_DUP", "a", PERIOD, error="paid_twice"),
        Expected("OMI_BREAK", "b", PERIOD, error="gap", is_held=True),
    ),
    headline={PERIOD: {"people": 2, "households": 2, "yuan": 6000, "applied": 0}},
    links=(Link("r.xlsx", "S", 2, "a", True), Link("r.xlsx", "S", 3, None, False)),
    sheets=(SheetRows("r.xlsx", "S", "yulu_roster", {"heading": 1, "data": 2}),),
    copies=(),
    traps=(("twins", "t"),),
)
FINDINGS = [("PAY_DUP", "a", PERIOD, "new"), ("OMI_BREAK", "b", PERIOD, "held")]
LINKS = [("r.xlsx", "S", 2, "a", "id"), ("r.xlsx", "S", 3, None, "none")]
LEDGER = [("r.xlsx", "S", 1, "heading"), ("r.xlsx", "S", 2, "accepted")]
LEDGER += [("r.xlsx", "S", 3, "accepted")]
HEADLINE = {PERIOD: {"people": 2, "households": 2, "yuan": 6000}}


def published(
    out: Path,
    findings: list[tuple[str, str, str, str]] = FINDINGS,
    links: list[tuple[str, str, int, str | None, str]] = LINKS,
    ledger: list[tuple[str, str, int, str]] = LEDGER,
    headline: dict[str, dict[str, int]] = HEADLINE,
) -> Path:
    """A folder with as much of a published night as the harness reads."""
    (out / "tables").mkdir()
    con = duckdb.connect()

    def table(name: str, columns: str, rows: list[tuple[object, ...]]) -> None:
        con.execute(f"create table {name} ({columns})")
        marks = ", ".join("?" * len(columns.split(",")))
        if rows:
            con.executemany(f"insert into {name} values ({marks})", rows)
        con.execute(f"copy {name} to '{out / 'tables' / name}.parquet'")

    table(
        "finding",
        "rule_code varchar, subject_id varchar, period varchar, state varchar, "
        "held_reason varchar, sentence varchar, village varchar",
        [(*f, "升级未定" if f[3] == "held" else None, "…", None) for f in findings],
    )
    table(
        "link",
        "file varchar, sheet varchar, row_no integer, person_key varchar, "
        "person_id varchar, tier varchar",
        [(*at, person and f"p{person}", person, tier) for *at, person, tier in links],
    )
    table(
        "ledger",
        "file varchar, sheet varchar, row_no integer, disposition varchar",
        [*ledger],
    )
    table("file", "file varchar, outcome varchar", [("r.xlsx", "read")])
    (out / "run.json").write_text(json.dumps({"headline": headline}), encoding="utf-8")
    return out


def test_all_found_is_perfect(tmp_path: Path) -> None:
    verdict = evaluate(published(tmp_path), TRUTH)
    assert verdict.is_perfect
    assert sum(score.found for score in verdict.scores) == 2


@pytest.mark.parametrize(
    ("findings", "flaw"),
    [
        (FINDINGS[1:], "missed"),
        ([*FINDINGS, ("EDU_BLANK", "c", PERIOD, "new")], "extra"),
        ([*FINDINGS, ("EDU_BLANK", "c", PERIOD, "held")], "wrongly_held"),
        ([("PAY_DUP", "a", PERIOD, "held"), FINDINGS[1]], "wrongly_held"),
        ([FINDINGS[0], ("OMI_BREAK", "b", PERIOD, "new")], "missed"),
        ([*FINDINGS, ("IDN_NEAR_ID", "t", PERIOD, "new")], "traps_sprung"),
    ],
)
def test_a_finding_too_few_or_too_many(
    tmp_path: Path, findings: list[tuple[str, str, str, str]], flaw: str
) -> None:
    verdict = evaluate(published(tmp_path, findings=findings), TRUTH)
    assert len(getattr(verdict, flaw)) == 1
    assert not verdict.is_perfect


@pytest.mark.parametrize(
    "links",
    [
        LINKS[:1],
        [("r.xlsx", "S", 2, "x", "id_near"), LINKS[1]],
        [LINKS[0], ("r.xlsx", "S", 3, "x", "no_id")],
    ],
)
def test_a_wrong_link(
    tmp_path: Path, links: list[tuple[str, str, int, str | None, str]]
) -> None:
    verdict = evaluate(published(tmp_path, links=links), TRUTH)
    assert len(verdict.wrong_links) == 1


def test_a_row_without_its_line(tmp_path: Path) -> None:
    verdict = evaluate(published(tmp_path, ledger=LEDGER[:2]), TRUTH)
    assert verdict.unbalanced == ("r.xlsx!S: 1 data rows, meant 2",)


def test_a_figure_that_is_not_the_county_s(tmp_path: Path) -> None:
    headline = {PERIOD: {"people": 3, "households": 2, "yuan": 6000}}
    verdict = evaluate(published(tmp_path, headline=headline), TRUTH)
    assert verdict.wrong_figures == (f"{PERIOD} people: 3 instead of 2",)
