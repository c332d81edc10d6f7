"""Numbers that belong to nobody: identity, account, telephone, household.

Identity numbers lie in area 142230 with a birth date from 2000 on, when that code was
abolished, and in area 142299, never assigned, for older people (domain section 10).
"""

from __future__ import annotations

from datetime import date
from random import Random

from schemas.idnumber import check_digit

YOUNG_AREA, OLD_AREA = "142230", "142299"
ABOLISHED_IN = 2000
_BANK_BINS = ("621280", "621580", "622968")


class Numbers:
    """Draws numbers that are never drawn twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._used: set[str] = set()
        self._counters: dict[str, int] = {}

    def pid(self, birth: date, sex: str) -> str:
        """An 18-character number with a right check character and the sex's parity."""
        while True:
            sequence = self._rng.randrange(0, 500) * 2 + (sex == "男")
            pid = numbered(birth, sequence)
            if self.take(pid):
                return pid

    def take(self, number: str) -> bool:
        """Whether the number was free; it is taken now."""
        free = number not in self._used
        self._used.add(number)
        return free

    def twin_of(self, pid: str) -> str:
        """The number of a twin of the same sex: next in the sequence of that day."""
        head, sequence = pid[:14], int(pid[14:17])
        for step in (2, -2, 4, -4, 6, -6):
            if 0 <= sequence + step <= 999:
                first17 = f"{head}{sequence + step:03d}"
                if self.take(first17 + check_digit(first17)):
                    return first17 + check_digit(first17)
        raise ValueError("no free number beside this one")

    def account(self) -> str:
        """A 19-digit card number whose Luhn digit is wrong on purpose."""
        while True:
            body = self._rng.choice(_BANK_BINS) + f"{self._rng.randrange(10**12):012d}"
            number = f"{body}{(_luhn(body) + 5) % 10}"
            if self.take(number):
                return number

    def phone(self) -> str:
        """An 11-digit number of a range given to machines, not to people."""
        return f"141{self._rng.randrange(10**8):08d}"

    def running(self, prefix: str, width: int) -> str:
        """The next number of a series, as systems issue them."""
        count = self._counters.get(prefix, 0) + 1
        self._counters[prefix] = count
        return f"{prefix}{count:0{width - len(prefix)}d}"


def numbered(birth: date, sequence: int) -> str:
    """The identity number of a day of birth and a sequence in the invented areas."""
    area = YOUNG_AREA if birth.year >= ABOLISHED_IN else OLD_AREA
    first17 = f"{area}{birth:%Y%m%d}{sequence:03d}"
    return first17 + check_digit(first17)


def old_form(pid: str) -> str:
    """The 15-digit number that was issued before 1999 for the same person."""
    return pid[:6] + pid[8:17]


def _luhn(body: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10


def one_digit_off(pid: str, rng: Random, numbers: Numbers) -> str:
    """The number with one digit of day, month or sequence mistyped."""
    while True:
        place = rng.randrange(11, 17)
        digit = str((int(pid[place]) + rng.randrange(1, 10)) % 10)
        wrong = pid[:place] + digit + pid[place + 1 :]
        if not _looks_cut(wrong) and numbers.take(wrong):
            return wrong


def transposed(pid: str, rng: Random, numbers: Numbers) -> str | None:
    """Two neighbours swapped; null when no two neighbours differ."""
    places = [i for i in range(10, 16) if pid[i] != pid[i + 1]]
    rng.shuffle(places)
    for place in places:
        wrong = pid[:place] + pid[place + 1] + pid[place] + pid[place + 2 :]
        if not _looks_cut(wrong) and numbers.take(wrong):
            return wrong
    return None


def two_digits_off(pid: str, rng: Random, numbers: Numbers) -> str:
    """One digit mistyped and the check character made to fit: it looks valid."""
    while True:
        place = rng.randrange(14, 17)
        digit = str((int(pid[place]) + rng.randrange(1, 10)) % 10)
        first17 = pid[:place] + digit + pid[place + 1 : 17]
        wrong = first17 + check_digit(first17)
        if numbers.take(wrong):
            return wrong


def wrong_check(pid: str, rng: Random, numbers: Numbers) -> str:
    """The number with another check character."""
    while True:
        last = rng.choice([c for c in "0123456789" if c != pid[17]])
        wrong = pid[:17] + last
        if not _looks_cut(wrong) and numbers.take(wrong):
            return wrong


def impossible_day(pid: str, rng: Random, numbers: Numbers) -> str:
    """A birth date that does not exist, under a right check character."""
    while True:
        day = rng.choice(("0230", "0431", "0931", "1301", "0132", "0631"))
        first17 = f"{pid[:10]}{day}{rng.randrange(1000):03d}"
        wrong = first17 + check_digit(first17)
        if numbers.take(wrong):
            return wrong


def _looks_cut(number: str) -> bool:
    """Three zeros and a wrong check read as cut by Excel, which is another error."""
    return number.endswith("000")
