"""One connection with all tables and reference data; every test is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.database import MACROS, load_reference, run_sql_file
from pipelines.rules.catalogue import catalogue
from pipelines.rules.run import prepare, share
from pipelines.settings import Settings
from schemas.sources import SPECS
from schemas.spec import raw_table_sql, stg_table_sql

AS_OF = date(2023, 9, 20)


@pytest.fixture(scope="session")
def prepared() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    run_sql_file(con, MACROS)
    for spec in SPECS:
        con.execute(raw_table_sql(spec))
        con.execute(stg_table_sql(spec))
    run_sql_file(con, Path(__file__).parent / "tables.sql")
    con.execute("insert into run values (?, '140928', '五寨县', '14', 'test')", [AS_OF])
    load_reference(con, replace(Settings(), county_code="140928"), AS_OF)
    prepare(con, catalogue())
    share(con, "view")
    yield con
    con.close()


@pytest.fixture
def con(prepared: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    prepared.begin()
    yield prepared
    prepared.rollback()
