"""Texts that most cells of some kinds hold, and what is written for them.

Most of a county's different cells are numbers of eighteen characters, names of three
and days of ten, every one of them another. For these nothing has to be found out, and
many are written at once; their kind's parser says the same of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.kinds import EASY_ID, EASY_NAME
from schemas.text import name_keys


@dataclass(frozen=True)
class Ordinary:
    """``pattern``: the whole of such a text, which has no quotation mark. ``fields``:
    what is written for each, the text as read first, or nothing where the value is it.
    """

    pattern: re.Pattern[str]
    fields: Callable[[Sequence[str]], list[str]]


def _as(form: str) -> Callable[[Sequence[str]], list[str]]:
    return lambda texts: list(map(form.format, texts))


def _names(texts: Sequence[str]) -> list[str]:
    return list(map(',"{}","{}"'.format, texts, name_keys(texts)))


# The days that every month has.
_DAY = re.compile("(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])")
_DIGITS = Ordinary(re.compile("[0-9]+"), _as(',"{0}"'))
_DAYS = Ordinary(_DAY, _as('"{0}",{0}'))
ORDINARY = {
    "id_number": Ordinary(EASY_ID, _as(',"{0}","{0}","id18",')),
    "person_name": Ordinary(EASY_NAME, _names),
    **dict.fromkeys(("phone", "account", "opaque_no"), _DIGITS),
    **dict.fromkeys(("day", "entry_day", "leaving_day", "month_start"), _DAYS),
}
