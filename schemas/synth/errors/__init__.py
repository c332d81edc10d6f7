"""Named errors: what is put wrong on purpose, and the finding each must raise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from schemas.synth.errors import (
    entitlement,
    graduates,
    identity,
    money,
    places,
    registered,
    schooling,
    students,
)
from schemas.synth.errors.scene import Expected, Scene
from schemas.synth.numbers import Numbers
from schemas.synth.people import County

ErrorMaker = Callable[[Scene], list[Expected]]
ERRORS: dict[str, ErrorMaker] = {
    error.__name__: error
    for family in (
        identity,
        entitlement,
        schooling,
        money,
        registered,
        students,
        graduates,
        places,
    )
    for error in family.ERRORS
}
_MOST_TIMES = 60  # of one error in a county: many more would trip the flood breaker


def inject(
    county: County, numbers: Numbers, rng: Random, share: float
) -> tuple[tuple[Expected, ...], set[int]]:
    """Put ``share`` of the funded students wrong, evenly over all named errors.

    Each error happens at least once where somebody suits; one error a household. The
    ids of the household objects that carry one come back beside the findings.
    """
    scene = Scene(county, numbers, rng)
    times = round(share * len(scene.students) / len(ERRORS))
    expected: list[Expected] = []
    for _ in range(min(_MOST_TIMES, max(1, times))):
        for name, error in ERRORS.items():
            expected += [replace(found, error=name) for found in error(scene)]
    return tuple(expected), scene.used


__all__ = ["ERRORS", "Expected", "inject"]
