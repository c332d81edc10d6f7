"""The damaged county: every kind of damage that a roster row can suffer, by name.

``damaged`` deals the kinds out over the rows of an invented county, in the county's
order, so that each kind has as many rows as the next. The truth stays with the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from schemas.synth.damage import absent, beside, homes, names, numbers, register
from schemas.synth.damage.case import Case, Damage, Stage, register_row
from schemas.synth.numbers import Numbers
from schemas.synth.people import County, Person, RosterRow

__all__ = ["DAMAGES", "Case", "damaged", "register_row"]

DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for family in (numbers, names, homes, register, beside, absent)
    for damage in family.DAMAGES
}


def damaged(
    county: County,
    drawn: Numbers,
    rng: Random,
    kinds: Sequence[str] = tuple(DAMAGES),
) -> list[Case]:
    """The roster of the county, one kind of damage a row; a household has one row.

    One row a household keeps causes apart: a name changed for one row is the name in
    all of them. Rows that no kind suits stay right (``untouched``).
    """
    stage = Stage(county, drawn, rng)
    cases: list[Case] = []
    used: set[int] = set()
    dealt = dict.fromkeys(kinds, 0)
    for row in list(county.roster):
        home = row.person.household
        if id(home) in used or home.trap or home.former or _is_odd(row.person):
            continue
        used.add(id(home))
        case = _dealt(stage, row, sorted(kinds, key=lambda kind: dealt[kind]))
        if case.kind:
            dealt[case.kind] += 1
        case.no = len(cases)
        cases.append(case)
    return cases


def _is_odd(person: Person) -> bool:
    return bool(person.trap or person.departure)


def _dealt(stage: Stage, row: RosterRow, kinds: Sequence[str]) -> Case:
    """The row under the first kind that suits it; the rarest so far come first."""
    for kind in kinds:
        case = stage.case(row)
        name = case.person.name
        if DAMAGES[kind](stage, case):
            case.kind = kind
            return case
        case.person.name = name
    return stage.case(row)
