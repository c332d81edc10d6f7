"""What a night is asked to do; apart from the night, so that asking imports nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Request:
    """What was asked for; null takes the settings' value.

    ``scheduled_on``: the day a schedule meant, used when nothing else names the day.
    """

    as_of: date | None = None
    raw: Path | None = None
    out: Path | None = None
    is_dry_run: bool = False
    scheduled_on: date | None = None
