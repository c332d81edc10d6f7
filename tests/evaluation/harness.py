"""Measuring a published run against the truth of an invented county."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipelines.rules import catalogue
from schemas.synth.errors import Expected
from schemas.synth.truth import Truth

CODES = tuple(rule.code for rule in catalogue())
# What money and doors depend on first. Layouts that lack columns silence other rules, and
# the county does not yet know which: messy counties are judged by these.
FIRST = (
    "IDN_MISSING", "IDN_LENGTH", "IDN_PRECISION", "IDN_CHECKSUM", "IDN_DATE",
    "IDN_SAME_ID_2NAMES", "IDN_NAME_VARIANT", "IDN_NEAR_ID",
    "LNK_NOT_IN_M", "LNK_HEAD_ONLY", "LNK_PLACE_DIFF",
    "ELG_NOT_ELIG", "ELG_RISK_DONE", "ELG_NO_POLICY", "ELG_LATE_FOUND", "ELG_REDUCED",
    "EDU_NOT_VOC", "EDU_BLANK", "EDU_LEVEL_DIFF", "EDU_OVERLONG",
    "OMI_VOC_NO_YULU", "OMI_BREAK", "OMI_SIBLING",
    "PAY_DUP_ROSTER", "PAY_AMOUNT", "PAY_DUP", "PAY_NOT_PAID", "PAY_FAILED",
    "PAY_OFF_LIST",
)  # fmt: skip
# What the ledger calls differently, and what a title and a note have in common.
_KINDS = {
    "accepted": "data", "duplicate": "data", "superseded": "data", "title": "note",
}  # fmt: skip
Key = tuple[str, str, str | None]


@dataclass(frozen=True)
class Found:
    """One finding as published."""

    rule_code: str
    subject_id: str
    period: str | None
    state: str
    held_reason: str
    sentence: str
    village: str | None

    @property
    def key(self) -> Key:
        return self.rule_code, self.subject_id, self.period


@dataclass(frozen=True)
class Score:
    """Counts of one rule: what was put in, and what came out of it."""

    rule_code: str
    injected: int
    found: int
    missed: int
    extra: int
    held: int
    wrongly_held: int


@dataclass(frozen=True)
class Verdict:
    """The whole comparison; empty lists are what a perfect night leaves."""

    scores: tuple[Score, ...]
    missed: tuple[Expected, ...] = ()
    extra: tuple[Found, ...] = ()
    wrongly_held: tuple[Found, ...] = ()
    traps_sprung: tuple[str, ...] = ()
    wrong_links: tuple[str, ...] = ()
    unbalanced: tuple[str, ...] = ()
    wrong_figures: tuple[str, ...] = ()

    @property
    def is_perfect(self) -> bool:
        return not (
            self.missed
            or self.extra
            or self.wrongly_held
            or self.traps_sprung
            or self.wrong_links
            or self.unbalanced
            or self.wrong_figures
        )


def evaluate(out: Path, truth: Truth, codes: Collection[str] = CODES) -> Verdict:
    """Compare ``out`` (a published folder) with the truth, by these rules alone."""
    truth = replace(
        truth, findings=tuple(f for f in truth.findings if f.rule_code in codes)
    )
    found = [f for f in read_findings(out) if f.rule_code in codes]
    issued = {f.key: f for f in found if f.state != "held"}
    held = {f.key: f for f in found if f.state == "held"}
    expected = {_key(e): e for e in truth.findings}
    missed = [e for k, e in expected.items() if not _is_met(e, k, issued, held)]
    extra = [f for k, f in issued.items() if k not in expected]
    wrongly = [f for k, f in held.items() if not _may_be_held(k, expected)]
    traps = {subject: trap for trap, subject in truth.traps}
    return Verdict(
        scores=tuple(_scores(truth, held, missed, extra, wrongly)),
        missed=tuple(missed),
        extra=tuple(extra),
        wrongly_held=tuple(wrongly),
        traps_sprung=tuple(
            f"{traps[f.subject_id]}: {f.rule_code}"
            for f in extra
            if f.subject_id in traps
        ),
        wrong_links=tuple(_wrong_links(out, truth)),
        unbalanced=tuple(_unbalanced(out, truth)),
        wrong_figures=tuple(_wrong_figures(out, truth)),
    )


def _key(expected: Expected) -> Key:
    return expected.rule_code, expected.subject_id, expected.period


def _may_be_held(key: Key, expected: dict[Key, Expected]) -> bool:
    return key in expected and expected[key].is_held


def _is_met(
    expected: Expected, key: Key, issued: dict[Key, Found], held: dict[Key, Found]
) -> bool:
    return key in held if expected.is_held else key in issued


def read_findings(out: Path) -> list[Found]:
    """Person findings of the measured codes; a breaker's finding keeps its place."""
    rows = _query(
        out,
        "finding",
        "rule_code, subject_id, period, state, held_reason, sentence, village",
    )
    found = [
        Found(code, subject or "", period, state, held or "", sentence, village)
        for code, subject, period, state, held, sentence, village in rows
    ]
    return [f for f in found if f.rule_code in CODES]


def _query(out: Path, table: str, columns: str) -> list[tuple[str, ...]]:
    con = duckdb.connect()
    relation = con.read_parquet(str(out / "tables" / f"{table}.parquet"))
    return relation.project(columns).fetchall()


def _scores(
    truth: Truth,
    held: dict[Key, Found],
    missed: list[Expected],
    extra: list[Found],
    wrongly: list[Found],
) -> Iterable[Score]:
    injected = Counter(e.rule_code for e in truth.findings)
    lost = Counter(e.rule_code for e in missed)
    more = Counter(f.rule_code for f in extra)
    for code in CODES:
        yield Score(
            rule_code=code,
            injected=injected[code],
            found=injected[code] - lost[code],
            missed=lost[code],
            extra=more[code],
            held=sum(key[0] == code for key in held),
            wrongly_held=sum(f.rule_code == code for f in wrongly),
        )


@dataclass
class _Row:
    person_key: str | None = None
    person_id: str | None = None
    tier: str = ""
    seen: bool = False


def _wrong_links(out: Path, truth: Truth) -> Iterable[str]:
    """Roster rows linked to somebody else, to nobody, or that should be to nobody."""
    published: dict[tuple[str, str, int], _Row] = {}
    for file, sheet, row_no, key, person_id, tier in _query(
        out, "link", "file, sheet, row_no, person_key, person_id, tier"
    ):
        published[file, sheet, int(row_no)] = _Row(key, person_id, tier, seen=True)
    duplicates, copies = _duplicate_sheets(out), _copies(out)
    for link in truth.links:
        row = published.get((link.file, link.sheet, link.row_no), _Row())
        address = f"{link.file}!{link.sheet}!{link.row_no}"
        if not row.seen:
            is_copy = link.file in copies or (link.file, link.sheet) in duplicates
            if not is_copy:
                yield f"{address}: no link line"
        elif (row.person_id, row.person_key is not None) != (
            link.person_id,
            link.is_linked,
        ):
            linked = "nobody" if row.person_key is None else "somebody else"
            meant = "its person" if link.is_linked else "nobody"
            yield f"{address}: {row.tier} links {linked}, meant {meant}"


def _duplicate_sheets(out: Path) -> set[tuple[str, str]]:
    """Sheets whose rows were counted elsewhere."""
    return {
        (file, sheet)
        for file, sheet, disposition in _query(
            out, "ledger", "file, sheet, disposition"
        )
        if disposition == "duplicate"
    }


def _copies(out: Path) -> set[str]:
    """Files that are another file once more: they have no ledger of their own."""
    files = _query(out, "file", "file, outcome")
    return {file for file, outcome in files if outcome == "duplicate"}


def _unbalanced(out: Path, truth: Truth) -> Iterable[str]:
    """Sheets whose ledger does not say of each row what it is."""
    ledger: dict[tuple[str, str], Counter[str]] = {}
    for file, sheet, disposition in _query(out, "ledger", "file, sheet, disposition"):
        kind = _KINDS.get(disposition, disposition)
        ledger.setdefault((file, sheet), Counter())[kind] += 1
    copies = _copies(out)
    for sheet in truth.sheets:
        if sheet.file in copies:
            continue
        have = ledger.get((sheet.file, sheet.sheet), Counter())
        meant: Counter[str] = Counter()
        for kind, count in sheet.kinds.items():
            meant[_KINDS.get(kind, kind)] += count
        for kind in sorted(have.keys() | meant.keys()):
            if have[kind] != meant[kind]:
                yield (
                    f"{sheet.file}!{sheet.sheet}: {have[kind]} {kind} rows, "
                    f"meant {meant[kind]}"
                )


def _wrong_figures(out: Path, truth: Truth) -> Iterable[str]:
    headline = json.loads((out / "run.json").read_text(encoding="utf-8"))["headline"]
    for period, meant in truth.headline.items():
        have = headline.get(period, {})
        for figure in ("people", "households", "yuan"):
            if (found := have.get(figure, 0)) != meant[figure]:
                yield f"{period} {figure}: {found} instead of {meant[figure]}"


def as_table(verdict: Verdict, most: int = 30) -> str:
    """The scores as lines of text, then what went wrong (``most`` lines a kind)."""
    lines = [
        f"{'rule':<20}{'injected':>9}{'found':>7}{'missed':>8}{'extra':>7}{'held':>6}"
    ]
    lines += [
        f"{s.rule_code:<20}{s.injected:>9}{s.found:>7}{s.missed:>8}{s.extra:>7}{s.held:>6}"
        for s in verdict.scores
    ]
    for title, items in (
        ("missed", [f"{e.rule_code} {e.period} {e.error}" for e in verdict.missed]),
        ("extra", [f"{f.rule_code} {f.period}" for f in verdict.extra]),
        (
            "wrongly held",
            [f"{f.rule_code} {f.held_reason}" for f in verdict.wrongly_held],
        ),
        ("traps sprung", list(verdict.traps_sprung)),
        ("wrong links", list(verdict.wrong_links)),
        ("unbalanced", list(verdict.unbalanced)),
        ("wrong figures", list(verdict.wrong_figures)),
    ):
        counted = Counter(items)
        lines += [
            f"{title}: {n} × {what}" for what, n in sorted(counted.items())[:most]
        ]
        if len(counted) > most:
            lines.append(f"{title}: {len(counted) - most} more")
    return "\n".join(lines)
