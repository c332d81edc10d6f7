"""What a night leaves so that the next one knows its exports again, and its recall.

Hashes of thirty-two bits and head counts: enough to see that a column's values stood
under another heading last time, too little to read a value back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb

from pipelines import publish
from pipelines.ingest.looks import MARKED
from schemas.spec import SourceSpec

_FILE = "file varchar, sha256 varchar, outcome varchar"
_SHAPES = {
    "mark": "source varchar, column_name varchar, mark varchar",
    "extent": "source varchar, township_key varchar, township varchar, rows bigint",
}


def recall(con: duckdb.DuckDBPyConnection, out: Path, day: date | None) -> None:
    """``last_mark``, ``last_extent``, ``last_file``: what the last good night before
    ``day`` left; empty before the first, and when its tables are not as they were
    published."""
    before = None if day is None else publish.last_night(out, day - timedelta(days=1))
    for name, columns in _SHAPES.items():
        _recall(con, f"last_{name}", columns, before, f"tables/mem_{name}.parquet")
    _recall(con, "last_file", _FILE, before, "tables/file.parquet")


def _recall(
    con: duckdb.DuckDBPyConnection,
    table: str,
    columns: str,
    before: Path | None,
    relative: str,
) -> None:
    con.execute(f"create or replace temp table {table} ({columns})")
    if before is None or not (before / relative).is_file():
        return
    stated = publish.manifest(before).get("outputs", {}).get(relative)
    found = hashlib.sha256((before / relative).read_bytes()).hexdigest()
    if stated == found:
        # A file name is a pattern to DuckDB: [1] in a folder's name is no choice.
        path = "".join(f"[{c}]" if c in "*?[" else c for c in str(before / relative))
        names = ", ".join(column.split(" ")[0] for column in columns.split(", "))
        con.execute(
            f"insert into {table} select {names} from read_parquet(?)",  # noqa: S608
            [path],
        )


def leave(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]) -> None:
    """``mem_mark``, ``mem_extent``: tonight's; of a source without rows the last ones."""
    for name, columns in _SHAPES.items():
        con.execute(f"create or replace table mem_{name} ({columns})")
    for source in sources:
        any_row = f"select 1 from stg_{source.name} limit 1"  # noqa: S608
        if not con.execute(any_row).fetchall():
            continue
        marked = [c for c in source.columns if c.kind in MARKED]
        for column in marked:
            suffix = {"id_number": "_pid", "person_name": "_key"}.get(column.kind, "")
            con.execute(
                "insert into mem_mark select ?, ?, mark from ("  # noqa: S608
                f'select distinct left(md5("{column.name}{suffix}"), 8) as mark '
                f"from stg_{source.name} "
                f'where "{column.name}{suffix}" is not null) order by mark',
                [source.name, column.name],
            )
        if any(column.name == "township" for column in source.columns):
            con.execute(
                "insert into mem_extent select ?, township_key, min(township), "  # noqa: S608
                f"count(*) from stg_{source.name} where is_current "
                "and township_key is not null group by township_key order by all",
                [source.name],
            )
    for name in _SHAPES:
        con.execute(
            f"insert into mem_{name} select * from last_{name} "  # noqa: S608
            f"where source not in (select source from mem_{name}) order by all"
        )
        con.execute(f"drop table last_{name}")
    con.execute("drop table last_file")
