"""The damaged county: every kind by name, the same from the same seed."""

from __future__ import annotations

from datetime import date

from schemas.synth.careers import Shape
from schemas.synth.county import build
from schemas.synth.damage import DAMAGES, Case, damaged

SHAPE = Shape(youth=0.9, vocational=0.95)


def dealt(seed: int) -> list[Case]:
    county, numbers, rng = build("140928", date(2023, 9, 28), 3000, seed, SHAPE)
    return damaged(county, numbers, rng)


def test_the_same_seed_damages_alike() -> None:
    told = [(case.kind, case.roster, case.register, case.is_known) for case in dealt(5)]
    assert told == [(c.kind, c.roster, c.register, c.is_known) for c in dealt(5)]
    assert told != [(c.kind, c.roster, c.register, c.is_known) for c in dealt(6)]


def test_every_kind_is_dealt_and_a_household_has_one_row() -> None:
    cases = dealt(5)
    missing = DAMAGES.keys() - {case.kind for case in cases}
    # what needs a surname or a place that so small a county may lack
    assert len(missing) <= 6, missing
    homes = [id(case.home) for case in cases]
    assert len(set(homes)) == len(homes)


def test_absent_people_are_in_no_household() -> None:
    for case in dealt(5):
        listed = any(case.person is member for member in case.home.members)
        assert listed is not case.kind.startswith("absent_"), case.kind
