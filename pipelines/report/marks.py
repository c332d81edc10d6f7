"""The mark of a copy: to whom and on which night it went, and nothing about anybody.

It stands where re-saving keeps it: in cells of every sheet, in every footer and in the
properties. ``yulu explain MARK`` says whose copy it was.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

# No 0 O 1 I L: a mark is read out over the telephone. It begins with Y and has two
# groups, so that nobody takes it for a 问题编号.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 8


@dataclass(frozen=True)
class Recipient:
    """Whom one copy goes to, and its mark."""

    name: str
    mark: str

    @property
    def line(self) -> str:
        """The line that every copy shows."""
        return f"本件发给 {self.name}，编号 {self.mark}"


NOBODY = Recipient("", "")


def mark_of(county: str, as_of: date, book: str) -> str:
    """``YXXX-XXXX`` for one book of one night; the same book again, the same mark."""
    told = f"{county}|{as_of.isoformat()}|{book}"
    number = int.from_bytes(hashlib.sha256(told.encode("utf-8")).digest(), "big")
    characters = []
    for _ in range(_LENGTH - 1):
        number, at = divmod(number, len(_ALPHABET))
        characters.append(_ALPHABET[at])
    mark = "Y" + "".join(characters)
    return f"{mark[:4]}-{mark[4:]}"
