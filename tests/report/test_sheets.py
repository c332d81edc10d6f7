"""The declaration of the sheets against their queries, on the literal night."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.report import tables
from pipelines.report.names import sheet_name
from pipelines.report.prepare import rows_of
from pipelines.report.sheets import SHEETS, Sheet
from pipelines.report.sheets.declare import QUERIES

Night = tuple[Path, duckdb.DuckDBPyConnection]


def test_every_query_is_declared_once() -> None:
    stems = sorted(path.stem for path in QUERIES.glob("*.sql"))
    assert stems == sorted(sheet.query for sheet in SHEETS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.query)
def test_columns_are_as_declared_and_rows_come_in_one_order(
    sheet: Sheet, night: Night
) -> None:
    _, con = night
    assert rows_of(con, sheet) == rows_of(con, sheet)
    assert sheet_name(sheet.title) == sheet.title
    assert "order by" in sheet.path.read_text(encoding="utf-8")


def test_published_tables_carry_the_columns_of_the_contract(night: Night) -> None:
    folder, con = night
    have = {
        path.stem: [
            row[0]
            for row in con.execute(
                "describe select * from read_parquet(?)", [str(path)]
            ).fetchall()
        ]
        for path in (folder / "tables").glob("*.parquet")
    }
    assert set(have) == {
        *(path.stem for path in tables.QUERIES.glob("*.sql")),
        "mem_asked",
        "mem_person",
    }
    assert (
        have["finding"]
        == (
            "finding_no rule_code period subject_kind subject_id person_key name township "
            "village severity owner yuan_at_stake sentence observed expected source_rows "
            "state held_reason first_seen_on last_seen_on"
        ).split()
    )
    assert have["ledger"] == "file sheet row_no source disposition reason_code".split()
    assert (
        have["file"]
        == (
            "file sha256 bytes sniffed_type sources snapshot_on dated_by rows stated_rows "
            "outcome issue_code"
        ).split()
    )
    assert (
        have["link"][:9]
        == (
            "file sheet row_no id_as_read person_key person_id tier standing evidence"
        ).split()
    )
    assert have["rule_status"] == "rule_code outcome why hits held seconds".split()
