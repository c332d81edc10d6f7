"""总览.html: one page for leader and phone; no script, no network, no person."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

from pipelines.report import sheets
from pipelines.report.book import CLASSIFICATION, write_private
from pipelines.report.county import Rows
from pipelines.report.facts import Facts
from pipelines.report.masking import mask_text
from pipelines.report.query import Row
from pipelines.report.sheets import Column, Sheet

STYLE = Path(__file__).parent / "page.css"
_NUMBERS = ("count", "yuan")
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
        _POLICY,
        f"<title>{title}</title>\n<style>\n{STYLE.read_text('utf-8')}</style>",
        f"</head>\n<body>\n<main>\n<h1>{title}</h1>",
        f'<p class="mark">{CLASSIFICATION}　数据截至 {facts.as_of}{sample}</p>',
        f'<p class="about">{html.escape(facts.ground)}</p>',
        _figures(rows),
    ]
    bars = {sheets.HEADLINE.query: 3, sheets.BY_TOWNSHIP.query: 1}
    for sheet in sheets.OVERVIEW:
        # File names say who sent what: they stay in the county's own book.
        shown = [c.name for c in sheet.columns if c.name != "names"]
        parts.append(_table(sheet, rows[sheet.query], shown, bars.get(sheet.query)))
    parts.append("</main>\n</body>\n</html>\n")
    return write_private(path, "\n".join(parts).encode("utf-8"))


def _figures(rows: Rows) -> str:
    funded = rows[sheets.HEADLINE.query][-1]
    places = rows[sheets.BY_TOWNSHIP.query]
    asked = places[-1] if places else (None,) * len(sheets.BY_TOWNSHIP.columns)
    figures = (
        ("资助户数", funded[1], "户"),
        ("资助人数（不重复）", funded[2], "人"),
        ("资助人次", funded[3], "人次"),
        ("名册金额", funded[4], "元"),
        ("需要核实的差异", asked[1], "项"),
        ("涉及金额", asked[7], "元"),
    )
    cells = "".join(
        f"<div><dt>{name}</dt><dd>{_text(value or 0)} <small>{unit}</small></dd></div>"
        for name, value, unit in figures
    )
    return f'<dl class="figures">{cells}</dl>'


def _table(
    sheet: Sheet, rows: Sequence[Row], names: Sequence[str], bar: int | None
) -> str:
    columns = [(at, c) for at, c in enumerate(sheet.columns) if c.name in names]
    head = "".join(
        f'<th scope="col"{_kind(c)}>{html.escape(c.title)}</th>' for _, c in columns
    )
    single = rows[:-1] if sheet.has_total else rows
    most = max((_number(row[bar]) for row in single if bar is not None), default=0)
    lines = []
    for number, row in enumerate(rows):
        is_total = number == len(single)
        cells = [f'<th scope="row">{_text(row[0])}</th>']
        for at, column in columns[1:]:
            text = _text(row[at])
            if at == bar and most and not is_total:
                share = round(100 * _number(row[at]) / most)
                text += f'<i style="width:{share}%"></i>'
            cells.append(f"<td{_kind(column)}>{text}</td>")
        kind = ' class="total"' if is_total else ""
        lines.append(f"<tr{kind}>{''.join(cells)}</tr>")
    body = "\n".join(lines) or f'<tr><td colspan="{len(columns)}">（无）</td></tr>'
    return (
        f"<section>\n<h2>{html.escape(sheet.heading)}</h2>\n"
        f'<p class="about">{html.escape(sheet.unit)}。</p>\n'
        f'<div class="scroll" tabindex="0"><table>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table></div>\n</section>"
    )


def _kind(column: Column) -> str:
    return ' class="n"' if column.role in _NUMBERS else ""


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
