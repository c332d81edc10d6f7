"""How high a row must be."""

from __future__ import annotations

import pytest

from pipelines.report.layout import MOST_POINTS, height, lines


@pytest.mark.parametrize(
    ("text", "units", "count"),
    [
        ("", 10, 1),
        ("三岔村", 10, 1),
        ("三岔村三岔村", 10, 2),
        ("142230********1214", 12.5, 2),
        ("一\n二\n三", 10, 3),
        ("一" * 10, 1, 10),
    ],
)
def test_lines(text: str, units: float, count: int) -> None:
    assert lines(text, units, 11) == count


def test_height_is_that_of_the_fullest_cell() -> None:
    assert height([("一", 10), ("一\n二", 10), (None, 10)], 11) == height(
        [("一\n二", 10)], 11
    )
    assert height([], 11) == height([("一", 10)], 11)
    assert height([("一" * 5000, 10)], 11) == MOST_POINTS
