"""Places as people write them: the county before, a code, a whole address in one cell.

Only what leads to a known place is read; everything else stays as it is written, and
is proposed to, never guessed for, the county.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cached_property
from typing import NamedTuple

from schemas import reference
from schemas.text import division_key

_LEVELS = "省市县区旗州盟"
_CODE = re.compile(r"(?<![0-9])([0-9]{9})(?:[0-9]{3})?(?![0-9])")
_TOWN_ENDING = r"(?:镇|民族乡|乡|街道办事处|街道|办事处)?"


class Read(NamedTuple):
    """The keys that a pair of cells stands for; what is not read is as written."""

    township_key: str | None
    village_key: str | None


def township_of(key: str, known: Set[str]) -> str | None:
    """The known township that a cell names, also behind its county or by its code.

    ``"山西省五寨县三岔镇"``, ``"140928102"`` and ``"140928102 三岔镇"`` are 三岔镇.
    """
    if key in known:
        return key
    for rest in (*_behind_levels(key), re.sub(r"[0-9]", "", key)):
        short = division_key(rest) if rest else None
        if short in known:
            return short
    if code := _CODE.search(key):
        named = reference.township_codes().get(code[1])
        short = division_key(named) if named else None
        return short if short in known else None
    return None


def _behind_levels(key: str) -> list[str]:
    """What follows each 省, 市, 县 of the text, the longest rest first."""
    ends = [at for at, character in enumerate(key) if character in _LEVELS]
    return [key[at + 1 :] for at in ends if key[at + 1 :]]


class Places:
    """The known places of a county: key of township → keys of its villages."""

    def __init__(self, villages: Mapping[str, Set[str]]) -> None:
        self._villages = villages

    @cached_property
    def _everywhere(self) -> Set[str]:
        return frozenset(v for village in self._villages.values() for v in village)

    def read(self, township: str | None, village: str | None) -> Read:
        """What the two cells stand for, as keys."""
        town = township_of(township, self._villages.keys()) if township else None
        if township and town is None:
            address = self._address(township)
            if address and village in (None, address.village_key):
                return address
        found = town or township
        if village is None or self._is_known(found, village):
            return Read(found, village)
        for text in (village, *_behind_levels(village)):
            short = division_key(text)
            if short and self._is_known(found, short):
                return Read(found, short)
            address = self._address(text)
            if address and found in (None, address.township_key):
                return address
        if found is None and (code := _CODE.fullmatch(village)):
            return Read(township_of(code[1], self._villages.keys()), village)
        return Read(found, village)

    def _is_known(self, township: str | None, village: str) -> bool:
        if township is None:
            return village in self._everywhere
        return village in self._villages.get(township, ())

    def _address(self, text: str) -> Read | None:
        """``三岔镇东寨`` as 三岔镇 and 东寨村; the longest township's name first."""
        for rest in (text, *_behind_levels(text)):
            for town in sorted(self._villages, key=lambda key: (-len(key), key)):
                begun = re.match(re.escape(town) + _TOWN_ENDING, rest)
                village = division_key(rest[begun.end() :]) if begun else None
                if village in self._villages[town]:
                    return Read(town, village)
        return None
