"""Messes 34, 35 and 37: account numbers, phone numbers and amounts as clerks write them."""

from __future__ import annotations

from collections.abc import Callable

from schemas.kinds import Cell
from schemas.synth.messes.operator import Mess, Pile, columns, spots


def account_as_number(pile: Pile) -> int:
    """Nineteen digits in a number cell: the tail is invented."""
    written = 0
    for spot in spots(pile, ("account", "opaque_no")):
        spot.book.needs_cells = True  # zeros at the end of a text may be its own
        written += spot.spoil(float(spot.text), "ING_NUMERIC_ID")
    return written


def account_in_fours(pile: Pile) -> int:
    return sum(
        spot.write(" ".join(spot.text[i : i + 4] for i in range(0, len(spot.text), 4)))
        for spot in spots(pile, "account")
    )


def account_tail_of_zeros(pile: Pile) -> int:
    """``6.2128E+18`` as text."""
    return sum(
        spot.spoil(f"{spot.text[0]}.{spot.text[1:6]}E+18", "ING_NUMERIC_ID")
        for spot in spots(pile, "account")
    )


def phone_as_float(pile: Pile) -> int:
    return sum(spot.write(f"{spot.text}.0") for spot in spots(pile, "phone"))


def _money(pile: Pile, form: Callable[[int], Cell], code: str | None = None) -> int:
    written = 0
    for spot in columns(pile, "money"):
        fen = spot.wanted.typed[spot.name].get("")
        if isinstance(fen, int) and spot.cell is not None:
            cell = form(fen // 100)
            written += spot.note(cell, code) if code else spot.write(cell)
    return written


def money_in_ten_thousands(pile: Pile) -> int:
    """0.3 where 3,000 is meant."""
    return _money(pile, lambda yuan: yuan / 10000, "ING_TEN_THOUSANDS")


def money_in_ten_thousands_said(pile: Pile) -> int:
    return _money(pile, lambda yuan: f"{yuan / 10000:g}万元", "ING_TEN_THOUSANDS")


def money_with_commas(pile: Pile) -> int:
    return _money(pile, lambda yuan: f"{yuan:,.2f}元")


def money_text(pile: Pile) -> int:
    return _money(pile, lambda yuan: f"{yuan}.00")


def money_with_sign(pile: Pile) -> int:
    return _money(pile, lambda yuan: f"￥{yuan:,}")


def money_full_width(pile: Pile) -> int:
    wide = {ord(c): ord(c) + 0xFEE0 for c in "0123456789,."}
    return _money(pile, lambda yuan: f"{yuan:,.2f}".translate(wide))


_CAPITALS = {1500: "壹仟伍佰", 2000: "贰仟", 3000: "叁仟", 4000: "肆仟"}
_WORDS = {1500: "一千五百", 2000: "两千", 3000: "三千", 4000: "四千"}


def money_in_capitals(pile: Pile) -> int:
    """叁仟元整, as on receipts; 三千元, as people say it."""
    said = pile.some(0.5)
    return _money(
        pile, lambda yuan: f"{_WORDS[yuan]}元" if said else f"{_CAPITALS[yuan]}元整"
    )


def money_to_be_decided(pile: Pile) -> int:
    return sum(spot.spoil("待定", "ING_BAD_AMOUNT") for spot in spots(pile, "money"))


MESSES = (
    Mess(35, account_as_number, "null", ("ING_NUMERIC_ID",)),
    Mess(35, account_in_fours, "truth"),
    Mess(35, account_tail_of_zeros, "null", ("ING_NUMERIC_ID",)),
    Mess(34, phone_as_float, "truth"),
    Mess(37, money_in_ten_thousands, "noted", ("ING_TEN_THOUSANDS",)),
    Mess(37, money_in_ten_thousands_said, "noted", ("ING_TEN_THOUSANDS",)),
    Mess(37, money_with_commas, "truth"),
    Mess(37, money_text, "truth"),
    Mess(37, money_with_sign, "truth"),
    Mess(37, money_full_width, "truth"),
    Mess(37, money_in_capitals, "truth"),
    Mess(37, money_to_be_decided, "null", ("ING_BAD_AMOUNT",)),
)
