"""Messes 22, 27 and 28: which sheets and files one export is spread over."""

from __future__ import annotations

from dataclasses import replace

from schemas.synth.messes.operator import Mess, Pile
from schemas.synth.sheets import Book, Line, Sheet


def _part(sheet: Sheet, lines: list[Line], name: str) -> Sheet:
    """The sheet's heading, and what is above it, over some of its rows."""
    above = [
        replace(line, cells=list(line.cells))
        for line in sheet.lines
        if line.kind != "data"
    ]
    return Sheet(name, sheet.source, [replace(c) for c in sheet.columns], above + lines)


def _parts(sheet: Sheet, column: str) -> dict[str, list[Line]]:
    place = sheet.place_of(column)
    found: dict[str, list[Line]] = {}
    for line in sheet.data:
        told = str(line.cells[place] or "") if place is not None else ""
        found.setdefault(told, []).append(line)
    return found


def _by_sheets(pile: Pile, column: str) -> int:
    written = 0
    for book in pile.books:
        wanted = [sheet for sheet in book.sheets if sheet.source]
        for sheet in wanted:
            parts = _parts(sheet, column)
            if len(parts) < 2 or not all(parts):
                continue
            # Split before by something else: sheets of one name would be one.
            before = f"{sheet.name}-" if len(wanted) > 1 else ""
            at = book.sheets.index(sheet)
            book.sheets[at : at + 1] = [
                _part(sheet, lines, before + name) for name, lines in parts.items()
            ]
            written += 1
    return written


def sheet_per_township(pile: Pile) -> int:
    return _by_sheets(pile, "township")


def sheet_per_village(pile: Pile) -> int:
    """Villages of one name in two townships make one sheet: names must differ."""
    return _by_sheets(pile, "village")


def explanation_first(pile: Pile) -> int:
    """A sheet 说明 before the one that is wanted."""
    for book in pile.books:
        if book.sheets[0].name == "说明":
            continue
        lines = ["填表说明", "一、本表由县级统一导出。", "二、请勿改动表头。"]
        text = Sheet("说明", "", [], [Line("note", [line]) for line in lines])
        book.sheets.insert(0, text)
    return len(pile.books)


def empty_sheets(pile: Pile) -> int:
    """Sheet2 and Sheet3, as old Excel made them."""
    for book in pile.books:
        book.sheets += [Sheet(name, "", [], []) for name in ("Sheet2", "Sheet3")]
    return len(pile.books)


def hidden_dictionary(pile: Pile) -> int:
    """A hidden sheet with the values of drop-downs."""
    for book in pile.books:
        lines = [Line("note", [text]) for text in ("是", "否", "其他")]
        book.sheets.append(Sheet("字典", "", [], lines, is_hidden=True))
    return len(pile.books)


def wanted_sheet_hidden(pile: Pile) -> int:
    """The table itself is hidden behind a sheet of words."""
    explanation_first(pile)
    for _, sheet in pile.sheets():
        sheet.is_hidden = True
    return len(pile.books)


def head_count_in_name(pile: Pile) -> int:
    """The file's name tells how many rows it has, and tells it right."""
    return _counted(pile, 0)


def wrong_head_count_in_name(pile: Pile) -> int:
    """The name tells of more rows than there are: it is said."""
    changed = _counted(pile, 1)
    for book in pile.books:
        book.said.add("ING_TOTAL_MISMATCH")
    return changed


def _counted(pile: Pile, more: int) -> int:
    for book in pile.books:
        count = sum(len(sheet.data) for sheet in book.sheets) + more
        stem, dot, ending = book.path.partition(".")
        book.path = f"{stem}-共{count}人{dot}{ending}"
    return len(pile.books)


def wrong_head_count_of_sheet(pile: Pile) -> int:
    for book, sheet in pile.sheets():
        if not any(line.kind == "total" for line in sheet.lines):
            sheet.name = f"{sheet.name[:15]}（{len(sheet.data) + 2}人）"
            book.said.add("ING_TOTAL_MISMATCH")
    return sum(1 for _ in pile.sheets())


def split_in_two(pile: Pile) -> int:
    """The old limit of rows: _1 and _2, each with its heading."""
    books = []
    for book in pile.books:
        (sheet,) = (s for s in book.sheets if s.source)
        half = len(sheet.data) // 2
        if not half:  # a file with nobody in it is another mess
            books.append(book)
            continue
        stem, dot, ending = book.path.partition(".")
        for number, lines in enumerate((sheet.data[:half], sheet.data[half:]), 1):
            part = _part(sheet, lines, sheet.name)
            half_book = Book(
                f"{stem}_{number}{dot}{ending}", [part], said=set(book.said)
            )
            half_book.needs_cells = book.needs_cells
            half_book.needs_merges = book.needs_merges
            books.append(half_book)
    written = len(books) - len(pile.books)
    pile.books[:] = books
    return written


def rows_again_by_township(pile: Pile) -> int:
    """One township exported once more by its own login: rows counted once."""
    books = []
    for book in pile.books:
        (sheet,) = (s for s in book.sheets if s.source)
        parts = _parts(sheet, "township")
        if len(parts) < 2:
            continue
        name = min(parts)
        lines = parts[name]
        again = [_again(line) for line in lines]
        part = _part(sheet, again, sheet.name)
        stem, dot, ending = book.path.partition(".")
        # Among equal rows the first file's are kept: this one must come later.
        is_said = any(line.wanted and line.wanted.fate == "duplicate" for line in again)
        said = {"ING_DUP_ROWS"} if is_said else set()  # held rows are no doubles
        other = Book(f"{stem}（{name}）(1){dot}{ending}", [part], said=said)
        other.needs_cells = book.needs_cells
        books.append(other)
    pile.books += books
    return len(books)


def _again(line: Line) -> Line:
    wanted = line.wanted
    if wanted is not None:
        fate = wanted.fate if wanted.fate == "held" else "duplicate"
        reason = wanted.reason if wanted.fate == "held" else "ING_DUP_ROWS"
        wanted = replace(wanted, fate=fate, reason=reason)
    return replace(line, cells=list(line.cells), wanted=wanted)


def whole_file_again(pile: Pile) -> int:
    """The same bytes under another name: read once."""
    for book in pile.books:
        stem, dot, ending = book.path.partition(".")
        book.copies += (f"{stem}（副本）{dot}{ending}",)
    return len(pile.books)


MESSES = (
    Mess(28, split_in_two, "truth"),
    Mess(28, rows_again_by_township, "duplicate", ("ING_DUP_ROWS",)),
    Mess(22, sheet_per_township, "truth"),
    Mess(22, sheet_per_village, "truth"),
)
WRAPPED = (
    Mess(22, explanation_first, "truth"),
    Mess(22, empty_sheets, "truth"),
    Mess(22, hidden_dictionary, "truth"),
    Mess(22, wanted_sheet_hidden, "truth"),
    Mess(27, head_count_in_name, "truth"),
    Mess(27, wrong_head_count_in_name, "noted", ("ING_TOTAL_MISMATCH",)),
    Mess(27, wrong_head_count_of_sheet, "noted", ("ING_TOTAL_MISMATCH",)),
    Mess(28, whole_file_again, "duplicate"),
)
