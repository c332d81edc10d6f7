"""Amounts as clerks write them, in fen: figures, figures in 万, and numerals in words."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

_FIGURE = re.compile(
    r"(?:人民币|RMB|CNY)?[¥￥]?(-?[0-9]+(?:\.[0-9]+)?)(万)?元?整?(?:/?[每年人学期生]*)?"
)
_TEN_THOUSAND = 10_000
_LEAST_YUAN = 10  # nobody is paid nine yuan: such a figure is in 万元

# Financial and everyday numerals; 兩 and 圆 are the bank's forms.
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
_DIGITS |= {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"〇": 0, "两": 2, "兩": 2, "貳": 2, "參": 3, "陸": 6}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_IN_WORDS = re.compile(
    r"(?:人民币)?(?P<yuan>[零一二三四五六七八九壹贰叁肆伍陆柒捌玖〇两兩貳參陸十拾百佰千仟万萬]+)"
    r"[元圆圓](?:整|正)?"
)


class Amount(NamedTuple):
    """Fen, and whether the figure was written in units of ten thousand yuan."""

    fen: int
    was_in_ten_thousands: bool


def parse_amount(text: str, in_ten_thousands: bool = False) -> Amount | None:
    """The amount a text states; null when it is none.

    ``0.3``, ``0.3万`` and a 万元 heading mean 3,000 yuan; ``叁仟元整`` means it too.
    """
    bare = unicodedata.normalize("NFKC", text).replace(",", "")
    bare = re.sub(r"\s", "", bare)
    found = _FIGURE.fullmatch(bare)
    if found is None:
        words = _IN_WORDS.fullmatch(bare)
        yuan_said = _numeral(words["yuan"]) if words else None
        return None if yuan_said is None else Amount(yuan_said * 100, False)
    yuan = Decimal(found[1])
    is_small = 0 < yuan < _LEAST_YUAN
    if found[2] or (is_small and (in_ten_thousands or yuan != int(yuan))):
        return Amount(int((yuan * _TEN_THOUSAND * 100).to_integral_value()), True)
    return Amount(int((yuan * 100).to_integral_value()), False)


def _numeral(text: str) -> int | None:
    """``三千五百`` as 3500; null for an order of units that no number has.

    A bare last digit takes the next lower unit in speech (三千五 is 3500): such a
    text is refused, because on a receipt the same would be 3005.
    """
    whole, _, rest = text.replace("萬", "万").rpartition("万")
    if whole:
        left, right = _below_ten_thousand(whole), _below_ten_thousand(rest or "零")
        return None if left is None or right is None else left * _TEN_THOUSAND + right
    return _below_ten_thousand(rest)


def _below_ten_thousand(text: str) -> int | None:
    total, digit, last_unit, zero = 0, None, _TEN_THOUSAND, False
    for character in text:
        if character in _UNITS:
            unit = _UNITS[character]
            if unit >= last_unit:
                return None
            if digit is None and not (unit == 10 and not total):
                return None
            total += (1 if digit is None else digit) * unit
            digit, last_unit, zero = None, unit, False
        elif character in _DIGITS:
            if digit:
                return None
            zero = zero or _DIGITS[character] == 0
            digit = _DIGITS[character] or None
        else:
            return None
    if digit is not None and last_unit not in (10, _TEN_THOUSAND) and not zero:
        return None
    return total + (digit or 0)
