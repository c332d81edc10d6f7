"""The operator's receipt, from the account of the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.database import run_sql_file
from schemas.returns import RETURN_SOURCE
from schemas.spec import SourceSpec


def fill_receipt(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]) -> None:
    """``ing_receipt`` from ``ing_file``, ``ing_sheet``, ``ing_ledger``,
    ``ing_heading`` and ``ing_issue``: each line is ready to be shown."""
    con.execute(
        "create or replace table ing_source "
        "(source varchar, title varchar, is_snapshot boolean)"
    )
    con.executemany(
        "insert into ing_source values (?, ?, ?)",
        [(source.name, source.title, source.is_snapshot) for source in sources]
        + [(RETURN_SOURCE, "交回的工作簿", False)],
    )
    run_sql_file(con, Path(__file__).with_suffix(".sql"))
