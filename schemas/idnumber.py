"""Identity numbers as they arrive: cleaned, classed, never repaired.

GB 11643 gives the 18-character number and its check character; disability cards
append category and grade (20) and a re-issue mark (22); a school-roll number is a
letter before the 18 (domain section 1.7).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from schemas.text import is_none_word

FORMS = ("id18", "id15", "disability", "student_no", "cut", "bad", "missing")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
# Capital Cyrillic Ha, Greek Chi and the multiplication sign pass for an X by eye.
_LOOK_ALIKES = str.maketrans("хХχΧ×✕ОоΟοOoIl", "XXXXXX00000011")
_JUNK = re.compile(r"[^0-9A-Za-z]")
_EXPONENT = re.compile(r"([0-9])(?:\.([0-9]+))?[eE]\+?([0-9]{1,2})")
_LEAST_KEPT = 10  # fewer digits do not reach past the birth year: no evidence


class IdNumber(NamedTuple):
    """What a cell says about a person's number.

    ``pid`` is the 18-character key (or the cleaned text of a bad one), ``kept`` the
    leading digits that a cut number still shows.
    """

    pid: str | None
    form: str
    kept: str | None


def check_digit(first17: str) -> str:
    """The check character that GB 11643 gives for 17 digits."""
    return _CHECK[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def has_valid_check(pid: str) -> bool:
    return check_digit(pid[:17]) == pid[17]


def birth_date(pid: str) -> date | None:
    """The date in digits 7 to 14, or null when they are no date."""
    try:
        return date(int(pid[6:10]), int(pid[10:12]), int(pid[12:14]))
    except ValueError:
        return None


def complete_15(number: str) -> str:
    """The 18-character form of a 15-digit number (all were issued before 2000)."""
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + check_digit(first17)


def clean(text: str) -> str:
    """Letters and digits only, half-width, upper case; formula text unwrapped."""
    text = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKES)
    return _JUNK.sub("", text).upper()


def parse_id(cell: object) -> IdNumber:
    """Class one cell; a number that Excel cut is never completed by guess."""
    if cell is None or isinstance(cell, bool):
        return IdNumber(None, "missing", None)
    if isinstance(cell, int | float):
        return _from_number(cell)
    return _from_text(str(cell))


def _from_number(cell: int | float) -> IdNumber:
    # int(1.42230200702021e17) ends in …20992: digits that nobody ever typed.
    digits = f"{Decimal(f'{cell:.15g}'):f}" if cell == cell and abs(cell) < 1e25 else ""
    digits = digits.partition(".")[0]
    if len(digits) == 15 and birth_date(complete_15(digits)):
        return IdNumber(complete_15(digits), "id15", None)
    if len(digits) >= 16:
        # A number cell keeps 15 significant digits; the tail is invented.
        return IdNumber(None, "cut", digits[:15])
    return IdNumber(digits or None, "bad", None)


@lru_cache(maxsize=200_000)
def _from_text(text: str) -> IdNumber:
    if is_none_word(text):
        return IdNumber(None, "missing", None)
    bare = unicodedata.normalize("NFKC", text).strip().strip("'\"=` \t")
    if exponent := _EXPONENT.fullmatch(bare):
        kept = (exponent[1] + (exponent[2] or ""))[:15]
        return IdNumber(None, "cut", kept if len(kept) >= _LEAST_KEPT else "")
    number = clean(re.sub(r"\.0+$", "", bare))
    if not number:
        return IdNumber(None, "missing", None)
    return _from_clean(number)


def _from_clean(number: str) -> IdNumber:
    if re.fullmatch(r"[0-9]{17}[0-9X]", number):
        if number.endswith("000") and not has_valid_check(number):
            return IdNumber(None, "cut", number[:15])
        return IdNumber(number, "id18", None)
    if re.fullmatch(r"[0-9]{15}", number):
        return IdNumber(complete_15(number), "id15", None)
    if re.fullmatch(r"[GJL][0-9]{17}[0-9X]", number):
        return IdNumber(number[1:], "student_no", None)
    if re.fullmatch(r"[0-9]{17}[0-9X][0-9]{2}(?:[0-9A-Z]{2})?", number):
        return IdNumber(number[:18], "disability", None)
    return IdNumber(number, "bad", None)
