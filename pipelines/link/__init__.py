"""Linking: which person each row is about, how we know, and what may be concluded."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.database import run_sql_file
from pipelines.link.evidence import sentence

__all__ = ["link_people"]

STEPS = tuple(sorted(Path(__file__).parent.glob("[0-9]*.sql")))
_SENTENCES_BEFORE = "70_roster.sql"


def link_people(con: duckdb.DuckDBPyConnection) -> None:
    """Fill the ``lnk_`` tables from all that was read, referred to and remembered."""
    for step in STEPS:
        if step.name == _SENTENCES_BEFORE:
            _say(con)
        run_sql_file(con, step)


def _say(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``lnk_sentence``: one row per distinct evidence, with its sentence."""
    texts = [
        text
        for (text,) in con.execute(
            "select distinct evidence from lnk_evidence order by evidence"
        ).fetchall()
    ]
    con.execute(
        "create or replace table lnk_sentence as "
        "select unnest($1::varchar[]) as evidence, unnest($2::varchar[]) as sentence",
        [texts, [sentence(text) for text in texts]],
    )
