"""A real server on loopback: deployed, a scheduled run completes, a second is refused."""

from __future__ import annotations

import json
import signal
import socket
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.flows import runs

pytestmark = [pytest.mark.slow, runs.needs_loopback]
CHINA = timezone(timedelta(hours=8))
# the server makes its database first
LEAST_SECONDS_AHEAD = 50
# due runs are fetched ten seconds ahead: this one only when the first is at work, which
# is made to take its time
SECOND_AFTER = timedelta(seconds=14)
LINGER = """
import time
import pipelines.link
link_people = pipelines.link.link_people
def linger(con):
    time.sleep(20)
    link_people(con)
pipelines.link.link_people = linger
"""
PATIENCE = 240


class Api:
    """Prefect's own API, asked without Prefect."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/api"

    def __call__(self, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.url + path, data, {"Content-Type": "application/json"})  # noqa: S310
        with urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def due_minute() -> datetime:
    """The next whole minute that leaves time to start."""
    soon = datetime.now(UTC) + timedelta(seconds=LEAST_SECONDS_AHEAD)  # noqa: TID251
    return soon.replace(second=0, microsecond=0) + timedelta(minutes=1)


def test_a_scheduled_run_completes_and_a_second_is_refused(
    small_county: Path, tmp_path: Path
) -> None:
    port, due = free_port(), due_minute()
    out = tmp_path / "out"
    process = runs.start(
        tmp_path / "prefect",
        *("serve", "--at", f"{due.astimezone(CHINA):%H:%M}", "--port", str(port)),
        *("--raw", str(small_county), "--out", str(out)),
        hook=LINGER,
    )
    said: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break
        assert "已排好 3 次" in "".join(said)
        api = Api(port)
        deployment = api("/deployments/name/nightly/nightly")["id"]
        second = api(
            f"/deployments/{deployment}/create_flow_run",
            {
                "state": {
                    "type": "SCHEDULED",
                    "state_details": {
                        "scheduled_time": (due + SECOND_AFTER).isoformat()
                    },
                }
            },
        )["id"]
        ended = wait_for_both(api, deployment, second)
    finally:
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=60)
    first = ended.pop("scheduled")
    assert first["state_name"] == "Completed", rest
    assert ended == {"second": "Cancelled"}
    # the day of the night is the day the schedule meant, in county time; the county of
    # the test says its own day, as the sample does
    assert (out / "latest").resolve().name == "2023-09-28"
    assert runs.is_whole(out / "latest")
    assert "定时服务已停止" in rest
    with pytest.raises(OSError, match="refused"):
        api("/health")


def wait_for_both(api: Api, deployment: str, second: str) -> dict[str, Any]:
    """The scheduled run when it has ended, and the state of the second."""
    for _ in range(PATIENCE):
        found = api(
            "/flow_runs/filter",
            {"deployments": {"id": {"any_": [deployment]}}, "sort": "START_TIME_ASC"},
        )
        states = {run["id"]: run for run in found}
        planned = [
            run
            for run in found
            if run["created_by"] and run["state_type"] not in ("SCHEDULED", "PENDING")
        ]
        ended = [run for run in planned if run["state_type"] != "RUNNING"]
        if ended and states[second]["state_type"] in (
            "CANCELLED",
            "COMPLETED",
            "FAILED",
        ):
            return {"scheduled": ended[0], "second": states[second]["state_name"]}
        time.sleep(1)
    pytest.fail(f"no end in sight: {[run['state_name'] for run in found]}")
