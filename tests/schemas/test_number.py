"""问题编号: unique, typable, and every slip of the pen is noticed."""

import re
from math import gcd

import pytest

from schemas import number
from schemas.number import FINDING, QUESTION, Numbering, NumbersUsedUpError

MONTHS = (
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
)  # fmt: skip
SERIALS = (1, 2, 3, 31, 961, 14_999, 1_000_003, FINDING.count - 1)
BOTH = pytest.mark.parametrize(
    "series", [FINDING, QUESTION], ids=["finding", "question"]
)


@BOTH
def test_every_serial_has_its_own_number_and_comes_back(series: Numbering) -> None:
    assert gcd(series.stride, series.count) == 1
    numbers = [series.number(serial) for serial in range(1, 40_001)]
    assert len(set(numbers)) == 40_000
    assert [series.serial_of(text) for text in numbers] == list(range(1, 40_001))


@BOTH
def test_a_number_is_read_however_it_is_typed(series: Numbering) -> None:
    good = series.number(7)
    for typed in (good.lower(), f" {good[:3]}-{good[3:]} ", f"{good[:2]} {good[2:]}。"):
        assert series.read(typed) == good
    assert series.read(good + good[0]) is None


def test_the_alphabet_has_nothing_that_is_confused() -> None:
    assert len(set(number.ALPHABET)) == 31
    assert not set("01ILO") & set(number.ALPHABET)


@BOTH
@pytest.mark.parametrize("serial", SERIALS)
def test_every_wrong_character_is_noticed(series: Numbering, serial: int) -> None:
    good = series.number(serial)
    assert series.is_valid(good)
    for place in range(len(good)):
        for character in set(number.ALPHABET) - {good[place]}:
            assert not series.is_valid(good[:place] + character + good[place + 1 :])


@BOTH
@pytest.mark.parametrize("serial", SERIALS)
def test_every_exchange_of_two_characters_is_noticed(
    series: Numbering, serial: int
) -> None:
    good = series.number(serial)
    for i in range(len(good)):
        for j in range(i + 1, len(good)):
            swapped = list(good)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            assert "".join(swapped) == good or not series.is_valid("".join(swapped))


@pytest.mark.parametrize(
    "text", ["", "K7M3Q", "K7M3QXX", "k7m3qx", "O7M3QX", "村村村村村村"]
)
def test_what_is_no_number(text: str) -> None:
    assert not FINDING.is_valid(text)


def test_no_number_turns_into_a_number_or_a_date_in_a_spreadsheet() -> None:
    for serial in range(1, 20_000):
        text = QUESTION.number(serial)
        assert re.match("[A-Z]", text)
        assert not text.startswith(MONTHS)


def test_when_all_numbers_are_given_out_it_says_so() -> None:
    with pytest.raises(NumbersUsedUpError):
        FINDING.number(FINDING.count)
