"""Masking: what may be shown of numbers in books that leave the county office.

Identity numbers keep their length, 6 + stars + 4; cards show the last four digits;
telephones 3 + 4 stars + 4 (domain section 4.3). The text around them stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# As read, a number may be broken by blanks, "1422 3020 …", or by hyphens 6-8-4.
# A hyphen alone must not join two dates, "2021-09-01 至 2022-07-01".
_DIGIT = "[0-9\uff10-\uff19]"
_BLANK = r"[\s\u00a0\u200b-\u200f\u2060\u3000\ufeff]*"
_RUN = re.compile(
    rf"(?<!{_DIGIT}){_DIGIT}{{15,22}}[xXＸｘ]?(?!{_DIGIT})"
    rf"|1[3-9]{_DIGIT}[- ]{_DIGIT}{{4}}[- ]{_DIGIT}{{4}}(?!{_DIGIT})"
    rf"|{_DIGIT}{{6}}[-_.·/]{_DIGIT}{{8}}[-_.·/]{_DIGIT}{{3}}[0-9xXＸｘ\uff10-\uff19]"
    rf"|(?:{_DIGIT}{_BLANK}){{10,}}[0-9xXＸｘ\uff10-\uff19]"
)
# The same numbers written so that nobody should notice: any digit of any script, with
# marks between. Only what is a number by its parts is masked: a list of dates is not.
_VALUE = {
    **{chr(c): unicodedata.digit(chr(c)) for c in range(0x80, 0x20000)
       if unicodedata.digit(chr(c), None) is not None},
    **{c: n for n, c in enumerate("零一二三四五六七八九")}, "〇": 0,
}  # fmt: skip
_ANY = "[0-9" + "".join(sorted(_VALUE)) + "]"
_SEPARATOR = (
    r"[\s\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3000\ufeff"
    r"\-\u2010-\u2015\u2212\uff0d_/.·•|\\~～]"
)
_HIDDEN = re.compile(
    rf"{_ANY}(?:{_SEPARATOR}{{0,3}}{_ANY}){{10,}}(?:{_SEPARATOR}{{0,3}}[xXＸｘ])?"
)
_PROVINCES = frozenset(
    {
        *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
        *range(61, 66), 71, 81, 82, 83,
    }
)  # fmt: skip
_BORN = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_PHONE_GROUPS = frozenset(
    before + groups
    for before in ((), (2,))
    for groups in ((3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (4, 4, 3), (11,))
)
_FLOAT = re.compile(r"[0-9]\.[0-9]{7,}(?=[eE])")
_PHONE = re.compile(r"(?:86)?1[3-9][0-9]{9}")
_KEPT_HEAD, _KEPT_TAIL = 6, 4
_MOST_SHOWN = 4


def _bare(token: str) -> str:
    return re.sub(r"[^0-9X]", "", unicodedata.normalize("NFKC", token).upper())


def _looks_like_id(digits: str) -> bool:
    # Disability numbers carry the 18 in front; a lost digit leaves 17; old ones are 15.
    return len(digits) in (15, 20, 21, 22) or digits[6:8] in ("19", "20")


def _masked(digits: str, shown: frozenset[int]) -> str:
    n = len(digits)
    if n < 15:
        is_phone = _PHONE.fullmatch(digits) is not None
        return f"{digits[-11:-8]}****{digits[-4:]}" if is_phone else digits
    head = _KEPT_HEAD if _looks_like_id(digits) else 0
    return "".join(
        c if i < head or i >= n - _KEPT_TAIL or i in shown else "*"
        for i, c in enumerate(digits)
    )


def _differing(digits: str, others: frozenset[str]) -> frozenset[int]:
    """Masked places where a number differs from its look-alikes in the same item.

    Two numbers that mask alike would leave the visitor nothing to compare, so the
    few places that differ are shown; never more than four of them.
    """
    twins = [
        other
        for other in others
        if other != digits
        and len(other) == len(digits) >= 15
        and _masked(other, frozenset()) == _masked(digits, frozenset())
    ]
    places = {
        i
        for twin in twins
        for i, (a, b) in enumerate(zip(digits, twin, strict=True))
        if a != b
    }
    return frozenset(places) if len(places) <= _MOST_SHOWN else frozenset()


def _hidden(match: re.Match[str]) -> str:
    """A run of digits with marks between, masked where it holds a number."""
    text = match[0]
    places = [at for at, c in enumerate(text) if re.match(rf"{_ANY}|[xXＸｘ]", c)]
    digits = "".join(
        str(_VALUE.get(text[at], unicodedata.normalize("NFKC", text[at]).upper()))
        for at in places
    )
    for start in range(len(digits) - 14):
        for length in (18, 17, 15):
            part = digits[start : start + length]
            if len(part) == length and _is_number(part):
                first, last = places[start], places[start + length - 1] + 1
                return text[:first] + _masked(part, frozenset()) + text[last:]
    groups = tuple(len(part) for part in re.split(rf"{_SEPARATOR}+", text))
    is_whole = len(groups) == 1 or all(
        c.isspace() or c in _VALUE or c.isdigit() for c in text
    )
    is_card = (
        digits[:1] in ("3", "4", "5", "6", "9")
        and len(digits) >= 15
        and (set(groups[:-1]) == {4} and groups[-1] <= 4)
    )
    is_phone = _PHONE.fullmatch(digits) is not None and (
        is_whole or groups in _PHONE_GROUPS or set(groups) == {1}
    )
    if (is_whole and len(digits) >= 15) or is_card or is_phone:
        return _masked(digits, frozenset())
    return text


def _is_number(digits: str) -> bool:
    if "X" in digits[:-1] or int(digits[:2]) not in _PROVINCES:
        return False
    if len(digits) == 15:
        return _BORN.fullmatch("19" + digits[6:12]) is not None
    return _BORN.fullmatch(digits[6:14]) is not None


def mask_texts(texts: Sequence[str | None]) -> list[str | None]:
    """The texts of one item with every number masked, look-alikes kept apart."""
    numbers = frozenset(
        _bare(found) for text in texts if text for found in _RUN.findall(text)
    )

    def replace(match: re.Match[str]) -> str:
        digits = _bare(match[0])
        if len(digits) < 15 and not _PHONE.fullmatch(digits):
            return match[0]
        # A trailing blank belongs to the sentence, not to the number.
        rest = match[0][len(match[0].rstrip()) :]
        return _masked(digits, _differing(digits, numbers)) + rest

    def one(text: str | None) -> str | None:
        if not text:
            return text
        # 1.42230200501012E+17 shows fifteen digits of the number.
        text = _FLOAT.sub(lambda m: m[0][:7] + "*" * (len(m[0]) - 7), text)
        return _HIDDEN.sub(_hidden, _RUN.sub(replace, text))

    return [one(text) for text in texts]


_LONG = re.compile(r"[0-9]{6}[0-9*]{8,12}[0-9]{3}[0-9X]")


def folded_number(text: str) -> str:
    """Masked numbers broken after the tenth place, so that two stand in line."""
    return _LONG.sub(lambda found: f"{found[0][:10]}\n{found[0][10:]}", text)


def mask_text(text: str) -> str:
    """One text with every number in it masked."""
    return mask_texts([text])[0] or ""
