"""Precision and recall of every rule over many counties, one line a rule.

``python -m tests.evaluation.rule_table FILE --seeds 601 602 …`` runs the nights that FILE
(JSON lines, one a night) does not hold yet and prints the table of all it holds:
``--kind clean`` nothing wrong, ``errors`` the error set, ``messy`` errors in messy
layouts. A rule without a false or a missing finding has 1.000 and 1.000.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.evaluation.counties import measure
from tests.evaluation.harness import CODES, Verdict, as_table

KINDS: dict[str, tuple[float | None, bool]] = {
    "clean": (None, False),
    "errors": (0.1, False),
    "messy": (0.1, True),
}


def night(kind: str, seed: int, people: int) -> dict[str, Any]:
    """One county of a kind: what each rule was to find, found, missed, invented."""
    errors, mess = KINDS[kind]
    with TemporaryDirectory() as folder:
        verdict = measure(
            Path(folder), people=people, seed=seed, errors=errors, mess=mess
        )
    return {"kind": kind, "seed": seed, "people": people} | summary(verdict)


def summary(verdict: Verdict) -> dict[str, Any]:
    """What a line of the file keeps: counts a rule, and in words what went wrong."""
    flaws = [line for line in as_table(verdict).splitlines() if " × " in line]
    scores = {
        s.rule_code: [s.injected, s.found, s.missed, s.extra + s.wrongly_held]
        for s in verdict.scores
    }
    return {"rules": scores, "flaws": flaws}


def table(nights: Iterable[dict[str, Any]]) -> str:
    """Per kind and rule: expected, found, missed, extra, precision, recall."""
    added: dict[str, dict[str, list[int]]] = defaultdict(
        lambda: {code: [0, 0, 0, 0] for code in CODES}
    )
    seeds: dict[str, list[int]] = defaultdict(list)
    flaws = []
    for one in sorted(nights, key=lambda n: (n["kind"], n["people"], n["seed"])):
        kind = f"{one['kind']}, {one['people']} people"
        seeds[kind].append(one["seed"])
        flaws += [f"{kind}, seed {one['seed']}: {flaw}" for flaw in one["flaws"]]
        for code, counts in one["rules"].items():
            row = added[kind].setdefault(code, [0, 0, 0, 0])
            added[kind][code] = [a + b for a, b in zip(row, counts, strict=True)]
    lines = []
    for kind, rules in added.items():
        lines += ["", f"{kind}, seeds {' '.join(map(str, seeds[kind]))}"]
        lines.append(
            f"{'rule':<20}{'expected':>9}{'found':>7}{'missed':>7}{'extra':>6}"
            f"{'precision':>10}{'recall':>8}"
        )
        for code, (expected, found, missed, extra) in rules.items():
            lines.append(
                f"{code:<20}{expected:>9}{found:>7}{missed:>7}{extra:>6}"
                f"{_share(found, found + extra):>10}{_share(found, expected):>8}"
            )
    return "\n".join([*lines, "", *flaws])


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def main() -> int:
    """Run what is missing, print the table; 0 when every rule is perfect."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--kind", choices=KINDS, default="errors")
    parser.add_argument("--seeds", type=int, nargs="*", default=[])
    parser.add_argument("--people", type=int, default=30_000)
    asked = parser.parse_args()
    held = _lines(asked.file)
    have = {(one["kind"], one["seed"], one["people"]) for one in held}
    for seed in asked.seeds:
        if (asked.kind, seed, asked.people) not in have:
            held.append(night(asked.kind, seed, asked.people))
            with asked.file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(held[-1], ensure_ascii=False) + "\n")
    sys.stdout.write(table(held) + "\n")
    return int(any(one["flaws"] for one in held))


def _lines(file: Path) -> list[dict[str, Any]]:
    if not file.is_file():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    sys.exit(main())
