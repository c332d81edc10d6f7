"""问题编号 and 认定编号: the numbers by which people name a question on paper.

``K7M3QX``: a body and a check character, from 31 that nobody confuses (no 0 O 1 I L).
It counts and says nothing about the person; neighbours in the count look nothing
alike, so that a slip of the pen meets no other one. A finding's number has six
characters, that of a question about two records seven: which it is shows at a glance.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# A cell that begins with a digit may become a number in Excel (22E222), one that begins
# like a month a date (MAR234, DEC2345): the first character is none of J F M A S N D.
FIRST = "BCEGHKPQRTUVWXYZ"
_BASE = len(ALPHABET)  # a prime: what the check character rests on
_BETWEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff'\"`.,、，。_\-—–()（）【】\[\]]+")


class NumbersUsedUpError(Exception):
    """No number is left to give out."""


@dataclass(frozen=True)
class Numbering:
    """One series of numbers of ``length`` characters; each serial meets one number.

    ``stride`` is odd and no multiple of 31, so that counting by it meets every one.
    """

    length: int
    stride: int
    offset: int

    @property
    def count(self) -> int:
        return len(FIRST) * int(_BASE ** (self.length - 2))

    def number(self, serial: int) -> str:
        """The number of the serial-th, from 1; NumbersUsedUpError when none is left."""
        if not 0 < serial < self.count:
            raise NumbersUsedUpError
        rest = (serial * self.stride + self.offset) % self.count
        characters = []
        for _ in range(self.length - 2):
            rest, digit = divmod(rest, _BASE)
            characters.append(ALPHABET[digit])
        body = FIRST[rest] + "".join(reversed(characters))
        return body + ALPHABET[-self._weigh(body) % _BASE]

    def serial_of(self, number: str) -> int:
        """The serial behind a valid number: the inverse of ``number``."""
        rest = FIRST.index(number[0])
        for character in number[1:-1]:
            rest = rest * _BASE + ALPHABET.index(character)
        back = pow(self.stride, -1, self.count)
        serial: int = (rest - self.offset) * back % self.count
        return serial

    def is_valid(self, number: str) -> bool:
        """Whether a text is a number that can have been given out.

        Every single wrong character and every two exchanged ones are noticed.
        """
        return (
            len(number) == self.length
            and set(number) <= set(ALPHABET)
            and number[0] in FIRST
            and self._weigh(number) % _BASE == 0
        )

    def read(self, text: str) -> str | None:
        """The valid number that a cell shows, however spaced or cased; else null."""
        plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
        return plain if self.is_valid(plain) else None

    def _weigh(self, characters: str) -> int:
        """The check character weighs 1, the first character most."""
        weights = range(self.length, 0, -1)
        return sum(
            weight * ALPHABET.index(character)
            for weight, character in zip(weights, characters, strict=False)
        )


FINDING = Numbering(length=6, stride=9_132_277, offset=5_083_411)
QUESTION = Numbering(length=7, stride=283_114_601, offset=97_364_083)
