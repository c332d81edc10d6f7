"""Exports below the raw folder → text as read, typed rows, and an account of both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from pipelines.progress import Progress
    from pipelines.settings import Settings

__all__ = ["read_exports"]


def read_exports(
    con: duckdb.DuckDBPyConnection,
    raw: Path,
    work: Path,
    settings: Settings,
    progress: Progress,
    day: date | None = None,
    kept: Path | None = None,
    part_of: date | None = None,
) -> None:
    """Fills ``raw_``, ``stg_`` and ``ing_`` tables from every file below ``raw``.

    ``day``: what the night is about, null when the exports say it. What the last good
    night before it left in ``settings.out`` tells moved headings and lost townships.
    ``kept``: a folder with answers of earlier nights, which spare the reading of files
    that are as they were.
    ``part_of``: the files are only some of those of a night after that day.
    Raises UsageError when real exports lie beside the invented county, YuluError when
    a row is unaccounted for; a file that cannot be read is refused and others go on.
    """
    # A reading process imports this package too, and must start without a database.
    from pipelines.ingest.read import read_all_exports

    read_all_exports(con, raw, work, settings, progress, day, kept, part_of)
