"""Messes 1, 2 and 4 to 6: what stands over a table, and how its columns are called."""

from __future__ import annotations

from collections.abc import Callable

from schemas.synth.messes import structure
from schemas.synth.messes.operator import Mess, Pile, heading_of
from schemas.synth.sheets import Column, Line, Sheet
from schemas.synth.table import MADE_ON, spec_of, usable_headings
from schemas.text import fold

# 检测 for 监测 is what hands type; only spellings that are declared are known.
_TYPOS = (("监测", "检测"),)


def _rename(sheet: Sheet, place: int, heading: str) -> int:
    changed = heading != sheet.columns[place].heading
    sheet.columns[place].heading = heading
    heading_of(sheet).cells[place] = heading
    return int(changed)


def _each(pile: Pile, change: Callable[[str], str], share: float = 0.6) -> int:
    written = 0
    for _, sheet in pile.sheets():
        for place, column in enumerate(sheet.columns):
            if column.name and pile.some(share):
                written += _rename(sheet, place, change(column.heading))
    return written


def title_and_note(pile: Pile) -> int:
    """A title and a line with the time of the export over the heading."""
    written = 0
    for _, sheet in pile.sheets():
        note = Line("note", [f"导出时间：{MADE_ON.isoformat()} 09:30:00"])
        sheet.lines[:0] = [Line("title", [f"五寨县{spec_of(sheet).title}"]), note]
        written += 1
    return written


def heading_further_down(pile: Pile) -> int:
    """Titles, notes and blank rows until row five, seven or fifteen."""
    written = 0
    for _, sheet in pile.sheets():
        above = [
            Line("title", ["五寨县人民政府办公室"]),
            Line("blank", []),
            Line("note", ["填报单位：五寨县农业农村局", None, "联系电话：见文头"]),
        ]
        above += [Line("blank", []) for _ in range(pile.rng.choice((1, 3, 11)))]
        sheet.lines[:0] = above
        written += 1
    return written


def two_row_heading(pile: Pile) -> int:
    """Groups merged over fields."""
    written = 0
    for book, sheet in pile.sheets():
        before = len(sheet.merges)
        structure.two_row_heading(sheet, pile)
        written += len(sheet.merges) > before
        book.needs_merges = book.needs_merges or len(sheet.merges) > before
    return written


def doubled_heading(pile: Pile) -> int:
    """One heading twice; the second column is empty."""
    written = 0
    for book, sheet in pile.sheets():
        place = pile.rng.choice([p for p, c in enumerate(sheet.columns) if c.name])
        heading = sheet.columns[place].heading
        # A column of nothing but blanks is a twin nobody can tell from its brother.
        if not any(line.cells[place] for line in sheet.data):
            continue
        sheet.columns.append(Column(heading))
        heading_of(sheet).cells.append(heading)
        for line in sheet.data:
            line.cells.append(None)
        if sheet.columns[place].kind != "period":
            book.said.add("ING_DUP_HEADER")
        written += 1
    return written


def heading_typos(pile: Pile) -> int:
    """The mistyped heading, where it is known to be one."""
    written = 0
    for _, sheet in pile.sheets():
        spec = spec_of(sheet)
        for place, column in enumerate(sheet.columns):
            if not column.name:
                continue
            known = {fold(h) for h in spec.column(column.name).headings}
            for right, wrong in _TYPOS:
                typo = column.heading.replace(right, wrong)
                if typo != column.heading and fold(typo) in known:
                    written += _rename(sheet, place, typo)
    return written


def heading_brackets(pile: Pile) -> int:
    """Spellings with brackets, but of the other width and after a blank."""
    bracketed = _aliases(
        pile, lambda _: True, lambda heading: bool(set("（(") & set(heading))
    )
    return bracketed and _each(pile, _other_brackets, 1)


def _other_brackets(heading: str) -> str:
    if "（" in heading:
        return heading.replace("（", " (").replace("）", ")")
    return heading.replace("(", " （").replace(")", "）")


def heading_star(pile: Pile) -> int:
    return _each(pile, lambda heading: f"{heading}*")


def heading_leading_star(pile: Pile) -> int:
    return _each(pile, lambda heading: f"＊{heading}")


def heading_blanks(pile: Pile) -> int:
    return _each(pile, lambda heading: f" {heading[:1]}　{heading[1:]} ")


def heading_line_break(pile: Pile) -> int:
    return _each(pile, lambda heading: f"{heading[:2]}\n{heading[2:]}")


def heading_colon(pile: Pile) -> int:
    return _each(pile, lambda heading: f"{heading}：")


def place_headings(pile: Pile) -> int:
    """Other names of the same place columns in files of one system."""
    return _aliases(pile, lambda kind: kind == "division")


def heading_aliases(pile: Pile) -> int:
    """Any column under any of its known names."""
    return _aliases(pile, lambda _: True)


def _aliases(
    pile: Pile,
    of_kind: Callable[[str], bool],
    fits: Callable[[str], bool] = lambda _: True,
) -> int:
    written = 0
    for _, sheet in pile.sheets():
        spec = spec_of(sheet)
        used = {fold(c.heading) for c in sheet.columns}
        for place, column in enumerate(sheet.columns):
            if not column.name or not of_kind(column.kind):
                continue
            spellings = usable_headings(spec, column.name, used)
            if usable := [heading for heading in spellings if fits(heading)]:
                heading = pile.rng.choice(usable)
                used.add(fold(heading))
                written += _rename(sheet, place, heading)
    return written


MESSES = (
    Mess(6, place_headings, "truth"),
    Mess(6, heading_aliases, "truth"),
    Mess(5, heading_typos, "truth"),
    Mess(4, doubled_heading, "noted", ("ING_DUP_HEADER",)),
    Mess(5, heading_brackets, "truth"),
    Mess(5, heading_star, "truth"),
    Mess(5, heading_leading_star, "truth"),
    Mess(5, heading_blanks, "truth"),
    Mess(5, heading_line_break, "truth"),
    Mess(5, heading_colon, "truth"),
    Mess(2, two_row_heading, "truth"),
)
ABOVE = (
    Mess(1, title_and_note, "truth"),
    Mess(2, heading_further_down, "truth"),
)
