"""The habits that a reader relies on, looked up in the files themselves."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipelines import docs
from pipelines.flows.serve import as_cron
from pipelines.settings import ROOT, Schedule
from tests import private_data

STAGES = ("ingest", "returns", "link", "rules", "history", "report")
# these compose: they may know every stage
COMPOSERS = ("night", "flows", "cli", "commands", "docs", "run", "published", "closing")
CLOCKS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
}
# it keeps the schedule, and no result depends on it
MAY_READ_THE_CLOCK = {"pipelines/flows/serve.py"}


def tracked() -> list[str]:
    """Names of the files in the history, or of all below the root outside of it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode == 0:
        return [name for name in listed.stdout.decode().split("\0") if name]
    hidden = (".venv", ".git", ".prefect", "data")
    return [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*")
        if path.is_file() and path.relative_to(ROOT).parts[0] not in hidden
    ]


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Dotted names that a file imports anywhere, ``from a import b`` as ``a.b``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_schemas_know_no_pipeline() -> None:
    found = [
        (path.name, name)
        for path in sources("schemas")
        for name in imported(path)
        if name.startswith("pipelines")
    ]
    assert found == []


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_knows_no_other_stage_and_no_composer(stage: str) -> None:
    others = tuple(
        f"pipelines.{name}" for name in (*STAGES, *COMPOSERS) if name != stage
    )
    found = [
        (path.name, name)
        for path in sources(f"pipelines/{stage}")
        for name in imported(path)
        if f"{name}.".startswith(tuple(f"{other}." for other in others))
    ]
    assert found == []


def test_prefect_is_known_to_the_flows_alone() -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in ("pipelines", "schemas")
        for path in sources(folder)
        if "flows" not in path.parts
        and any(name.split(".")[0] == "prefect" for name in imported(path))
    ]
    assert found == []


def test_nobody_reads_the_clock() -> None:
    found = [
        (path.relative_to(ROOT).as_posix(), node.lineno)
        for folder in ("pipelines", "schemas")
        for path in sources(folder)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS
    ]
    assert {name for name, _ in found} <= MAY_READ_THE_CLOCK


def test_sql_is_in_the_subset_that_both_duckdb_lines_share() -> None:
    """``~`` changed its meaning in 2.0, arrow lambdas went away."""
    found = []
    for path in (ROOT / "pipelines").rglob("*.sql"):
        text = re.sub(
            r"/\*.*?\*/|--[^\n]*|'[^']*'", "", path.read_text("utf-8"), flags=re.DOTALL
        )
        if re.search(r"~|\w\s*->", text):
            found.append(path.relative_to(ROOT).as_posix())
    assert found == []


def test_nothing_that_could_be_a_person_is_committed() -> None:
    assert list(private_data.refused(ROOT, tracked())) == []


def test_a_real_looking_number_and_a_stray_workbook_are_refused(tmp_path: Path) -> None:
    number = "14092" + "8200501010011"
    (tmp_path / "note.md").write_text(f"ok\n{number}\n", encoding="utf-8")
    (tmp_path / "fine.md").write_text("142230200501010011\n", encoding="utf-8")
    names = ["note.md", "fine.md", "book.xlsx", "data/raw/sample/book.xlsx"]
    assert [line.split(":")[0] for line in private_data.refused(tmp_path, names)] == [
        "note.md",
        "book.xlsx",
    ]


def test_no_file_names_this_machine() -> None:
    places = [
        f"{place}/".encode() for place in (ROOT, Path.home()) if len(str(place)) > 1
    ]
    found = [
        name
        for name in tracked()
        if (ROOT / name).is_file()
        and any(place in (ROOT / name).read_bytes() for place in places)
    ]
    assert found == []


def test_the_lock_is_hashed_and_names_no_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    pins = re.findall(
        r"^[a-z0-9][^\s=]*==\S+[^\n]*\\\n((?:    --hash=sha256:\S+.*\n)+)",
        lock,
        re.MULTILINE,
    )
    assert len(pins) == len(re.findall(r"^[a-z0-9][^\s=]*==", lock, re.MULTILINE)) > 100


def test_generated_manuals_are_fresh() -> None:
    stale = [path.relative_to(ROOT).as_posix() for path in docs.stale()]
    assert stale == [], "run: python3 run.py docs"


def test_both_schedules_say_the_same() -> None:
    deployment = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))[
        "deployments"
    ][0]
    stated = tomllib.loads((ROOT / "yulu.toml").read_text("utf-8"))["schedule"]
    schedule = Schedule(**stated)
    assert deployment["schedules"] == [
        {"cron": as_cron(schedule.at), "timezone": schedule.timezone}
    ]
    assert deployment["concurrency_limit"] == {
        "limit": 1,
        "collision_strategy": "CANCEL_NEW",
    }
    assert (ROOT / deployment["entrypoint"].partition(":")[0]).is_file()
