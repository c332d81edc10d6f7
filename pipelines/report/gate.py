"""The leak gate: which numbers a text shows in full, however they are written.

It shares nothing with the code that writes or masks. ``gate_book`` reads workbooks with
it, ``gate_file`` everything else.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

FULL, PHONE, CARD = "完整号码", "电话号码", "完整账号"

_BETWEEN = re.compile(r"(?<=[0-9])[\s\u200b-\u200f\u2060\ufeff]+(?=[0-9Xx])")
_LONG = re.compile(r"[0-9]{15,}")
_HYPHENED = re.compile(r"[0-9]{6}[-_.][0-9]{8}[-_.][0-9]{3}[0-9Xx]")
_PHONE = re.compile(
    r"(?<![0-9])(?:86)?1[3-9][0-9](?:[0-9]{8}|[- ][0-9]{4}[- ][0-9]{4})(?![0-9])"
)
# What a hurried eye passes over between two digits.
_MARKS = re.compile(
    "[\\s\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3000\ufeff\\-\u2010-\u2015\u2212"
    "_/.\xb7\u2022|\\\\~]"
)
_LOOSE = re.compile(r"[0-9](?:-{0,3}[0-9]){9,}(?:-{0,3}[Xx])?")
_LOOSE_PHONE = re.compile(
    r"(?:86-?)?1[3-9](?:[0-9]-[0-9]{4}-?[0-9]{4}|[0-9]{2}-[0-9]{3}-[0-9]{4}|[0-9]{5}-[0-9]{4}"
    r"|[0-9]-[0-9]{8}|[0-9]{2}-[0-9]{4}-[0-9]{3})"
    r"|(?:8-6-)?1-[3-9](?:-[0-9]){9}"
)
_CARD_GROUPS = re.compile(r"[3-69][0-9]{3}(?:-[0-9]{4}){2,4}(?:-[0-9]{1,4})?")
# Every character that stands for a figure, in whatever script.
_FIGURES = str.maketrans("〇零一二三四五六七八九", "00123456789") | {
    code: str(unicodedata.digit(chr(code)))
    for code in range(0x80, 0x20000)
    if unicodedata.digit(chr(code), None) is not None
}
_FIGURE = re.compile(r"[0-9]")
_LEAST = 11  # a telephone; nothing shorter is a number that must not be shown
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def leaks(text: str) -> list[str]:
    """Which kinds of number a text shows in full: identity, card, telephone."""
    plain = unicodedata.normalize("NFKC", text)
    figures = plain.translate(_FIGURES)
    if len(_FIGURE.findall(figures)) < _LEAST:
        return []
    joined = _BETWEEN.sub("", figures)
    found = set()
    if _LONG.search(joined) or _HYPHENED.search(figures):
        found.add(FULL)
    if _PHONE.search(figures):
        found.add(PHONE)
    found |= _disguised(figures)
    return sorted(found)


def _disguised(figures: str) -> set[str]:
    """Numbers in digits of other scripts or with marks between the digits."""
    found = set()
    for token in _LOOSE.findall(_MARKS.sub("-", figures)):
        digits = token.replace("-", "").upper()
        if any(_is_identity(digits[at : at + 18]) for at in range(len(digits) - 16)):
            found.add(FULL)
        if _LOOSE_PHONE.fullmatch(token):
            found.add(PHONE)
        if _CARD_GROUPS.fullmatch(token) and len(digits) >= 15:
            found.add(CARD)
    return found


def _is_identity(digits: str) -> bool:
    """Seventeen digits and a right check character, with a date that exists."""
    if len(digits) != 18 or not digits[:17].isdigit():
        return False
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False))
    if _CHECKS[total % 11] != digits[17]:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2099 and digits[0] in "1234568"
