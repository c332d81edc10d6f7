"""The leader's page: figures as on the sheets, readable by everyone, nothing loaded."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from pipelines.report import chart, sheets
from pipelines.report.chart import Series
from pipelines.report.page import STYLE
from pipelines.report.prepare import rows_of

Night = tuple[Path, duckdb.DuckDBPyConnection]


class _Page(HTMLParser):
    """Tags with their attributes, and the text of every cell."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag in ("td", "th")
        if self._open:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.cells[-1] += data

    def of(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]


@pytest.fixture(scope="module")
def page(night: Night) -> _Page:
    return _Page((night[0] / "总览.html").read_text(encoding="utf-8"))


def test_every_figure_of_the_sheets_stands_on_the_page(
    page: _Page, night: Night
) -> None:
    for sheet in sheets.OVERVIEW:
        at = [
            place
            for place, column in enumerate(sheet.columns)
            if column.role in ("count", "yuan")
        ]
        for row in rows_of(night[1], sheet):
            wanted = [
                f"{int(float(str(row[a]))):,}" if row[a] is not None else "" for a in at
            ]
            assert set(wanted) <= set(page.cells), sheet.query


def test_headings_go_down_one_step_at_a_time(page: _Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_a_reader_aloud_knows_language_tables_and_pictures(page: _Page) -> None:
    assert page.of("html")[0]["lang"] == "zh-CN"
    assert len(page.of("main")) == 1
    assert all(attrs.get("scope") in ("row", "col") for attrs in page.of("th"))
    assert all(attrs.get("aria-label") for attrs in page.of("table"))
    pictures = page.of("svg")
    assert pictures
    assert all(a.get("role") == "img" and a.get("aria-label") for a in pictures)
    assert not any("tabindex" in attrs or "onclick" in attrs for _, attrs in page.tags)


def test_the_page_loads_nothing(page: _Page) -> None:
    assert not page.of("script", "link", "img", "iframe", "object", "a", "form")
    assert "default-src 'none'" in str(page.of("meta"))
    assert "url(" not in STYLE.read_text(encoding="utf-8")


def _luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
    parts = [int(full[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PALETTES = [
    dict(re.findall(r"--([a-z0-9]+): (#[0-9a-f]+)", block))
    for block in re.findall(
        r":root \{(.*?)\}", STYLE.read_text(encoding="utf-8"), re.DOTALL
    )
]


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark", "print"])
def test_text_and_shapes_stand_out_enough(palette: dict[str, str]) -> None:
    """WCAG 2.1: 4.5 for text on every ground it meets, 3 for shapes."""
    grounds = ("paper", "fill", "h1", "h2", "h3", "h4", "h5")
    assert min(_contrast(palette["ink"], palette[g]) for g in grounds) >= 4.5
    assert min(_contrast(palette["quiet"], palette[g]) for g in grounds[:4]) >= 4.5
    assert _contrast(palette["alert"], palette["paper"]) >= 4.5
    assert min(_contrast(palette[s], palette["paper"]) for s in ("s1", "s2", "s3")) >= 3


@pytest.mark.parametrize(
    ("values", "tops"),
    [([[576, 658, 0], [0, 0, 779]], [576, 658, 779]), ([[0]], [0]), ([[3], [4]], [7])],
)
def test_columns_carry_their_sums(values: list[list[int]], tops: list[int]) -> None:
    labels = [f"期{n}" for n in range(len(tops))]
    series = [Series(f"列{n}", f"s{n + 1}", v) for n, v in enumerate(values)]
    drawn = chart.columns("人数", labels, series)
    assert re.findall(r'class="v"[^>]*>([0-9,]+)<', drawn) == [f"{t:,}" for t in tops]
    heights = [float(h) for h in re.findall(r'height="([0-9.]+)"', drawn)]
    assert len(heights) == len(tops) * len(values)
    assert max(heights) <= chart.HEIGHT


def test_labels_of_many_nights_do_not_run_into_each_other() -> None:
    nights = [f"09-{day:02}" for day in range(1, 31)]
    drawn = chart.lines("变化", nights, [Series("未解决", "s1", list(range(30)))])
    shown = re.findall(r'class="x"[^>]*>([^<]+)<', drawn)
    assert shown[-1] == "09-30"
    assert len(shown) <= 8
