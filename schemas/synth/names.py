"""Names of invented people, schools and majors, drawn from our own short lists."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any


@cache
def words() -> dict[str, Any]:
    """The lists of ``words.toml`` as they stand there."""
    file = Path(__file__).parent / "words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _characters(name: str) -> tuple[str, ...]:
    return tuple("".join(words()[name].split()))


def surname(rng: Random) -> str:
    """A surname; the first third of the list makes up most of the county."""
    surnames = _characters("surnames")
    return surnames[int(len(surnames) * rng.random() ** 1.8)]


def given_name(rng: Random, sex: str) -> str:
    """One or two characters, seven in ten people bearing two."""
    own = _characters("male" if sex == "男" else "female")
    last = rng.choice(own)
    if rng.random() < 0.3:
        return last
    return rng.choice(_characters("middle") + own) + last


def in_traditional(name: str) -> str:
    """The name as a bank or an old clerk writes it; the same when nothing differs."""
    pairs = str.maketrans(words()["simplified"], words()["traditional"])
    return name.translate(pairs)
