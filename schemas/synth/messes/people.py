"""Messes 31 to 34 and 36: names of people and places, and who stands where."""

from __future__ import annotations

from collections.abc import Callable

from schemas.synth.messes.operator import Mess, Pile, spots
from schemas.synth.names import in_traditional
from schemas.text import division_key, name_key

# Written one way on the card and another in a list; both lawful.
_VARIANTS = str.maketrans("峰坤升果哲国强村年斗辉剑", "峯堃昇菓喆囯強邨秊鬥煇劍")
_DOTS = ("·", "•", "・", ".", "‧", "．")
_PRIVATE = "\uf5a1"


def _rename(pile: Pile, change: Callable[[str], str], code: str | None = None) -> int:
    written = 0
    for spot in spots(pile, "person_name"):
        typed = spot.wanted.typed[spot.name]
        typed.pop("", None)
        cell = change(spot.text)
        written += spot.note(cell, code) if code else spot.write(cell)
    return written


def name_outer_blanks(pile: Pile) -> int:
    return _rename(pile, lambda text: f" {text}\u3000")


def name_inner_blank(pile: Pile) -> int:
    """``张　三``: names of two characters are set to the width of three."""
    return _rename(pile, lambda text: f"{text[0]}\u3000{text[1:]}")


def name_line_break(pile: Pile) -> int:
    return _rename(pile, lambda text: f"{text[0]}\n{text[1:]}")


def name_former(pile: Pile) -> int:
    """A former name in brackets, of either width."""
    wide = pile.some(0.5)
    left, right = ("（", "）") if wide else ("(", ")")
    return _rename(pile, lambda text: f"{text}{left}曾用名：{text[0]}小小{right}")


def name_dots(pile: Pile) -> int:
    """The dot of a name of another people, in one of its six shapes."""
    written = 0
    for spot in spots(pile, "person_name"):
        dot = pile.rng.choice(_DOTS)
        typed = spot.wanted.typed[spot.name]
        typed.pop("", None)
        typed["_key"] = name_key(f"{spot.text}·买买提")
        written += spot.write(f"{spot.text}{dot}买买提")
    return written


def name_traditional(pile: Pile) -> int:
    return _rename(pile, in_traditional)


def name_variant_characters(pile: Pile) -> int:
    return _rename(pile, lambda text: text.translate(_VARIANTS))


def name_private_character(pile: Pile) -> int:
    """A rare character from an old input method: kept, and said."""
    written = 0
    for spot in spots(pile, "person_name"):
        cell = f"{spot.text}{_PRIVATE}"
        spot.wanted.typed[spot.name] = {"_key": cell}
        written += spot.note(cell, "ING_ENCODING")
    return written


def name_lost_character(pile: Pile) -> int:
    """A character outside GBK became a question mark: kept, and said."""
    written = 0
    for spot in spots(pile, "person_name"):
        cell = f"{spot.text[0]}?"
        spot.wanted.typed[spot.name] = {"": cell, "_key": cell}
        written += spot.note(cell, "ING_ENCODING")
    return written


def head_and_student_swapped(pile: Pile) -> int:
    """The head's name in the student's column and the other way round: read as it
    stands, for linking and findings to see."""
    written = 0
    for _, sheet in pile.sheets():
        student, head = sheet.place_of("name"), sheet.place_of("head_name")
        if student is None or head is None:
            continue
        for line in sheet.data:
            wanted = line.wanted
            if wanted is None or wanted.touched & {"name", "head_name"}:
                continue
            if line.cells[student] and line.cells[head] and pile.some():
                line.cells[student], line.cells[head] = (
                    line.cells[head],
                    line.cells[student],
                )
                told = wanted.typed
                told["name"], told["head_name"] = told["head_name"], told["name"]
                wanted.touched |= {"name", "head_name"}
                written += 1
    return written


def village_suffixes(pile: Pile) -> int:
    """With 村, without, 村委会, 村民委员会: one village."""
    written = 0
    for spot in spots(pile, "division", named=lambda name: "village" in name):
        bare = spot.text.removesuffix("村")
        if not spot.text.endswith("村") or len(bare) < 2:
            continue
        tail = pile.rng.choice(("", "村委会", "村村委会", "村民委员会", "行政村"))
        written += spot.write(f"{bare}{tail}")
    return written


def place_blanks(pile: Pile) -> int:
    return sum(
        spot.write(f" {spot.text[:1]} {spot.text[1:]}\u3000")
        for spot in spots(pile, "division")
    )


def abolished_township(pile: Pile) -> int:
    """A township that exists no more: read as written, placed by the alias list."""
    return sum(
        spot.write(told, key=division_key(told))
        for spot in spots(pile, "division", named=lambda name: name == "township")
        if (told := pile.rng.choice(("梁家坪乡", "新寨乡", "五寨县居民办事处")))
    )


def phone_of_the_cadre(pile: Pile) -> int:
    """One number for many households: a rule's matter, read as it is."""
    number = pile.numbers.phone()
    return sum(spot.write(number, main=number) for spot in spots(pile, "phone"))


def several_people(pile: Pile) -> int:
    """``张三等3人``: nobody can say who, the row is held."""
    written = 0
    for spot in spots(
        pile, "person_name", named=lambda name: name == "name", share=0.2
    ):
        count = pile.rng.choice(("3人", "三人", "3名", " 3 人"))
        spot.wanted.fate, spot.wanted.reason = "held", "ING_SEVERAL_PEOPLE"
        written += spot.spoil(f"{spot.text}等{count}", "ING_SEVERAL_PEOPLE")
    return written


MESSES = (
    Mess(31, name_outer_blanks, "truth"),
    Mess(31, name_inner_blank, "truth"),
    Mess(31, name_line_break, "truth"),
    Mess(31, name_former, "truth"),
    Mess(31, name_dots, "truth"),
    Mess(31, name_traditional, "truth"),
    Mess(31, name_variant_characters, "truth"),
    Mess(31, name_private_character, "noted", ("ING_ENCODING",)),
    Mess(20, name_lost_character, "noted", ("ING_ENCODING",)),
    Mess(32, head_and_student_swapped, "as_read"),
    Mess(33, village_suffixes, "truth"),
    Mess(33, place_blanks, "truth"),
    Mess(33, abolished_township, "as_read"),
    Mess(34, phone_of_the_cadre, "as_read"),
    Mess(36, several_people, "held", ("ING_SEVERAL_PEOPLE",)),
)
