"""Where Prefect lives here and how it behaves; to be set before it is imported."""

from __future__ import annotations

import os
from pathlib import Path

from pipelines.settings import ROOT

HOME = Path(os.environ.get("YULU_PREFECT_HOME") or ROOT / ".prefect")
LOOPBACK = "127.0.0.1"


def environment(home: Path = HOME) -> dict[str, str]:
    """Prefect's settings: all on this machine, nothing sent, nothing personal kept.

    Results are not stored, and our own lines tell what happens: Prefect only speaks
    when it is broken. Block types are of no use here and cost a second at each start.
    """
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_SERVER_API_HOST": LOOPBACK,
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
    }


def settle(home: Path = HOME) -> None:
    """Puts these settings into this process; raises OSError if home is not writable."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.update(environment(home))
    os.environ.pop("PREFECT_API_KEY", None)


def is_ours(url: str) -> bool:
    """Whether an address stays on this machine: no other is ever spoken to."""
    hosts = (f"http://{LOOPBACK}:", "http://localhost:", "http://[::1]:")
    return url.startswith(hosts)
