"""问题编号: the number by which people name a finding, on paper and by telephone.

``K7M3QX``: five characters and a check character, from 31 that nobody confuses (no 0 O
1 I L). It counts findings and says nothing about the person; neighbours in the count
look nothing alike, so that a slip of the pen meets no other finding.
"""

from __future__ import annotations

from pipelines.errors import YuluError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# A cell that begins with a digit may become a number in Excel (22E222), one that begins
# like a month a date (MAR234, DEC2345): the first character is none of J F M A S N D.
FIRST = "BCEGHKPQRTUVWXYZ"
LENGTH = 6
_BASE = len(ALPHABET)  # a prime: what the check character rests on
COUNT = len(FIRST) * _BASE ** (LENGTH - 2)
# Odd and no multiple of 31, so that counting by it meets every number once.
_STRIDE = 9_132_277
_OFFSET = 5_083_411
_BACK = pow(_STRIDE, -1, COUNT)
_WEIGHTS = range(LENGTH, 0, -1)


def finding_number(serial: int) -> str:
    """The number of the serial-th finding, from 1; YuluError when none is left."""
    if not 0 < serial < COUNT:
        raise YuluError("问题编号已用完，请联系维护人员。")
    rest = (serial * _STRIDE + _OFFSET) % COUNT
    characters = []
    for _ in range(LENGTH - 2):
        rest, digit = divmod(rest, _BASE)
        characters.append(ALPHABET[digit])
    body = FIRST[rest] + "".join(reversed(characters))
    return body + ALPHABET[-_weigh(body) % _BASE]


def serial_of(number: str) -> int:
    """The serial behind a valid number: the inverse of ``finding_number``."""
    rest = FIRST.index(number[0])
    for character in number[1:-1]:
        rest = rest * _BASE + ALPHABET.index(character)
    serial: int = (rest - _OFFSET) * _BACK % COUNT
    return serial


def is_valid(number: str) -> bool:
    """Whether a text is a number that can have been given out.

    Every single wrong character and every two exchanged ones are noticed.
    """
    return (
        len(number) == LENGTH
        and set(number) <= set(ALPHABET)
        and number[0] in FIRST
        and _weigh(number) % _BASE == 0
    )


def _weigh(characters: str) -> int:
    """The check character weighs 1, the first character most."""
    return sum(
        weight * ALPHABET.index(character)
        for weight, character in zip(_WEIGHTS, characters, strict=False)
    )
