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

from pipelines.ingest import child, pool
from pipelines.settings import ROOT, Reading
from tests.ingest.sheets import ROSTER, ROSTER_FILE, fetch, night, roster_row, text

FILES = "select file, outcome, issue_code from ing_file order by file"
JOB = "import os, pickle, signal, sys, time; job = pickle.load(sys.stdin.buffer);"
REAL = "from pipelines.ingest import child; child.work(job)"
SHEETS = '{{"sniffed": "x", "sheets": [{}]}}'


def sheet(source: str) -> str:
    record = {"number": 1, "name": "", "is_hidden": False, "height": 1, "data_rows": 1}
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
    "no such code": (answer('{"sniffed": "x", "refused": "nonsense"}'), "ING_BROKEN"),
}


def test_whatever_happens_to_one_file_the_others_are_read(tmp_path: Path, monkeypatch):
    deeds = {name: deed for name, (deed, _) in DEEDS.items()}
    script = f"{JOB}\ndeed = {deeds!r}.get(job.name)\n"
    script += f"if deed:\n    exec(deed)\nelse:\n    {REAL}"
    monkeypatch.setattr(pool, "COMMAND", ("-c", script))
    files = {name: text([ROSTER, roster_row(n)]) for n, name in enumerate(DEEDS, 5)}
    con = night(tmp_path, files | {"good.xlsx": ROSTER_FILE}, Reading(seconds=5))
    expected = {name: ("refused", code) for name, (_, code) in DEEDS.items()}
    found = {str(name): verdict for name, *verdict in fetch(con, FILES)}
    assert {name: tuple(v) for name, v in found.items()} == expected | {
        "good.xlsx": ("read", None)
    }
    assert fetch(con, "select count(*) from stg_yulu_roster") == [(2,)]


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_memory_is_limited(tmp_path: Path):
    con = night(tmp_path, {"a.xlsx": ROSTER_FILE}, Reading(memory_mib=30))
    ((_, outcome, code),) = fetch(con, FILES)
    assert (outcome, code) in {("refused", "ING_TIMEOUT"), ("refused", "ING_BROKEN")}


SLEEPER = """
import pickle, sys, time, os
from pathlib import Path
from pipelines.ingest import child
job = pickle.load(sys.stdin.buffer)
child.die_with(job.parent)
Path(job.target, "pid").write_text(str(os.getpid()))
time.sleep(60)
"""
PARENT = f"""
import os, sys
from pathlib import Path
from pipelines.ingest import pool
from pipelines.ingest.job import Job
pool.COMMAND = ("-c", {SLEEPER!r})
here = Path(sys.argv[1])
(here / "copy").write_text("x")
list(pool.read_all([Job(here / "copy", "a", here, (), 1000, 60, 10, os.getpid())], 1))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel")
def test_killed_run_leaves_no_reading_process(tmp_path: Path):
    run = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)],
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
        "import sys, pipelines.ingest.child, pipelines.ingest.sheet, "
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
    job = child.Job(tmp_path / "a", "a", tmp_path, (), 1, 1, 1, 1)
    assert child.answer(job)["refused"] == "ING_BROKEN"
