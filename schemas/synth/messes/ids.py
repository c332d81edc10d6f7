"""Messes 7 to 13: what becomes of an identity number on its way through a sheet."""

from __future__ import annotations

from collections.abc import Callable

from schemas.idnumber import has_valid_check
from schemas.kinds import Cell
from schemas.synth.messes.operator import Mess, Pile, Spot, spots
from schemas.synth.numbers import old_form

_FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789X"}
_KEPT = 15


def _is_whole(cell: Cell) -> bool:
    """An 18-character number as the card shows it."""
    return isinstance(cell, str) and len(cell) == 18 and cell.isascii()


def _has_x(cell: Cell) -> bool:
    return _is_whole(cell) and str(cell).endswith("X")


def _is_student(name: str) -> bool:
    """A card of a disabled person or a roll number is the person's own."""
    return name == "id_number"


def _numbers(
    pile: Pile, where: Callable[[Cell], bool] = _is_whole, share: float = 0.4
) -> list[Spot]:
    return spots(pile, "id_number", where=where, share=share)


def _rewrite(
    pile: Pile, change: Callable[[str], Cell], where: Callable[[Cell], bool] = _is_whole
) -> int:
    return sum(spot.write(change(spot.text)) for spot in _numbers(pile, where))


def _cut(spot: Spot, cell: Cell, kept: str) -> int:
    spot.wanted.problems[spot.name] = "ING_NUMERIC_ID"
    return spot.write(cell, pid=None, form="cut", kept=kept)


def id_as_number(pile: Pile) -> int:
    """A number cell keeps fifteen digits: the rest is gone for good."""
    written = 0
    for spot in _numbers(pile, lambda c: _is_whole(c) and not _has_x(c)):
        zeros = spot.text[:_KEPT] + "000"
        # One in eleven looks whole as text: only its cell shows that it is not.
        spot.book.needs_cells |= has_valid_check(zeros)
        written += _cut(spot, float(zeros), zeros[:_KEPT])
    return written


def id_in_scientific_notation(pile: Pile) -> int:
    """``1.42230E+17`` as text: too few digits to be evidence."""
    return sum(
        _cut(spot, f"{spot.text[0]}.{spot.text[1:6]}E+17", "")
        for spot in _numbers(pile)
    )


def id_tail_of_zeros(pile: Pile) -> int:
    """The fifteen digits and 000, made text again afterwards."""
    return sum(
        _cut(spot, spot.text[:_KEPT] + "000", spot.text[:_KEPT])
        for spot in _numbers(pile)
        if not has_valid_check(spot.text[:_KEPT] + "000")
    )


def id_point_zero(pile: Pile) -> int:
    """``142230200503120011.0``, by a program that took text for a number."""
    return _rewrite(
        pile, lambda text: f"{text}.0", lambda c: _is_whole(c) and not _has_x(c)
    )


def id_apostrophe(pile: Pile) -> int:
    return _rewrite(pile, lambda text: f"'{text}")


def id_tab(pile: Pile) -> int:
    return _rewrite(pile, lambda text: f"{text}\t")


def id_leading_tab(pile: Pile) -> int:
    return _rewrite(pile, lambda text: f"\t{text}")


def id_no_break_space(pile: Pile) -> int:
    return _rewrite(pile, lambda text: f"\u00a0{text}\u00a0")


def id_formula_text(pile: Pile) -> int:
    """``="1422…"``, as one public checker writes its csv."""
    return _rewrite(pile, lambda text: f'="{text}"')


def id_inner_blanks(pile: Pile) -> int:
    return _rewrite(pile, lambda text: f"{text[:6]} {text[6:14]}\u3000{text[14:]}")


def id_line_break(pile: Pile) -> int:
    return _rewrite(pile, lambda text: f"{text[:10]}\n{text[10:]}")


def id_carriage_return(pile: Pile) -> int:
    return _rewrite(pile, lambda text: f"{text[:8]}\t{text[8:]}\r\n")


def id_zero_width(pile: Pile) -> int:
    """Characters nobody sees, from a chat window."""
    return _rewrite(pile, lambda text: f"\u200b{text[:6]}\u200d{text[6:]}\ufeff")


def id_roll_prefix(pile: Pile) -> int:
    """``G`` and the number: the roll number stands in the column of the card."""
    return sum(
        spot.write(f"G{spot.text}", form="student_no")
        for spot in _numbers(pile)
        if _is_student(spot.name)
    )


def id_lower_x(pile: Pile) -> int:
    return _rewrite(pile, str.lower, _has_x)


def id_full_width(pile: Pile) -> int:
    return _rewrite(pile, lambda text: text.translate(_FULL_WIDTH))


def id_cyrillic_x(pile: Pile) -> int:
    return _rewrite(pile, lambda text: text.replace("X", "Х"), _has_x)


def id_times_sign(pile: Pile) -> int:
    return _rewrite(pile, lambda text: text.replace("X", "×"), _has_x)


def _is_old(cell: Cell) -> bool:
    return _is_whole(cell) and str(cell)[6:8] == "19"


def id_fifteen_digits(pile: Pile) -> int:
    """The card of before 1999."""
    return sum(
        spot.write(old_form(spot.text), form="id15") for spot in _numbers(pile, _is_old)
    )


def id_fifteen_as_number(pile: Pile) -> int:
    """Fifteen digits survive in a number cell."""
    return sum(
        spot.write(int(old_form(spot.text)), form="id15")
        for spot in _numbers(pile, _is_old)
    )


def id_disability_card(pile: Pile) -> int:
    """Kind and grade of a disability after the eighteen."""
    return _disability(pile, "43")


def id_disability_card_again(pile: Pile) -> int:
    """Twenty and the mark of a card issued again."""
    return _disability(pile, "21B1")


def _disability(pile: Pile, tail: str) -> int:
    return sum(
        spot.write(spot.text + tail, form="disability")
        for spot in _numbers(pile)
        if _is_student(spot.name)
    )


MESSES = (
    Mess(7, id_as_number, "null", ("ING_NUMERIC_ID",)),
    Mess(7, id_in_scientific_notation, "null", ("ING_NUMERIC_ID",)),
    Mess(7, id_tail_of_zeros, "null", ("ING_NUMERIC_ID",)),
    Mess(7, id_point_zero, "truth"),
    Mess(8, id_apostrophe, "truth"),
    Mess(8, id_tab, "truth"),
    Mess(8, id_leading_tab, "truth"),
    Mess(8, id_no_break_space, "truth"),
    Mess(8, id_formula_text, "truth"),
    Mess(9, id_inner_blanks, "truth"),
    Mess(9, id_line_break, "truth"),
    Mess(9, id_carriage_return, "truth"),
    Mess(9, id_zero_width, "truth"),
    Mess(10, id_roll_prefix, "truth"),
    Mess(11, id_lower_x, "truth"),
    Mess(11, id_full_width, "truth"),
    Mess(11, id_cyrillic_x, "truth"),
    Mess(11, id_times_sign, "truth"),
    Mess(12, id_fifteen_digits, "truth"),
    Mess(12, id_fifteen_as_number, "truth"),
    Mess(13, id_disability_card, "truth"),
    Mess(13, id_disability_card_again, "truth"),
)
