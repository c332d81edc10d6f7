"""总览.html: one page for leader and phone; no script, no network, no person."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

from pipelines.report import chart, sheets
from pipelines.report.book import CLASSIFICATION, write_private
from pipelines.report.chart import Series
from pipelines.report.county import Rows
from pipelines.report.facts import Facts
from pipelines.report.masking import mask_text
from pipelines.report.query import Row
from pipelines.report.sheets import Column, Sheet, section

STYLE = Path(__file__).parent / "page.css"
_NUMBERS = ("count", "yuan")
# File names say who sent what, rule codes speak to analysts: both stay in the book.
_NOT_SHOWN = ("names", "rule_code")
_SHADES = 5
# The page may load nothing at all, whatever a village is called.
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


def overview_page(path: Path, rows: Rows, facts: Facts) -> str:
    """Write the page; its SHA-256."""
    title = html.escape(f"{facts.county}雨露计划对账总览")
    sample = "　演示数据（虚构）" if facts.is_sample else ""
    parts = [
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        _POLICY,
        f"<title>{title}</title>\n<style>\n{STYLE.read_text('utf-8')}</style>",
        f"</head>\n<body>\n<main>\n<h1>{title}</h1>",
        f'<p class="mark">{CLASSIFICATION}　数据截至 {facts.as_of}{sample}</p>',
        f'<p class="about">{html.escape(facts.to.line)}</p>',
        f'<p class="about">{html.escape(facts.ground)}</p>',
        _figures(rows),
    ]
    for sheet in sheets.OVERVIEW:
        found = rows[sheet.query]
        picture = _PICTURES.get(sheet.query)
        body = picture(found) if picture and found else ""
        parts.append(
            f"<section>\n<h2>{html.escape(section(sheet))}</h2>\n"
            f'<p class="about">{html.escape(sheet.unit)}。</p>\n'
            f"{body}{_table(sheet, found)}\n</section>"
        )
    parts.append("</main>\n</body>\n</html>\n")
    return write_private(path, "\n".join(parts).encode("utf-8"))


def _figures(rows: Rows) -> str:
    funded = rows[sheets.HEADLINE.query][-1]
    places = rows[sheets.BY_TOWNSHIP.query]
    asked = places[-1] if places else (None,) * len(sheets.BY_TOWNSHIP.columns)
    trend = rows[sheets.TREND.query]
    at = [column.name for column in sheets.TREND.columns].index("done_yuan")
    figures = (
        ("资助户数", funded[1], "户"),
        ("资助人数（不重复）", funded[2], "人"),
        ("资助人次", funded[3], "人次"),
        ("名册金额", funded[4], "元"),
        ("需要核实的差异", asked[1], "项"),
        ("差异涉及金额", asked[7], "元"),
        ("近三十晚核销金额", sum(_number(row[at]) for row in trend), "元"),
    )
    cells = "".join(
        f"<div><dt>{name}</dt><dd>{_text(value or 0)} <small>{unit}</small></dd></div>"
        for name, value, unit in figures
    )
    return f'<dl class="figures">{cells}</dl>'


def _funding(rows: Sequence[Row]) -> str:
    """People per period, funded and under review; the total is no column."""
    single = rows[:-1]
    people, applied = (
        _at(sheets.HEADLINE, "people"),
        _at(sheets.HEADLINE, "applied_people"),
    )
    return chart.columns(
        "各学年资助人数（人）",
        [str(row[0]) for row in single],
        [
            Series("已列入名册", "s1", [_number(row[people]) for row in single]),
            Series("审核中", "s2", [_number(row[applied]) for row in single]),
        ],
    )


def _trend(rows: Sequence[Row]) -> str:
    """What stood open, was held and was settled, night by night; one night is no trend."""
    if len(rows) < 2:
        return ""
    names = (("未解决", "s1", ("new_count", "open_count")), ("搁置", "s2", ("held_count",)),
             ("当晚销号", "s3", ("done_count",)))  # fmt: skip
    return chart.lines(
        "逐晚变化（项）",
        [str(row[0])[5:] for row in rows],
        [
            Series(
                name,
                style,
                [sum(_number(row[_at(sheets.TREND, c)]) for c in told) for row in rows],
            )
            for name, style, told in names
        ],
    )


def _tiles(rows: Sequence[Row]) -> str:
    """The county at a glance: a tile a township, darker with more to settle."""
    single = rows[:-1]
    at = _at(sheets.BY_TOWNSHIP, "findings")
    most = max((_number(row[at]) for row in single), default=0)
    tiles = "".join(
        f'<li class="h{_shade(row[at], most)}">{_text(row[0])}'
        f"<b>{_text(row[at])}<small> 项</small></b></li>"
        for row in single
    )
    return f'<ul class="tiles">{tiles}</ul>'


_PICTURES = {
    sheets.HEADLINE.query: _funding,
    sheets.BY_TOWNSHIP.query: _tiles,
    sheets.TREND.query: _trend,
}
_SHADED = (sheets.BY_FAMILY.query,)


def _table(sheet: Sheet, rows: Sequence[Row]) -> str:
    """The table with its roles written out: on a phone each row becomes a card, and
    without them readers aloud would lose what a cell belongs to."""
    columns = [
        (at, c) for at, c in enumerate(sheet.columns) if c.name not in _NOT_SHOWN
    ]
    first, rest = columns[0][0], columns[1:]
    head = "".join(
        f'<th scope="col" role="columnheader"{_kind(c)}>{html.escape(c.title)}</th>'
        for _, c in columns
    )
    single = rows[:-1] if sheet.has_total else rows
    most = max(
        (
            _number(row[at])
            for row in single
            for at, c in rest
            if c.role == "count" and c.name != "findings"
        ),
        default=0,
    )
    lines = []
    for number, row in enumerate(rows):
        is_total = number == len(single)
        shaded = sheet.query in _SHADED and not is_total
        cells = [f'<th scope="row" role="rowheader">{_text(row[first])}</th>']
        for at, column in rest:
            shade = shaded and column.name != "findings"
            kind = _kind(column, row[at], _shade(row[at], most) if shade else 0)
            label, unit = _named(column)
            cells.append(
                f'<td role="cell"{kind} data-label="{label}" data-unit="{unit}">'
                f"{_text(row[at])}</td>"
            )
        kind = ' class="total"' if is_total else ""
        lines.append(f'<tr role="row"{kind}>{"".join(cells)}</tr>')
    if not lines:
        return '<p class="none">（无）</p>'
    body = "\n".join(lines)
    name = html.escape(sheet.heading)
    return (
        f'<table role="table" aria-label="{name}">\n<thead role="rowgroup">'
        f'<tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}\n</tbody>\n</table>'
    )


def _at(sheet: Sheet, name: str) -> int:
    return [column.name for column in sheet.columns].index(name)


def _shade(value: object, most: int) -> int:
    """0 for nothing, then 1 to 5: steps a printer and a colour-blind eye can tell."""
    number = _number(value)
    return min(_SHADES, -(-number * _SHADES // most)) if number and most else 0


def _kind(column: Column, value: object = None, shade: int = 0) -> str:
    """The classes of a cell: a number, an amount, a zero, a shade."""
    words = ["n"] if column.role in _NUMBERS else []
    words += ["y"] if column.role == "yuan" else []
    words += ["z"] if value == 0 and column.role in _NUMBERS else []
    words += [f"h{shade}"] if shade else []
    return f' class="{" ".join(words)}"' if words else ""


_UNIT = re.compile(r"(.*?)(?:（([户人项元次行个]+)）)?")


def _named(column: Column) -> tuple[str, str]:
    """``资助人数（人）`` as what it is and its unit, for the cards of a phone."""
    name, unit = _UNIT.fullmatch(column.title).groups()  # type: ignore[union-attr]
    return html.escape(name), unit or ""


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int | float):
        return f"{value:,}"
    return html.escape(mask_text(str(value)))
