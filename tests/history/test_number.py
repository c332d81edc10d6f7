"""问题编号: unique, typable, and every slip of the pen is noticed."""

import re
from math import gcd

import pytest

from pipelines.errors import YuluError
from pipelines.history import number
from pipelines.history.number import finding_number, is_valid, serial_of

MONTHS = (
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
)  # fmt: skip
SERIALS = (1, 2, 3, 31, 961, 14_999, 1_000_003, number.COUNT - 1)


def test_every_serial_has_its_own_number_and_comes_back() -> None:
    assert gcd(number._STRIDE, number.COUNT) == 1
    numbers = [finding_number(serial) for serial in range(1, 40_001)]
    assert len(set(numbers)) == 40_000
    assert [serial_of(text) for text in numbers] == list(range(1, 40_001))


def test_the_alphabet_has_nothing_that_is_confused() -> None:
    assert len(set(number.ALPHABET)) == 31
    assert not set("01ILO") & set(number.ALPHABET)


@pytest.mark.parametrize("serial", SERIALS)
def test_every_wrong_character_is_noticed(serial: int) -> None:
    good = finding_number(serial)
    assert is_valid(good)
    for place in range(len(good)):
        for character in set(number.ALPHABET) - {good[place]}:
            assert not is_valid(good[:place] + character + good[place + 1 :])


@pytest.mark.parametrize("serial", SERIALS)
def test_every_exchange_of_two_characters_is_noticed(serial: int) -> None:
    good = finding_number(serial)
    for i in range(len(good)):
        for j in range(i + 1, len(good)):
            swapped = list(good)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            assert "".join(swapped) == good or not is_valid("".join(swapped))


@pytest.mark.parametrize(
    "text", ["", "K7M3Q", "K7M3QXX", "k7m3qx", "O7M3QX", "村村村村村村"]
)
def test_what_is_no_number(text: str) -> None:
    assert not is_valid(text)


def test_no_number_turns_into_a_number_or_a_date_in_a_spreadsheet() -> None:
    for serial in range(1, 20_000):
        text = finding_number(serial)
        assert re.match("[A-Z]", text)
        assert not text.startswith(MONTHS)


def test_when_all_numbers_are_given_out_it_says_so() -> None:
    with pytest.raises(YuluError, match="问题编号已用完"):
        finding_number(number.COUNT)
