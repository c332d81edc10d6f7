"""Making a county, running its night, measuring it: for the tests and by hand.

``python -m tests.evaluation.counties --people 30000 --seeds 1 2 3 4 5`` prints one
table a seed and ends with 1 when anything was missed, invented or unaccounted for.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines import night
from pipelines.progress import silent
from pipelines.request import Request
from schemas.synth import make_county
from schemas.synth.truth import Truth
from tests.evaluation.harness import CODES, Verdict, as_table, evaluate


def measure(
    folder: Path,
    *,
    people: int,
    seed: int,
    errors: float | None = 0.1,
    mess: bool | Collection[str] = True,
    wide: bool = False,
    codes: Collection[str] = CODES,
) -> Verdict:
    """The verdict on one plain night of one invented county below ``folder``."""
    made = make_county(
        folder, people=people, seed=seed, errors=errors, mess=mess, wide=wide
    )
    return judge(folder, made, codes)


def judge(folder: Path, truth: Truth, codes: Collection[str] = CODES) -> Verdict:
    """Run a plain night over ``folder``/raw and compare it with the truth."""
    request = Request(raw=folder / "raw", out=folder / "out")
    published = night.run(request, silent).folder
    assert published is not None
    return evaluate(published, truth, codes)


def main() -> int:
    """Measure every seed asked for; 0 when all nights were perfect."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=30_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--errors", type=float, default=0.1)
    parser.add_argument("--tidy", action="store_true", help="without messes")
    parser.add_argument("--wide", action="store_true", help="180 columns")
    asked = parser.parse_args()
    perfect = True
    for seed in asked.seeds:
        with TemporaryDirectory() as folder:
            verdict = measure(
                Path(folder),
                people=asked.people,
                seed=seed,
                errors=asked.errors,
                mess=not asked.tidy,
                wide=asked.wide,
            )
        word = "perfect" if verdict.is_perfect else "NOT PERFECT"
        sys.stdout.write(f"seed {seed}: {word}\n{as_table(verdict)}\n\n")
        sys.stdout.flush()
        perfect = perfect and verdict.is_perfect
    return 0 if perfect else 1


if __name__ == "__main__":
    sys.exit(main())
