"""history.duckdb: never written in place, never trusted unread, made again when lost.

Whoever works with it works on a private copy; a better copy replaces the file by one
rename. So a killed run tears nothing, and a notebook that has it open blocks nobody.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from pipelines import disk, publish
from pipelines.database import run_sql_file

FOLDER = Path(__file__).parent / "store"
MEMORY = ("finding", "person", "coverage", "asked", "question", "decision")
# Nights from before questions were remembered have no such table; what is only ever
# added stands in no set.
_YOUNG = {"asked": "exclude (asked_set)", "question": "", "decision": ""}
DAMAGED = "history.damaged.duckdb"
_SHAPE = (
    "select table_name, column_name, data_type from duckdb_columns() "
    "where not internal order by table_name, column_index"
)
_REBUILT = "历史库损坏，已另存，并用已发布的各晚结果重建。"


@dataclass(frozen=True)
class Copy:
    """A private copy of history.duckdb, and whether the file itself was no good."""

    path: Path
    was_damaged: bool
    notes: tuple[str, ...]


@contextmanager
def opened(history_db: Path, out: Path) -> Iterator[Copy]:
    """A private copy that knows every published night; its notes say what was amiss."""
    work = out / publish.WORK / "history"
    disk.remove(work)
    work.mkdir(mode=0o700, parents=True)
    try:
        path = work / "history.duckdb"
        store = _sound_copy(history_db, path)
        was_damaged = store is None and history_db.is_file()
        with closing(store or _connect(path)) as store:
            run_sql_file(store, FOLDER / "tables.sql")
            notes = _reconcile(store, out)
        path.chmod(0o600)
        yield Copy(path, was_damaged, ((_REBUILT,) if was_damaged else ()) + notes)
    finally:
        disk.remove(work)


def install(copy: Copy, history_db: Path) -> None:
    """The copy becomes history.duckdb; a damaged one is kept beside it."""
    if copy.was_damaged:
        history_db.replace(history_db.with_name(DAMAGED))
    # nobody writes but us: a log that lies there belongs to another file
    history_db.with_name(f"{history_db.name}.wal").unlink(missing_ok=True)
    disk.sync(copy.path)
    copy.path.replace(history_db)
    disk.sync(history_db.parent)


def is_sound(store: duckdb.DuckDBPyConnection) -> bool:
    """Whether it has our shape, every row can be read, and no night lacks any."""
    try:
        query = (FOLDER / "check.sql").read_text(encoding="utf-8")
        shape = store.execute(_SHAPE).fetchall()
        return shape == _wanted_shape() and store.execute(query).fetchall() == []
    except duckdb.Error:
        return False


@cache
def _wanted_shape() -> list[Any]:
    with closing(duckdb.connect()) as ours:
        run_sql_file(ours, FOLDER / "tables.sql")
        return ours.execute(_SHAPE).fetchall()


def _sound_copy(history_db: Path, path: Path) -> duckdb.DuckDBPyConnection | None:
    """The file copied to ``path`` and opened; null when there is none, or no good one."""
    if not history_db.is_file():
        return None
    shutil.copyfile(history_db, path)
    with suppress(duckdb.Error):
        store = _connect(path)
        if is_sound(store):
            return store
        store.close()
    disk.remove(path)
    disk.remove(path.with_name(f"{path.name}.wal"))
    return None


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        str(path),
        config={
            "threads": 1,
            "temp_directory": str(path.parent / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )


def _reconcile(store: duckdb.DuckDBPyConnection, out: Path) -> tuple[str, ...]:
    """Takes in every published night that the store lacks or knows otherwise."""
    known = dict(store.execute("select as_of, run_hash from his_run").fetchall())
    notes = []
    for day, folder in sorted(publish.night_folders(out).items()):
        run = folder / publish.RUN
        run_hash = _hash(run) if run.is_file() else None
        if run_hash is None or run_hash == known.get(day):
            continue
        if publish.outcome(folder) != publish.PUBLISHED:
            continue
        try:
            _take_in(store, day, folder, run_hash)
        except (duckdb.Error, OSError):
            notes.append(f"{day} 的结果不完整，历史中没有采用。")
    return tuple(notes)


def _take_in(
    store: duckdb.DuckDBPyConnection, day: date, folder: Path, run_hash: str
) -> None:
    stated = publish.manifest(folder)
    outputs = stated.get("outputs", {})
    if stated["as_of"] != day.isoformat():
        raise OSError  # somebody renamed the folder
    store.begin()
    try:
        for name in MEMORY:
            relative = f"tables/mem_{name}.parquet"
            if name in _YOUNG and relative not in outputs:
                store.execute(
                    f"create or replace temp table night_{name} as "  # noqa: S608
                    f"select * {_YOUNG[name]} from his_{name} limit 0"
                )
                continue
            if outputs.get(relative) != _hash(folder / relative):
                raise OSError
            store.execute(
                f"create or replace temp table night_{name} as "  # noqa: S608
                "select * from read_parquet(?)",
                [literally(folder / relative)],
            )
        counts = {
            "findings": stated.get("counts", {}).get("findings", {}),
            "yuan": stated.get("counts", {}).get("yuan", {}),
            "headline": stated.get("headline", {}),
        }
        store.execute(
            "create or replace temp table night as select ?::date as as_of, "
            "?::varchar as run_hash, ?::varchar as version, ?::varchar as counts",
            [
                day,
                run_hash,
                stated.get("version"),
                json.dumps(counts, ensure_ascii=False, sort_keys=True),
            ],
        )
        run_sql_file(store, FOLDER / "night.sql")
        store.commit()
    except BaseException:
        store.rollback()
        raise


def literally(path: Path) -> str:
    """The path for DuckDB's file functions, in which ``*?[`` would be patterns."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
