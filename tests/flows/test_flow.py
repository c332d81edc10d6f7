"""The night through a real embedded Prefect: the same bytes, and nothing personal kept."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from pipelines import night, published
from tests.flows import runs

pytestmark = [pytest.mark.slow, runs.needs_loopback]
DAY = "2023-09-28"
FAIL = """
import pipelines.link
def fail(con):
    con.execute("select cast('142230200501010011x' as integer)").fetchall()
pipelines.link.link_people = fail
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One Prefect home for both: its database takes longer to make than a night."""
    return tmp_path_factory.mktemp("prefect")


def test_through_prefect_the_bytes_are_the_same(
    small_county: Path, small_night: Path, home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ("run", "--raw", str(small_county), "--out", str(out), "--as-of", DAY)
    code, said = runs.finish(home, *words)
    assert code == 0, said
    assert "Prefect 未能启动" not in said
    assert runs.hashes(out / DAY) == runs.hashes(small_night)

    with sqlite3.connect(home / "prefect.db") as db:
        flows = db.execute("select state_name from flow_run").fetchall()
        tasks = db.execute("select name, state_name from task_run").fetchall()
        artifacts = db.execute("select data from artifact").fetchall()
    assert flows == [("Completed",)]
    assert sorted(tasks) == sorted((stage.name, "Completed") for stage in night.STAGES)
    (summary,) = (json.loads(data) for (data,) in artifacts)
    assert "人次" in summary
    with published.tables(small_night) as con:
        people = published.records(con, "select distinct name, subject_id from finding")
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    for person in people:
        for value in person.values():
            for form in (str(value).encode(), json.dumps(value)[1:-1].encode()):
                assert value is None or form not in kept


def test_a_failing_night_keeps_no_value_either(
    small_county: Path, home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ("run", "--raw", str(small_county), "--out", str(out), "--as-of", DAY)
    code, said = runs.finish(home, *words, hook=FAIL)
    assert code == 1, said
    assert "ConversionException" in said
    assert "Traceback" not in said
    assert not (out / "latest").exists()
    everything = [home, out]
    kept = b"".join(
        p.read_bytes() for at in everything for p in at.rglob("*") if p.is_file()
    )
    assert b"142230200501010011x" not in kept + said.encode()
