"""Reading what a night published: the tables as views, never the history file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from pipelines import publish
from pipelines.errors import NothingToReadError


def latest(out: Path) -> Path:
    """The folder of the last good night; raises NothingToReadError before the first."""
    folder = publish.latest(out)
    if folder is None:
        raise NothingToReadError("还没有发布过结果，请先运行 yulu run。")
    return folder


def nights(out: Path) -> tuple[Path, ...]:
    """Every published night, oldest first."""
    folders = sorted(publish.night_folders(out).items())
    return tuple(at for _, at in folders if publish.outcome(at) == publish.PUBLISHED)


def run_of(folder: Path) -> dict[str, Any]:
    """The night's ``run.json``."""
    found: dict[str, Any] = json.loads((folder / "run.json").read_text("utf-8"))
    return found


def timings(out: Path, folder: Path) -> dict[str, dict[str, float]]:
    """Seconds per stage and per rule of a night, which stand beside it; maybe none."""
    file = out / "timings" / f"{folder.name}.json"
    if not file.is_file():
        return {}
    found: dict[str, dict[str, float]] = json.loads(file.read_text("utf-8"))
    return found


@contextmanager
def tables(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which each published table of the night is a view of its name."""
    con = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    try:
        for path in sorted((folder / "tables").glob("*.parquet")):
            con.read_parquet(str(path)).create_view(path.stem)
        yield con
    finally:
        con.close()


def records(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """The rows of a query by column name."""
    con.execute(query)
    names = [column[0] for column in con.description or ()]
    return [dict(zip(names, row, strict=True)) for row in con.fetchall()]
