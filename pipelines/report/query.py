"""Asking the work database: an error names the query, never a value."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.errors import YuluError

Row = tuple[object, ...]


def asked(
    con: duckdb.DuckDBPyConnection, path: Path
) -> tuple[tuple[str, ...], list[Row]]:
    """Column names and rows of the query in a file, read to the end."""
    try:
        con.execute(path.read_text(encoding="utf-8"))
        names = tuple(column[0] for column in con.description or ())
        return names, con.fetchall()
    except duckdb.Error as error:
        # DuckDB quotes the value that it could not use.
        raise YuluError(_trouble(path, error)) from None


def step(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Run the statements of a file."""
    try:
        con.execute(path.read_text(encoding="utf-8"))
    except duckdb.Error as error:
        raise YuluError(_trouble(path, error)) from None


def _trouble(path: Path, error: duckdb.Error) -> str:
    name = f"{path.parent.name}/{path.name}"
    return f"生成表格时查询 {name} 未能运行（{type(error).__name__}），请联系维护人员。"
