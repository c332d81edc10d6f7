"""The county that ships is the one that the stated command makes."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pipelines.settings import ROOT
from schemas.synth.sample import FUNDED, write_sample
from schemas.synth.truth import read

SAMPLE = ROOT / "data" / "raw" / "sample"
TRUTH = ROOT / "tests" / "evaluation" / "sample_truth.json"
MOST_BYTES = 4_500_000


def contents(folder: Path) -> dict[str, object]:
    """What each file says; a workbook part by part, for compression may differ."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or path.name == "README.md":
            continue
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found[name] = {part: book.read(part) for part in book.namelist()}
        else:
            found[name] = path.read_bytes()
    return found


def test_the_sample_is_what_the_command_makes(tmp_path: Path) -> None:
    raw, truth = tmp_path / "sample", tmp_path / "truth.json"
    write_sample(raw, truth)
    assert contents(raw) == contents(SAMPLE)
    assert truth.read_bytes() == TRUTH.read_bytes()


def test_the_sample_is_small_and_its_headline_is_the_article_s() -> None:
    size = sum(p.stat().st_size for p in SAMPLE.rglob("*") if p.is_file())
    assert size <= MOST_BYTES
    headline = read(TRUTH).headline
    assert (headline["2020-2021"]["people"], headline["2021-2022"]["people"]) == FUNDED
    assert sum(FUNDED) == 1234
    assert headline["2022-2023"]["people"] == 0
    assert headline["2022-2023"]["applied"] > 0
