"""People very like the student who stand in the register too: the row means one of them."""

from __future__ import annotations

from datetime import date, timedelta

from schemas.synth.damage import numbers
from schemas.synth.damage.absent import HOME_COLUMNS, twin_name
from schemas.synth.damage.case import Case, Damage, Stage
from schemas.synth.people import Departure, Household, Person, Place

_WRITINGS: tuple[tuple[Damage, str], ...] = (
    (numbers.one_digit_wrong, "_digit_wrong"),
    (numbers.neighbours_swapped, "_swapped"),
    (numbers.as_number_cell, "_cut"),
)


def _registered(stage: Stage, home: Household, person: Person, name: str) -> Person:
    """Somebody of that name, age and sex in ``home``, with a number of the register."""
    pid = stage.numbers.pid(person.birth, person.sex)
    other = Person(
        home, stage.numbers.running("2", 17), name, person.sex, person.birth, pid,
        person.relation, pid,
    )  # fmt: skip
    home.members.append(other)
    return other


def _family(stage: Stage, place: Place, person: Person, name: str) -> Person:
    """A child of that name in a household of its own, its father another one."""
    old = person.household.head
    home = Household(stage.numbers.running(f"1{stage.county.code}", 16), place)
    father = _registered(stage, home, old, stage.new_name(old))
    father.relation = "户主"
    stage.county.households.append(home)
    return _registered(stage, home, person, name)


def twin_in_the_register(stage: Stage, case: Case) -> bool:
    """Both twins are registered, their numbers two or three apart."""
    person = case.person
    pid = stage.beside(person.pid, (1, 2, 3, -1, -2, -3))
    name = twin_name(stage, person, sounds=True) or twin_name(
        stage, person, sounds=False
    )
    if pid is None or name is None or person is case.home.head:
        return False
    twin = _registered(stage, case.home, person, name)
    twin.pid = twin.number = pid
    return True


def cousin_in_the_register(stage: Stage, case: Case) -> bool:
    """The same name in the same village, under another father."""
    if case.person is case.home.head or not stage.is_alone(case.person):
        return False
    cousin = _family(stage, case.home.place, case.person, case.person.name)
    cousin.birth += timedelta(days=400)
    cousin.pid = cousin.number = stage.numbers.pid(cousin.birth, cousin.sex)
    return True


def cousin_in_the_register_no_number(stage: Stage, case: Case) -> bool:
    """The head tells them apart."""
    case.without_number()
    return cousin_in_the_register(stage, case)


def namesake_who_died(stage: Stage, case: Case) -> bool:
    """An older namesake of the village is on the list of departures."""
    if case.person is case.home.head or not stage.is_alone(case.person):
        return False
    dead = _family(stage, case.home.place, case.person, case.person.name)
    dead.departure = Departure("死亡", date(stage.county.years[0], 1, 20))
    case.without_number()
    case.roster |= {"head_name": None, "head_id_number": None}
    case.roster |= dict.fromkeys(HOME_COLUMNS)
    return True


def village_of_the_same_name(stage: Stage, case: Case) -> bool:
    """A namesake lives in the village of that name of another township."""
    here = case.home.place
    there = [
        place
        for place in stage.county.places
        if place.village == here.village and place.township != here.township
    ]
    if not there or not stage.is_alone(case.person):
        return False
    _family(stage, there[0], case.person, case.person.name)
    case.without_number()
    case.roster |= {"head_name": None, "head_id_number": None}
    case.roster |= dict.fromkeys(HOME_COLUMNS)
    return True


def _with(beside: Damage, number: Damage, label: str) -> Damage:
    def damage(stage: Stage, case: Case) -> bool:
        return number(stage, case) and beside(stage, case)

    damage.__name__ = f"{beside.__name__}{label}"
    return damage


DAMAGES: tuple[Damage, ...] = (
    *(
        _with(beside, number, label)
        for beside in (twin_in_the_register, cousin_in_the_register)
        for number, label in _WRITINGS
    ),
    cousin_in_the_register_no_number, namesake_who_died, village_of_the_same_name,
)  # fmt: skip
