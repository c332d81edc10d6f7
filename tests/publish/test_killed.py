"""kill -9 at every single step that changes the disk: nobody ever meets half a run.

A child publishes; its n-th step on disk is replaced by its death, for n = 1, 2, … until
it survives. After each death a visitor looks, then the next run goes over it.
"""

import json
import os
import signal
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipelines import disk, publish

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="needs fork and SIGKILL"
)

STEPS = (
    "fsync", "rename", "replace", "unlink", "rmdir", "mkdir", "symlink", "link",
    "chmod",
)  # fmt: skip
DAY, LATER = date(2023, 9, 15), date(2023, 9, 16)


def run_folder(out: Path, as_of: date, text: str) -> Path:
    folder = out / publish.WORK / "aside"
    folder.mkdir(parents=True)
    (folder / "村.xlsx").write_text(text)
    (folder / "乡.xlsx").write_text(text)
    run = {"as_of": as_of.isoformat(), "outcome": "audited", "tables": {}}
    (folder / "run.json").write_text(json.dumps(run))
    return folder


def night(out: Path, as_of: date, text: str) -> None:
    publish.sweep(out)
    publish.publish(run_folder(out, as_of, text), out, as_of)
    publish.sweep(out)


def is_killed_at(step: int, work: Callable[[], None]) -> bool:
    """Does the work in a child that dies just before its step-th change on disk."""
    child = os.fork()
    if child == 0:
        count = 0

        def deadly(real: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any, **options: Any) -> Any:
                nonlocal count
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **options)

            return call

        for name in STEPS:
            setattr(os, name, deadly(getattr(os, name)))
        disk.exchange = deadly(disk.exchange)
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def whole(folder: Path) -> str | None:
    """The one text that all files of a published run say; null when it is none."""
    if publish.outcome(folder) != publish.PUBLISHED:
        return None
    (text,) = {path.read_text() for path in folder.glob("*.xlsx")}
    assert len(list(folder.glob("*.xlsx"))) == 2
    return text


def swap_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "exchange", lambda *_: False)


def exchange_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own way."""


@pytest.mark.parametrize("system", [exchange_too, swap_only])
@pytest.mark.parametrize("as_of", [DAY, LATER])
def test_killed_at_any_step_the_last_good_run_is_whole(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    system: Callable[[pytest.MonkeyPatch], None],
    as_of: date,
) -> None:
    system(monkeypatch)
    step = 0
    is_alive = False
    while not is_alive:
        step += 1
        out = tmp_path / str(step)
        out.mkdir()
        night(out, DAY, "old")
        is_alive = not is_killed_at(step, partial(night, out, as_of, "new"))

        shown = publish.latest(out)
        assert shown is not None, f"step {step}: latest leads nowhere"
        assert whole(shown) in {"old", "new"}, f"step {step}"
        if is_alive:
            assert whole(shown) == "new"

        is_killed_at(step, partial(publish.sweep, out))
        shown = publish.latest(out)
        assert shown is not None, f"step {step}, killed again while clearing up"
        assert whole(shown) in {"old", "new"}

        night(out, as_of, "next")
        assert whole(out / as_of.isoformat()) == "next"
        assert whole(publish.latest(out) or out) == "next"
        assert {path.name for path in out.iterdir()} == {
            "latest", DAY.isoformat(), as_of.isoformat(),
        }  # fmt: skip
    assert step > 10
