"""What stands around the flow, without a server: settings, falling back, due times."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipelines import faults, night, run
from pipelines.errors import UsageError, YuluError
from pipelines.flows import direct, home, serve, server
from pipelines.request import Request
from pipelines.settings import ROOT

CHINA = timezone(timedelta(hours=8))


def test_prefect_stays_on_this_machine_and_silent() -> None:
    said = home.environment(Path("/somewhere"))
    assert said["PREFECT_HOME"] == "/somewhere"
    assert said["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert said["DO_NOT_TRACK"] == "1"
    assert said["PREFECT_RESULTS_PERSIST_BY_DEFAULT"] == "false"
    assert said["PREFECT_SERVER_API_HOST"] == "127.0.0.1"


@pytest.mark.parametrize(
    ("url", "is_ours"),
    [
        ("http://127.0.0.1:4200/api", True),
        ("http://localhost:4200/api", True),
        ("https://api.example.org/api", False),
        ("http://127.0.0.1.example.org:80/api", False),
        ("", False),
    ],
)
def test_only_loopback_is_spoken_to(url: str, is_ours: bool) -> None:
    assert home.is_ours(url) is is_ours


def test_nobody_answers_at_a_closed_port() -> None:
    assert direct.answers("http://127.0.0.1:9/api") is False


@pytest.mark.parametrize(
    ("at", "cron"), [("02:00", "0 2 * * *"), ("23:5", "5 23 * * *")]
)
def test_the_time_as_cron(at: str, cron: str) -> None:
    assert serve.as_cron(at) == cron


@pytest.mark.parametrize("at", ["2", "24:00", "02:60", "两点", "-1:00"])
def test_no_time(at: str) -> None:
    with pytest.raises(UsageError):
        serve.as_cron(at)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-24 09:00", "2026-11-24 02:00"),
        ("2026-11-24 02:00", "2026-11-24 02:00"),
        ("2026-11-24 01:59", "2026-11-23 02:00"),
        ("2027-01-01 00:10", "2026-12-31 02:00"),
    ],
)
def test_the_night_that_was_due_last(now: str, due: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=CHINA)
    assert serve.last_due(at, "02:00") == datetime.fromisoformat(due).replace(
        tzinfo=CHINA
    )


def test_without_prefect_the_night_runs_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Prefect that cannot start is a word on the screen, not a lost night."""

    @contextmanager
    def broken() -> Iterator[None]:
        raise OSError("no room")
        yield

    monkeypatch.setattr(server, "started", broken)
    monkeypatch.setattr(direct, "answers", lambda _: False)
    monkeypatch.setattr(home, "settle", lambda: None)
    monkeypatch.setattr(night, "run", lambda request, _: request)
    words: list[str] = []
    asked = Request(is_dry_run=True)
    done = run.night_of(asked, lambda text, *_: words.append(text), plain=False)
    assert done is asked
    assert words == ["Prefect 未能启动（OSError），改为直接运行，结果相同"]


def test_a_fault_tells_class_and_place_and_no_value() -> None:
    try:
        int("142230200501010011x")
    except ValueError as error:
        fault = faults.clean(error, "关联人员")
    assert str(fault).startswith(
        "关联人员时程序出错（ValueError，tests/flows/test_around.py:"
    )
    assert "142230" not in str(fault)
    assert isinstance(faults.clean(OSError("disk"), "读取"), faults.DiskError)
    stated = UsageError("请改正。")
    assert faults.clean(stated, "读取") is stated
    assert issubclass(faults.DiskError, YuluError)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks processes up in /proc")
def test_the_server_dies_with_its_starter(tmp_path: Path) -> None:
    """Killed the hard way, a starter leaves no orphan behind."""
    script = (
        "import sys, time\n"
        "from pipelines.flows import server\n"
        "with server.started() as started:\n"
        "    print(started.process.pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    told = {**os.environ, "YULU_PREFECT_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    starter = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env=told, text=True
    )
    assert starter.stdout is not None
    pid = int(starter.stdout.readline())
    assert Path(f"/proc/{pid}").exists()
    starter.kill()
    starter.communicate()
    for _ in range(200):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().split(") ")[1].startswith("Z"):
            return
        subprocess.run(["sleep", "0.1"], check=True)
    pytest.fail("the server outlived its starter")
