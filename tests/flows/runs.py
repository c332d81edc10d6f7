"""Real runs as a person starts them: processes, their folders, and what they left."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.settings import ROOT


def environment(home: Path, hook: str = "") -> dict[str, str]:
    """The environment of a run whose Prefect lives in a folder of the test.

    ``hook``: Python that every process of the run executes first.
    """
    dropped = ("PREFECT_API_URL", "PREFECT_HOME")
    kept = {name: text for name, text in os.environ.items() if name not in dropped}
    path = [str(ROOT)]
    if hook:
        hooks = home.parent / f"{home.name}-hook"
        hooks.mkdir(exist_ok=True)
        (hooks / "sitecustomize.py").write_text(hook, encoding="utf-8")
        path.insert(0, str(hooks))
    return {
        **kept,
        "YULU_PREFECT_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(path),
    }


def start(home: Path, *words: str, hook: str = "") -> subprocess.Popen[str]:
    """The command in a process of its own; stdout and stderr in one pipe."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", *words],
        env=environment(home, hook),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def finish(home: Path, *words: str, hook: str = "") -> tuple[int, str]:
    """Exit code and all that was said."""
    process = start(home, *words, hook=hook)
    said, _ = process.communicate(timeout=300)
    return process.returncode, said


def has_loopback() -> bool:
    """Whether this machine can speak to itself: a sealed-off one may not even that."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            socket.create_connection(listening.getsockname(), timeout=2).close()
    except OSError:
        return False
    return True


needs_loopback = pytest.mark.skipif(
    not has_loopback(), reason="no loopback interface: Prefect cannot run here"
)


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def is_whole(night: Path) -> bool:
    """Whether a published folder holds exactly what its run.json says it holds."""
    run = json.loads((night / "run.json").read_text("utf-8"))
    found = hashes(night)
    found.pop("run.json")
    return bool(run["outcome"] == "published" and run["outputs"] == found)
