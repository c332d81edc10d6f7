"""Times whole nights against python-calamine's bare read of the same workbooks.

Usage: python tests/benchmarks/night.py [PEOPLE] [COLUMNS] (default 30000 180)

A first night from nothing, then one a day later with nothing changed, each between two
bare reads; what counts is the ratio, because a busy machine slows all of them.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from schemas.synth import make_county
from tests.benchmarks.measured import bare, own, say

DAYS = ("2023-09-28", "2023-09-29")


def main(people: int, columns: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_county(
            folder, people=people, seed=1, mess=False, wide=True, columns=columns
        )
        raw, out = folder / "raw", folder / "out"
        files = sorted(raw.rglob("*.xlsx"))
        size = sum(file.stat().st_size for file in files) / (1 << 20)
        say(
            f"{people} people, {columns} columns, {len(files)} workbooks, {size:.1f} MiB"
        )
        for day in DAYS:
            before = bare(files)
            ours = own(__file__, "--night", raw, out, day, with_memory=True)
            after = bare(files)
            ratio = ours.seconds * 2 / (before.seconds + after.seconds)
            of_both = ours.processor * 2 / (before.processor + after.processor)
            say(
                f"{day}: bare {before.seconds:.2f} s, night {ours.seconds:.2f} s"
                f" ({ours.processor:.2f} s of both cores, {ours.mib:.0f} MiB),"
                f" bare {after.seconds:.2f} s"
            )
            say(f"  ratio {ratio:.2f} by the clock, {of_both:.2f} of processor time")
            timings = json.loads((out / "timings" / f"{day}.json").read_text("utf-8"))
            stages = timings.get("stages", timings)
            shown = [f"{k} {v:.2f}" for k, v in stages.items() if isinstance(v, float)]
            say(f"  {', '.join(shown)}")


def one_night(raw: Path, out: Path, day: date) -> None:
    """Runs one night plainly and writes what it took, imports left in."""
    begin = time.perf_counter()
    from pipelines import night
    from pipelines.progress import silent
    from pipelines.request import Request

    night.run(Request(as_of=day, raw=raw, out=out), silent)
    say(json.dumps((time.perf_counter() - begin, sum(os.times()[:4]))))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--night"]:
        one_night(Path(sys.argv[2]), Path(sys.argv[3]), date.fromisoformat(sys.argv[4]))
    else:
        main(*(int(word) for word in sys.argv[1:] or ("30000", "180")))
