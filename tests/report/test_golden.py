"""Golden dumps: every sheet of the literal night, reviewed as text.

After a wanted change: ``pytest tests/report/test_golden.py --update-golden``, then read
the difference.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.report.dump import dump

GOLDEN = Path(__file__).parent / "golden"
BOOKS = {
    "main": "对账总表.xlsx",
    "lists": "三个清单.xlsx",
    "keys": "录入清单.xlsx",
    "notice": "公示名单.xlsx",
    "township": "乡镇/三岔镇.xlsx",
    "village": "村/三岔镇/三岔村.xlsx",
    "decide": "疑似同一人.xlsx",
    "receipt": "回执/认定 (1).xlsx",
}


@pytest.mark.parametrize("name", BOOKS)
def test_workbook_is_as_reviewed(
    name: str,
    night: tuple[Path, duckdb.DuckDBPyConnection],
    request: pytest.FixtureRequest,
) -> None:
    golden = GOLDEN / f"{name}.txt"
    found = dump(night[0] / BOOKS[name])
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
