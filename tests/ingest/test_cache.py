"""Files that are as they were are not parsed again, and nothing else is different."""

from __future__ import annotations

import os
import random
import stat
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines import database, ingest
from pipelines.ingest import cache, read
from pipelines.ingest.cache import Cache
from pipelines.progress import silent
from pipelines.settings import Settings
from tests.ingest.sheets import (
    REGISTER,
    REGISTER_FILE,
    ROSTER,
    ROSTER_FILE,
    fetch,
    register_row,
    roster_row,
    text,
    xlsx,
)

TABLES = (
    "select table_name from duckdb_tables() where table_name[:4] in "
    "('raw_', 'stg_', 'ing_', 'mem_') order by table_name"
)


@pytest.fixture
def parsed(monkeypatch) -> list[str]:
    """The names of the files that a process was started for, since it was cleared."""
    names: list[str] = []
    really = read.read_all

    def noted(jobs, *how):
        names.extend(job.name for job in jobs)
        return really(jobs, *how)

    monkeypatch.setattr(read, "read_all", noted)
    return names


def tables(folder: Path, kept: Path | None) -> dict[str, list[tuple[object, ...]]]:
    """Every table that a reading of ``folder/raw`` leaves."""
    settings = Settings(raw=folder / "raw", out=folder / "out")
    with tempfile.TemporaryDirectory(dir=folder) as work:
        con = database.open_work(Path(work), settings)
        ingest.read_exports(con, settings.raw, Path(work), settings, silent, None, kept)
        names = [name for (name,) in fetch(con, TABLES)]
        found = {name: fetch(con, f'select * from "{name}"') for name in names}
        con.close()
    return found


def put(folder: Path, name: str, content: bytes) -> None:
    path = folder / "raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (1_660_000_000, 1_660_000_000))


def test_a_second_night_parses_nothing(tmp_path: Path, parsed):
    put(tmp_path, "监测.xlsx", REGISTER_FILE)
    put(tmp_path, "县/名册.xlsx", ROSTER_FILE)
    first = tables(tmp_path, tmp_path / "kept")
    assert sorted(parsed) == sorted(["监测.xlsx", "县/名册.xlsx"])
    parsed.clear()
    assert tables(tmp_path, tmp_path / "kept") == first
    assert parsed == []


def some_file(rng: random.Random) -> tuple[str, bytes]:
    """A file of a few names and many contents."""
    rows = [roster_row(rng.randrange(40)) for _ in range(rng.randint(1, 6))]
    people = [register_row(rng.randrange(40)) for _ in range(rng.randint(1, 6))]
    day = [f"导出时间：2022-12-{rng.randint(10, 12)}"]
    return rng.choice(
        (
            ("名册甲.xlsx", xlsx([ROSTER, *rows])),
            ("名册乙.csv", text([ROSTER, *rows])),
            ("监测/监测甲.xlsx", xlsx([day, REGISTER, *people], [["说明"]])),
            ("监测/监测乙20221215.xlsx", xlsx([REGISTER, *people])),
            ("坏.xlsx", xlsx([ROSTER, *rows])[:-300]),
            ("空.csv", b""),
        )
    )


@pytest.mark.parametrize(
    ("seed", "steps"),
    [(0, 3), *(pytest.param(n, 7, marks=pytest.mark.slow) for n in range(1, 5))],
)
def test_arrivals_corrections_and_removals_end_as_a_run_from_nothing(
    tmp_path: Path, parsed, seed: int, steps: int
):
    rng = random.Random(seed)
    kept = tmp_path / "kept"
    put(tmp_path, "名册.xlsx", ROSTER_FILE)
    tables(tmp_path, kept)
    for _ in range(steps):
        before = contents(tmp_path)
        for _ in range(rng.randint(1, 2)):
            there = sorted(path for path in (tmp_path / "raw").rglob("*.*"))
            if len(there) > 1 and rng.random() < 0.3:
                rng.choice(there).unlink()
            elif rng.random() < 0.2:
                put(tmp_path, f"改名{rng.randrange(9)}.xlsx", ROSTER_FILE)
            else:
                put(tmp_path, *some_file(rng))
        parsed.clear()
        by_cache = tables(tmp_path, kept)
        again = {
            name for name in parsed if before.get(name) == read_bytes(tmp_path, name)
        }
        assert again <= {"坏.xlsx", "空.csv"} | duplicates(before)
        assert by_cache == tables(tmp_path, None)


def contents(folder: Path) -> dict[str, bytes]:
    raw = folder / "raw"
    files = (path for path in raw.rglob("*.*") if path.is_file())
    return {path.relative_to(raw).as_posix(): path.read_bytes() for path in files}


def read_bytes(folder: Path, name: str) -> bytes:
    return (folder / "raw" / name).read_bytes()


def duplicates(files: dict[str, bytes]) -> set[str]:
    """Files that were not read themselves while another had the same content."""
    return {name for name, one in files.items() if list(files.values()).count(one) > 1}


@pytest.mark.parametrize("deed", ["flipped", "cut", "gone", "more", "no manifest"])
def test_what_is_damaged_is_parsed_again(tmp_path: Path, parsed, deed: str):
    put(tmp_path, "名册.xlsx", ROSTER_FILE)
    first = tables(tmp_path, tmp_path / "kept")
    (entry,) = [path for path in (tmp_path / "kept").iterdir() if path.is_dir()]
    data = entry / "yulu_roster.csv"
    if deed == "flipped":
        data.write_bytes(data.read_bytes().replace(b"3000", b"4000"))
    elif deed == "cut":
        (entry / "answer.json").write_bytes(b"{")
    elif deed == "gone":
        data.unlink()
    elif deed == "more":
        (entry / "monitored_person.csv").write_bytes(b"1,2\n")
    else:
        (entry / "manifest.json").write_bytes(b"[]")
    parsed.clear()
    assert tables(tmp_path, tmp_path / "kept") == first
    assert parsed == ["名册.xlsx"]


@pytest.mark.parametrize("content", [b"", b"{}", b'{"turn": 1, "used": 3}', b"\xff"])
def test_a_damaged_list_of_turns_harms_nobody(tmp_path: Path, content: bytes):
    put(tmp_path, "名册.xlsx", ROSTER_FILE)
    first = tables(tmp_path, tmp_path / "kept")
    (tmp_path / "kept" / "turns.json").write_bytes(content)
    assert tables(tmp_path, tmp_path / "kept") == first


def test_name_declarations_limits_and_code_are_part_of_the_key(tmp_path, monkeypatch):
    from pipelines.ingest.job import Job
    from schemas.sources import SPECS

    job = Job(1, tmp_path / "hash", "a.xlsx", tmp_path, SPECS, 1, 1.0, 1, 1)
    keys = {
        cache._key(one)
        for one in (
            job,
            replace(job, copy=tmp_path / "other"),
            replace(job, name="b.xlsx"),
            replace(job, sources=SPECS[1:]),
            replace(job, largest_inflated_mib=2),
            replace(job, memory_mib=2),
        )
    }
    assert cache._key(replace(job, number=9, parent=7)) in keys
    monkeypatch.setattr(cache, "_version", lambda: "newer")
    assert len(keys | {cache._key(job)}) == 7


def entries(kept: Path) -> int:
    return sum(path.is_dir() for path in kept.iterdir())


def test_what_nobody_asks_for_goes_after_some_nights(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(cache, "_KEPT_TURNS", 3)
    kept = tmp_path / "kept"
    put(tmp_path, "甲.xlsx", ROSTER_FILE)
    put(tmp_path, "监测.xlsx", REGISTER_FILE)
    tables(tmp_path, kept)
    (tmp_path / "raw" / "甲.xlsx").unlink()
    left = []
    for _ in range(4):
        tables(tmp_path, kept)
        left.append(entries(kept))
    assert left == [2, 2, 1, 1]


def test_the_longest_unused_go_when_there_is_too_much(tmp_path: Path, monkeypatch):
    kept = tmp_path / "kept"
    for name in ("甲", "乙", "丙"):
        put(tmp_path, f"{name}.csv", text([ROSTER, roster_row(ord(name) % 97)]))
    tables(tmp_path, kept)
    (tmp_path / "raw" / "甲.csv").unlink()
    size = sum(
        size for e in kept.iterdir() if e.is_dir() for _, size in cache._files(e)
    )
    monkeypatch.setattr(cache, "_MOST_BYTES", size - 1)
    tables(tmp_path, kept)
    assert entries(kept) == 2


def test_nothing_kept_can_be_read_by_others(tmp_path: Path):
    put(tmp_path, "名册.xlsx", ROSTER_FILE)
    tables(tmp_path, tmp_path / "kept")
    for path in (tmp_path / "kept").rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path.name


def test_without_a_folder_nothing_is_kept(tmp_path: Path):
    one = Cache(None)
    one.close()
    assert list(tmp_path.iterdir()) == []
