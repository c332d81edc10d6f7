"""kill -9 at twenty moments: the last good run stays whole, the next needs no repair."""

from __future__ import annotations

import signal
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.flows import runs

pytestmark = pytest.mark.slow
KILLS = 20
FIRST = date(2023, 9, 28)


def test_killed_at_twenty_moments(
    small_county: Path, small_night: Path, tmp_path: Path
) -> None:
    home, out = tmp_path / "prefect", tmp_path / "out"
    folders = ("--raw", str(small_county), "--out", str(out))

    def night(day: date) -> tuple[str, ...]:
        return ("run", "--plain", *folders, "--as-of", day.isoformat())

    started = time.perf_counter()
    code, said = runs.finish(home, *night(FIRST))
    assert code == 0, said
    length = time.perf_counter() - started

    moments = Random(20231124)
    for kill in range(KILLS):
        # always a new night: the one before is the last good one
        process = runs.start(home, *night(FIRST + timedelta(days=1 + kill)))
        try:
            process.wait(length * moments.uniform(0.05, 1.1))
        except runs.subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        latest = (out / "latest").resolve()
        assert date.fromisoformat(latest.name) >= FIRST
        assert runs.is_whole(latest), f"kill {kill}"
        assert runs.is_whole(out / FIRST.isoformat())

    last = FIRST + timedelta(days=KILLS + 1)
    code, said = runs.finish(home, *night(last))
    assert code == 0, said
    assert (out / "latest").resolve().name == last.isoformat()
    assert runs.is_whole(out / "latest")
    known = {".lock", "history.duckdb", "kept", "latest", "timings"}
    left = {path.name for path in out.iterdir() if not path.name.startswith("2023-")}
    assert left <= known

    # a replay of the first night gives what an undisturbed one gave
    code, said = runs.finish(home, *night(FIRST))
    assert code == 0, said
    assert runs.hashes(out / FIRST.isoformat()) == runs.hashes(small_night)
