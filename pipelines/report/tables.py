"""The published tables: one query each in ``tables/``; same rows, same bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

QUERIES = Path(__file__).parent / "tables"
MEMORY_PREFIX = "mem_"


def write_tables(con: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Write every table below ``folder``; rows per table, in order of name.

    What the history leaves for later nights (``mem_*``) is written as it is.
    """
    folder.mkdir(mode=0o700, parents=True)
    queries = table_queries(con)
    # Threads may cut the row groups differently from night to night.
    con.execute("select current_setting('threads')")
    threads = con.fetchall()[0][0]
    con.execute("set threads = 1")
    try:
        for name in sorted(queries):
            path = folder / f"{name}.parquet"
            con.sql(queries[name]).write_parquet(str(path), compression="zstd")
            path.chmod(0o600)
    finally:
        con.execute(f"set threads = {int(threads)}")
    return {name: _rows(con, folder / f"{name}.parquet") for name in sorted(queries)}


def table_queries(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Name → query of every table that is published."""
    queries = {
        path.stem: path.read_text(encoding="utf-8") for path in QUERIES.glob("*.sql")
    }
    memory = {name: f"select * from {name}" for name in memory_tables(con)}  # noqa: S608
    return queries | memory


def memory_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of the history that the published folder has to carry."""
    con.execute("select table_name from duckdb_tables() order by table_name")
    return [name for (name,) in con.fetchall() if name.startswith(MEMORY_PREFIX)]


def _rows(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    con.execute("select count(*) from read_parquet(?)", [str(path)])
    return int(con.fetchall()[0][0])


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by path with ``/``, in order."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(paths, key=lambda path: path.relative_to(folder).as_posix())
    }
