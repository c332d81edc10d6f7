"""File and sheet names, whatever a village is called."""

from __future__ import annotations

import pytest

from pipelines.report.names import folded, safe_names, sheet_name, visible
from tests.report.literal_night import WANG

HOSTILE = [
    "../../etc/passwd", "..", ".", "", "CON", "con.txt", "LPT1", "a/b", "a\\b", "村\u202excod",
    "村\x00\x1b[2J", "=cmd|'/c calc'!A1", "https://x.example/a?b=c", "三岔村 ", "三岔村.",
    "三岔村", "三岔\u200b村", "VILLAGE", "village", "e\u0301", "\u00e9", "村" * 100, WANG,
    "[村]*?", "'村'", "History", "~$村", "COM¹",
]  # fmt: skip


def test_hostile_names_stay_apart_and_harmless() -> None:
    names = safe_names(HOSTILE, ".xlsx")
    assert len({folded(name) for name in names.values()}) == len(HOSTILE)
    for name in names.values():
        assert len(name.encode("utf-8")) <= 80
        assert not set('<>:"/\\|?*\x00\x1b\u202e\u200b') & set(name)
        assert not name.startswith((".", "~", " "))
        stem = name.removesuffix(".xlsx")
        assert stem.split(".")[0].upper() not in {"CON", "LPT1", "COM¹", ""}
        assert WANG not in name


def test_plain_names_are_kept_and_do_not_depend_on_their_neighbours() -> None:
    assert safe_names(["三岔村"], ".xlsx") == {"三岔村": "三岔村.xlsx"}
    assert safe_names(HOSTILE, ".xlsx")["三岔村"] == "三岔村.xlsx"
    assert safe_names(reversed(HOSTILE)) == safe_names(HOSTILE)


@pytest.mark.parametrize("text", HOSTILE)
def test_sheet_name(text: str) -> None:
    name = sheet_name(text)
    assert 1 <= len(name) <= 31
    assert not set("[]:*?/\\") & set(name)
    assert not name.startswith("'")
    assert not name.endswith("'")
    assert name.lower() != "history"


def test_visible_keeps_the_line_feed() -> None:
    assert visible("一\n二\r\t\x0b\u202e三\ufeff") == "一\n二三"
