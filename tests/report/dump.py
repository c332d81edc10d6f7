"""A workbook as canonical text: form first, then address, value and style per row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl


def dump(path: Path) -> str:
    """All sheets of a workbook; styles are numbered and listed at the end."""
    book = openpyxl.load_workbook(path)
    styles: dict[str, str] = {}
    lines = [line for page in book.worksheets for line in _sheet(page, styles)]
    return (
        "\n".join([*lines, "== styles", *(f"{n} {s}" for s, n in styles.items())])
        + "\n"
    )


def _sheet(page: Any, styles: dict[str, str]) -> Iterator[str]:
    set_up = page.page_setup
    yield f"== {page.title}"
    widths = sorted(page.column_dimensions.items(), key=lambda item: item[1].min)
    yield "widths " + " ".join(
        f"{d.min}-{d.max}:{d.width:g}" if d.max > d.min else f"{d.min}:{d.width:g}"
        for _, d in widths
    )
    yield f"freeze {page.freeze_panes} filter {page.auto_filter.ref}"
    yield (
        f"print {set_up.orientation} paper {set_up.paperSize} titles "
        f"{page.print_title_rows} area {page.print_area or None}"
    )
    yield f"footer {page.oddFooter.left.text}|{page.oddFooter.center.text}|{page.oddFooter.right.text}"
    yield f"protected {page.protection.sheet} charts {len(page._charts)}"
    for found in page.data_validations.dataValidation:
        yield f"list {found.sqref} {found.formula1} stop={found.showErrorMessage}"
    if page.merged_cells.ranges:
        yield "merged " + " ".join(sorted(map(str, page.merged_cells.ranges)))
    for row in page.iter_rows():
        cells = [cell for cell in row if cell.value is not None or cell.has_style]
        if cells:
            high = page.row_dimensions[cells[0].row].height
            yield f"{cells[0].row} h{high:g}" if high else f"{cells[0].row}"
        for cell in cells:
            yield f"  {cell.coordinate} {_style(cell, styles)} {_value(cell.value)}".rstrip()


def _value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return repr(value)


def _style(cell: Any, styles: dict[str, str]) -> str:
    """A number for what the cell looks like."""
    font, fill, side = cell.font, cell.fill, cell.border
    parts = [
        font.name, f"{font.sz:g}", "bold" if font.b else "", cell.number_format,
        f"fill {fill.fgColor.rgb}" if fill.patternType else "",
        f"top {side.top.style}" if side.top.style else "",
        cell.alignment.horizontal or "", "wrap" if cell.alignment.wrap_text else "",
        "" if cell.protection.locked else "unlocked",
    ]  # fmt: skip
    text = " ".join(part for part in parts if part)
    return styles.setdefault(text, f"s{len(styles) + 1}")
