"""What earlier nights knew → ``his_`` tables; and the new night taken in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from pipelines.database import run_sql_file
from pipelines.history import store


def recall(
    con: duckdb.DuckDBPyConnection, history_db: Path, out: Path, as_of: date
) -> None:
    """Fill ``his_run``, ``his_finding``, ``his_person``, ``his_coverage`` and
    ``his_asked`` from the published nights strictly before ``as_of``, ``his_number``
    from all of them, and ``his_note`` with one Chinese sentence for whatever was amiss.

    A night that history.duckdb lacks or knows otherwise is read from its folder; the
    file itself is left as it is.
    """
    con.execute(
        "create or replace temp table his_until as select ?::date as as_of", [as_of]
    )
    with store.opened(history_db, out) as copy:
        quoted = str(copy.path).replace("'", "''")
        con.execute(f"attach '{quoted}' as past (read_only)")
        try:
            run_sql_file(con, store.FOLDER / "recall.sql")
        finally:
            con.execute("detach past")
        con.execute(
            "create or replace table his_note as "
            "select unnest($1::varchar[]) as text_zh",
            [list(copy.notes)],
        )


def remember(history_db: Path, published: Path) -> None:
    """Takes a published night (and any other that is missing) into history.duckdb.

    Killed before or in it, nothing is lost: the next ``recall`` finds the folder.
    """
    with store.opened(history_db, published.parent) as copy:
        store.install(copy, history_db)
