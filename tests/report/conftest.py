"""One written night for all tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.report.literal_night import write_night


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden dumps anew"
    )


@pytest.fixture(scope="session")
def night(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, duckdb.DuckDBPyConnection]]:
    folder = tmp_path_factory.mktemp("night") / "2023-09-25"
    con = write_night(folder)
    yield folder, con
    con.close()
