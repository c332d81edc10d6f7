"""Messes 23 to 26: rows that are nobody, and what is drawn over the rows that are."""

from __future__ import annotations

from collections.abc import Callable

from schemas.synth.messes import structure
from schemas.synth.messes.operator import Mess, Pile
from schemas.synth.sheets import Line, Sheet

_PAGE = 5
_NOTES = (
    "以上已核对",
    "以下为补发学生",
    "备注：以上学生均已公示无异议",
    "第1页 共3页",
    "截至2022年9月1日",
)


def running_numbers(pile: Pile) -> int:
    """序号 in front, from one again in every village."""
    for _, sheet in pile.sheets():
        structure.running_numbers(sheet, pile)
    return sum(1 for _ in pile.sheets())


def printed_pages(pile: Pile) -> int:
    """The heading, with both its rows, again on every printed page."""
    written = 0
    for _, sheet in pile.sheets():
        before = len(sheet.lines)
        structure.repeat_heading(sheet, _PAGE)
        written += len(sheet.lines) - before
    return written


def blank_rows(pile: Pile) -> int:
    return _insert(pile, lambda: Line("blank", []))


def blanks_of_spaces(pile: Pile) -> int:
    """Rows that only look empty."""
    return _insert(pile, lambda: Line("blank", [" ", "\u3000", None, "\t"]))


def notes_inside(pile: Pile) -> int:
    return _insert(pile, lambda: Line("note", [pile.rng.choice(_NOTES)]))


def _insert(pile: Pile, make: Callable[[], Line]) -> int:
    written = 0
    for _, sheet in pile.sheets():
        for after in [line for line in sheet.data[:-1] if pile.some(0.2)]:
            sheet.lines.insert(sheet.lines.index(after) + 1, make())
            written += 1
    return written


def totals(pile: Pile) -> int:
    """小计 after each township, 合计 at the end; the counts are right."""
    for _, sheet in pile.sheets():
        structure.totals(sheet, pile)
    return sum(1 for _ in pile.sheets())


def total_that_does_not_add_up(pile: Pile) -> int:
    """合计 one too high: a row may be missing, and it is said."""
    written = 0
    for book, sheet in pile.sheets():
        if any(line.kind == "total" for line in sheet.lines):
            continue
        count = len(sheet.data) + 1
        sheet.lines.append(Line("total", ["合计", f"共{count}人"]))
        book.said.add("ING_TOTAL_MISMATCH")
        written += 1
    return written


def footer(pile: Pile) -> int:
    for _, sheet in pile.sheets():
        structure.footer(sheet, pile)
    return sum(1 for _ in pile.sheets())


def footer_far_to_the_right(pile: Pile) -> int:
    for _, sheet in pile.sheets():
        pad: list[None] = [None] * (len(sheet.columns) // 2)
        sheet.lines.append(Line("note", [*pad, "负责人签字："]))
        sheet.lines.append(Line("note", [*pad, "2022年9月20日"]))
    return sum(1 for _ in pile.sheets())


def merged_household_blocks(pile: Pile) -> int:
    """Township, village and head stand only in the first row of their block."""
    written = 0
    for book, sheet in pile.sheets():
        if _has_odd_block_cells(sheet):
            continue
        before = len(sheet.merges)
        structure.merged_blocks(sheet, pile)
        written += len(sheet.merges) - before
        book.needs_merges = book.needs_merges or len(sheet.merges) > before
    return written


def _has_odd_block_cells(sheet: Sheet) -> bool:
    """Whether a cell of a block was written oddly: it then differs from its fellows."""
    return any(
        line.wanted is not None and line.wanted.touched & set(structure.BLOCK_COLUMNS)
        for line in sheet.data
    )


def hidden_rows(pile: Pile) -> int:
    """A filter left on: rows are hidden, and people all the same."""
    written = 0
    for _, sheet in pile.sheets():
        sheet.has_filter = True
        for line in sheet.data:
            line.is_hidden = pile.some()
            written += 1
    return written


def red_rows(pile: Pile) -> int:
    """Colour used as a meaning: nobody can know which."""
    written = 0
    for _, sheet in pile.sheets():
        for line in sheet.data:
            line.is_red = pile.some(0.2)
            written += 1
    return written


NUMBERED = (Mess(25, running_numbers, "truth"),)
MESSES = (
    Mess(25, printed_pages, "truth"),
    Mess(24, merged_household_blocks, "truth"),
    Mess(23, totals, "truth"),
    Mess(23, total_that_does_not_add_up, "noted", ("ING_TOTAL_MISMATCH",)),
    Mess(23, blank_rows, "truth"),
    Mess(23, blanks_of_spaces, "truth"),
    Mess(23, notes_inside, "truth"),
    Mess(23, footer, "truth"),
    Mess(23, footer_far_to_the_right, "truth"),
    Mess(26, hidden_rows, "truth"),
    Mess(26, red_rows, "truth"),
)
