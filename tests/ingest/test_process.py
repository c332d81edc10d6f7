"""Reading processes that die, hang, swell or lie cost their own file and no other."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.faults import DiskError
from pipelines.ingest import child, pool
from pipelines.settings import ROOT, Reading
from tests.ingest.sheets import ROSTER, ROSTER_FILE, fetch, night, roster_row, text

FILES = "select file, outcome, issue_code from ing_file order by file"
MISBEHAVE = """
import os, signal, sys, time
from pipelines.ingest import child, nursery
deeds, work = {deeds!r}, child.work
def misbehave(job):
    if deed := deeds.get(job.name):
        exec(deed)
    else:
        work(job)
child.work = misbehave
{module}.main()
"""
SHEETS = '{{"sniffed": "x", "sheets": [{}]}}'


def sheet(source: str) -> str:
    record = {"sheet_id": 1, "number": 1, "name": "", "is_hidden": False}
    record |= {"height": 1, "data_rows": 1}
    return json.dumps(record | {"source": source})


def answer(body: str) -> str:
    return f"(job.target / 'answer.json').write_text('''{body}''')"


DEEDS = {
    "killed": ("os.kill(os.getpid(), signal.SIGKILL)", "ING_TIMEOUT"),
    "crashed": ("os.kill(os.getpid(), signal.SIGSEGV)", "ING_BROKEN"),
    "aborted": ("os.abort()", "ING_TIMEOUT"),
    "gave up": ("sys.exit(3)", "ING_BROKEN"),
    "silent": ("pass", "ING_BROKEN"),
    "hung": ("time.sleep(60)", "ING_TIMEOUT"),
    "no json": (answer("no json"), "ING_BROKEN"),
    "no object": (answer("[]"), "ING_BROKEN"),
    "no verdict": (answer('{"sniffed": "xlsx"}'), "ING_BROKEN"),
    "no record": (answer('{"sniffed": "x", "sheets": [3]}'), "ING_BROKEN"),
    "half a record": (
        answer('{"sniffed": "x", "sheets": [{"number": 1}]}'),
        "ING_BROKEN",
    ),
    "no such source": (
        answer(SHEETS.format(sheet("users"))),
        "ING_BROKEN",
    ),
    "no rows": (
        answer(SHEETS.format(sheet("yulu_roster"))),
        "ING_BROKEN",
    ),
    "dies after its answer": (
        "work(job); os.kill(os.getpid(), signal.SIGSEGV)",
        "ING_BROKEN",
    ),
    "too much": (
        answer("x") + "; os.truncate(job.target / 'answer.json', 300 << 20)",
        "ING_BROKEN",
    ),
    "no such code": (answer('{"sniffed": "x", "refused": "nonsense"}'), "ING_BROKEN"),
}


@pytest.mark.parametrize("way", ["forked", "one by one"])
def test_whatever_happens_to_one_file_the_others_are_read(tmp_path, monkeypatch, way):
    deeds = {name: deed for name, (deed, _) in DEEDS.items()}
    if way == "forked":
        script = MISBEHAVE.format(deeds=deeds, module="nursery")
        monkeypatch.setattr(pool, "NURSERY", ("-c", script))
    else:  # as where processes cannot be forked
        script = MISBEHAVE.format(deeds=deeds, module="child")
        monkeypatch.setattr(pool, "CHILD", ("-c", script))
        monkeypatch.delattr(os, "fork")
    files = {name: text([ROSTER, roster_row(n)]) for n, name in enumerate(DEEDS, 5)}
    con = night(tmp_path, files | {"good.xlsx": ROSTER_FILE}, Reading(seconds=5))
    expected = {name: ("refused", code) for name, (_, code) in DEEDS.items()}
    found = {str(name): verdict for name, *verdict in fetch(con, FILES)}
    assert {name: tuple(v) for name, v in found.items()} == expected | {
        "good.xlsx": ("read", None)
    }
    assert fetch(con, "select count(*) from stg_yulu_roster") == [(2,)]


def test_a_full_disk_is_our_fault_and_no_files(tmp_path: Path, monkeypatch):
    full = "import errno; raise OSError(errno.ENOSPC, 'x')"
    script = MISBEHAVE.format(deeds={"a.csv": full}, module="nursery").replace(
        "child.work = misbehave",
        "child.answer = lambda job: exec(deeds.get(job.name, 'pass'))",
    )
    monkeypatch.setattr(pool, "NURSERY", ("-c", script))
    with pytest.raises(DiskError):
        night(tmp_path, {"a.csv": text([ROSTER, roster_row(1)])})


DIES_AFTER_EACH = """
from pipelines.ingest import nursery
tell = nursery._Nursery._tell
def dies(*args):
    tell(*args)
    raise SystemExit(1)
nursery._Nursery._tell = dies
nursery.main()
"""


@pytest.mark.parametrize(
    ("script", "outcomes"),
    [("pass", {"refused"}), ("print('0 0')", {"refused"}), (DIES_AFTER_EACH, {"read"})],
)
def test_a_dying_nursery_is_started_again_and_never_waited_for(
    tmp_path, monkeypatch, script: str, outcomes: set[str]
):
    monkeypatch.setattr(pool, "NURSERY", ("-c", script))
    files = {f"{n}.csv": text([ROSTER, roster_row(n)]) for n in range(3)}
    con = night(tmp_path, files)
    assert {outcome for _, outcome, _ in fetch(con, FILES)} == outcomes


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_memory_is_limited(tmp_path: Path):
    con = night(tmp_path, {"a.xlsx": ROSTER_FILE}, Reading(memory_mib=30))
    ((_, outcome, code),) = fetch(con, FILES)
    assert (outcome, code) in {("refused", "ING_TIMEOUT"), ("refused", "ING_BROKEN")}


SLEEPER = """
import os, time
from pathlib import Path
from pipelines.ingest import child, nursery
def sleep(job):
    Path(job.target, "pid").write_text(str(os.getpid()))
    time.sleep(60)
child.work = sleep
{module}.main()
"""
PARENT = """
import os, sys
from pathlib import Path
from pipelines.ingest import pool
from pipelines.ingest.job import Job
if {module!r} == "child":
    del os.fork
pool.NURSERY = pool.CHILD = ("-c", {sleeper!r})
here = Path(sys.argv[1])
(here / "copy").write_text("x")
job = Job(1, here / "copy", "a", here, (), 1000, 60, 10, os.getpid())
list(pool.read_all([job], 1))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel")
@pytest.mark.parametrize("module", ["nursery", "child"])
def test_killed_run_leaves_no_reading_process(tmp_path: Path, module: str):
    sleeper = SLEEPER.format(module=module)
    script = PARENT.format(sleeper=sleeper, module=module)
    run = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    pid = tmp_path / "pid"
    waited(lambda: pid.exists() and pid.read_text())
    run.send_signal(signal.SIGKILL)
    run.wait()
    waited(lambda: not _is_running(int(pid.read_text())))


def _is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def waited(what) -> None:
    for _ in range(200):
        if what():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def test_the_reader_needs_no_database_and_no_pandas():
    heavy = {"duckdb", "pandas", "numpy", "pandera", "prefect", "openpyxl"}
    script = (
        "import sys, pipelines.ingest.nursery, pipelines.ingest.sheet, "
        f"pipelines.ingest.grid; print({heavy!r} & sys.modules.keys())"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "set()"


def test_a_panic_of_the_reader_is_a_refusal(tmp_path: Path, monkeypatch):
    class Panic(BaseException):
        pass

    def panics(_path):
        raise Panic

    monkeypatch.setattr("pipelines.ingest.sniff.sniff", panics)
    job = child.Job(1, tmp_path / "a", "a", tmp_path, (), 1, 1, 1, 1)
    assert child.answer(job)["refused"] == "ING_BROKEN"
