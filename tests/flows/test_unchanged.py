"""A second night with nothing changed parses nothing and says so; replays do not."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from pipelines import night, publish, published
from pipelines.ingest import read
from pipelines.progress import silent
from pipelines.request import Request
from tests.flows import runs

pytestmark = pytest.mark.slow

FIRST, SECOND = date(2023, 9, 28), date(2023, 9, 29)


def one_night(raw: Path, out: Path, day: date) -> Path:
    result = night.run(Request(raw=raw, out=out, as_of=day), silent)
    assert result.folder is not None
    return result.folder


def outcomes(folder: Path) -> set[str]:
    with published.tables(folder) as con:
        rows = con.execute("select distinct outcome from file").fetchall()
    return {outcome for (outcome,) in rows}


def test_unchanged_by_the_last_account_and_the_same_bytes_without_what_is_kept(
    small_county: Path, tmp_path: Path, monkeypatch
) -> None:
    raw, out = small_county, tmp_path / "out"
    one_night(raw, out, FIRST)
    before = runs.hashes(out / FIRST.isoformat())
    assert "unchanged" not in outcomes(out / FIRST.isoformat())
    started: list[str] = []
    really = read.read_all

    def noted(jobs, *how):
        started.extend(job.name for job in jobs)
        return really(jobs, *how)

    monkeypatch.setattr(read, "read_all", noted)
    second = one_night(raw, out, SECOND)
    assert "unchanged" in outcomes(second)
    assert "read" not in outcomes(second)
    assert started == []
    kept = runs.hashes(second)

    shutil.rmtree(out / publish.KEPT)
    assert runs.hashes(one_night(raw, out, SECOND)) == kept
    assert started
    # the first day again, with a later night beside it: as if it were the first time
    assert runs.hashes(one_night(raw, out, FIRST)) == before
