"""Messes 14 to 16, 18 and 19: nothing, yes and no, sex, and values of a list."""

from __future__ import annotations

from schemas import codes
from schemas.kinds import OPEN_LISTS, Cell
from schemas.synth.messes.operator import Mess, Pile, columns, spots
from schemas.synth.sheets import Line
from schemas.synth.table import DATES, SHARED

_NONE_WORDS = (
    "-",
    "--",
    "/",
    "\\",
    "无",
    "NaN",
    "nan",
    "NULL",
    "未享受",
    "不享受",
    " ",
    "\u3000",
)
_JOINERS = (",", "，", "、", ";", "；")
_PARTS = ("残疾", "长期慢性病", "患有大病")


def _is_own(name: str) -> bool:
    """What one member of a household lacks its others may tell."""
    return name not in SHARED


def none_words(pile: Pile) -> int:
    """Nothing, said in a word."""
    kinds = ("text", "person_name", "id_number", *DATES, "yes_no", "phone", "account")
    found = spots(pile, kinds, where=lambda cell: cell is None, share=0.9)
    written = 0
    for spot in found:
        word = pile.rng.choice(_NONE_WORDS)
        if spot.column.kind == "yes_no" and word in ("无", "未享受", "不享受"):
            written += spot.write(word, main=False)
        else:
            written += spot.write(word)
    return written


def _yes_no(pile: Pile, yes: Cell, no: Cell) -> int:
    return sum(
        spot.write(yes if spot.cell == "是" else no)
        for spot in columns(pile, "yes_no")
        if spot.cell
    )


def yes_no_digits(pile: Pile) -> int:
    return _yes_no(pile, 1, 0)


def yes_no_english(pile: Pile) -> int:
    return _yes_no(pile, "Yes", "NO")


def yes_no_ticks(pile: Pile) -> int:
    return _yes_no(pile, "√", "×")


def yes_no_points(pile: Pile) -> int:
    """``1.0`` by a program that took digits for numbers."""
    return _yes_no(pile, "1.0", "0.0")


def _has_number(line: Line) -> bool:
    wanted = line.wanted
    return wanted is not None and bool(wanted.typed.get("id_number", {}).get("_pid"))


def _sex(pile: Pile, men: str | int, women: str | int) -> int:
    """A figure means nothing without whole numbers beside it that say what it means."""
    is_figure = isinstance(men, int) or men.isdigit()
    if is_figure and not all(
        _has_number(line) for _, s in pile.sheets() for line in s.data
    ):
        return 0
    return sum(
        spot.write(men if spot.cell == "男" else women)
        for spot in columns(pile, "code:sex")
        if spot.cell
    )


def sex_in_two_characters(pile: Pile) -> int:
    return _sex(pile, "男性", "女性")


def sex_as_number(pile: Pile) -> int:
    return _sex(pile, 1, 2)


def sex_as_digit(pile: Pile) -> int:
    return _sex(pile, "1", "2")


def several_values(pile: Pile) -> int:
    """Several values of a list in one cell, in any order, joined in any way: read in
    the list's order; a text keeps them as they are."""
    written = 0
    lists = tuple(f"codes:{name}" for name in codes.names())
    for spot in spots(pile, ("text", *lists)):
        joiner = pile.rng.choice(_JOINERS)
        if spot.column.kind == "text":
            parts = list(_PARTS[: pile.rng.randrange(2, 4)])
            pile.rng.shuffle(parts)
            text = joiner.join(parts)
            written += spot.write(text, main=text)
            continue
        labels = codes.load(spot.column.kind[6:]).labels
        chosen = pile.rng.sample(labels, min(len(labels), pile.rng.randrange(2, 4)))
        told = ",".join(label for label in labels if label in chosen)
        written += spot.write(joiner.join(chosen), main=told)
    return written


def other_spellings(pile: Pile) -> int:
    """Codes in the older and freer spellings of their list, blanks around and inside."""
    written = 0
    kinds = tuple(f"code:{name}" for name in codes.names() if name != "sex")
    for spot in spots(pile, kinds, share=0.7):
        spellings = [
            code.seen
            for code in codes.load(spot.column.kind[5:]).codes
            if code.label == spot.cell
        ]
        text = pile.rng.choice(sorted(spellings))
        if pile.some() and len(text) > 2:
            text = f"{text[:2]} {text[2:]}"
        written += spot.write(f" {text}" if pile.some() else text)
    return written


def unknown_spelling(pile: Pile) -> int:
    """A value in none of the list's sets: nothing is read, and it is said; a list that
    is open by declaration keeps it."""
    kinds = tuple(f"code:{name}" for name in codes.names())
    written = 0
    for spot in spots(pile, kinds, named=_is_own, share=0.2):
        word = "甲乙丙类"
        written += spot.spoil(word, "ING_UNKNOWN_CODE")
        if spot.column.kind[5:] in OPEN_LISTS:
            spot.wanted.typed[spot.name][""] = word
    return written


SINGLE = (
    Mess(14, none_words, "truth"),
    Mess(15, yes_no_digits, "truth"),
    Mess(15, yes_no_english, "truth"),
    Mess(15, yes_no_ticks, "truth"),
    Mess(15, yes_no_points, "truth"),
    Mess(16, sex_in_two_characters, "truth"),
    Mess(16, sex_as_number, "truth"),
    Mess(16, sex_as_digit, "truth"),
)
LISTED = (
    Mess(18, several_values, "as_read"),
    Mess(19, other_spellings, "truth"),
    Mess(19, unknown_spelling, "null", ("ING_UNKNOWN_CODE",)),
)
