"""People the register does not know, beside whom somebody very like them stands.

Every row here must be linked to nobody: the number is right, a digit of it is wrong,
it was cut by Excel, or it is missing.
"""

from __future__ import annotations

from datetime import date

from schemas.synth.damage import numbers
from schemas.synth.damage.case import Case, Damage, Stage
from schemas.synth.damage.names import SOUNDS, _like
from schemas.synth.numbers import numbered
from schemas.synth.people import Person

_WRITINGS: tuple[tuple[Damage, str], ...] = (
    (numbers.untouched, ""),
    (numbers.one_digit_wrong, "_digit_wrong"),
    (numbers.as_number_cell, "_cut"),
    (numbers.number_missing, "_no_number"),
)


# What ties a row to the household whose child it is not.
HOME_COLUMNS = (
    "household_no",
    "guardian_name",
    "guardian_id_number",
    "guardian_relation",
)


def twin_name(stage: Stage, person: Person, *, sounds: bool) -> str | None:
    """The person's name but for its last character; null where none sounds alike."""
    name = person.name
    other = _like(stage, name, SOUNDS) if sounds else name[:-1] + "丰"
    return None if other is None or other == name else other


def twin_sounding_alike(stage: Stage, case: Case) -> bool:
    name = twin_name(stage, case.person, sounds=True)
    pid = stage.beside(case.person.pid, (1, 2, 3, -1, -2, -3))
    if name is None or pid is None or case.person is case.home.head:
        return False
    stage.absent(case, name, case.person.birth, pid)
    return True


def twin_one_character_off(stage: Stage, case: Case) -> bool:
    name = twin_name(stage, case.person, sounds=False)
    pid = stage.beside(case.person.pid, (1, 2, 3, -1, -2, -3))
    if name is None or pid is None or case.person is case.home.head:
        return False
    stage.absent(case, name, case.person.birth, pid)
    return True


def sibling_with_neighbouring_number(stage: Stage, case: Case) -> bool:
    """Born two years apart, registered on one day: one number after the other."""
    person = case.person
    birth = person.birth.replace(
        year=person.birth.year + 2, day=min(person.birth.day, 28)
    )
    pid = numbered(birth, (int(person.pid[14:17]) + 1) % 1000)
    if person is case.home.head or not stage.numbers.take(pid):
        return False
    stage.absent(case, stage.new_name(person), birth, pid)
    return True


def cousin_of_the_same_name(stage: Stage, case: Case) -> bool:
    """Same village and name, another father, born another day."""
    person, head = case.person, case.home.head
    if person is head:
        return False
    birth = date(person.birth.year + 1, person.birth.month, min(person.birth.day, 28))
    pid = stage.numbers.pid(birth, person.sex)
    father = head.name[0] + "老" + head.name[-1]
    father_pid = stage.numbers.pid(head.birth, head.sex)
    stage.absent(case, person.name, birth, pid)
    case.roster |= {"head_name": father, "head_id_number": father_pid}
    case.roster |= dict.fromkeys(HOME_COLUMNS)
    return stage.is_alone(person)


def namesake_of_another_village(stage: Stage, case: Case) -> bool:
    person = case.person
    far = [p for p in stage.county.places if p.village != case.home.place.village]
    place = stage.rng.choice(far)
    if (place.village, person.name) in stage.names:
        return False
    pid = stage.numbers.pid(person.birth, person.sex)
    stage.absent(case, person.name, person.birth, pid)
    case.roster |= dict.fromkeys(HOME_COLUMNS)
    case.roster |= {
        "township": place.township, "village": place.village,
        "head_name": stage.new_name(person), "head_id_number": None,
    }  # fmt: skip
    return True


def child_of_a_registered_head(stage: Stage, case: Case) -> bool:
    person = case.person
    if person is case.home.head:
        return False
    name = stage.new_name(person)
    stage.absent(case, name, person.birth, stage.numbers.pid(person.birth, person.sex))
    return name not in {member.name for member in case.home.members}


def _with(absent: Damage, number: Damage, label: str) -> Damage:
    def damage(stage: Stage, case: Case) -> bool:
        return absent(stage, case) and number(stage, case)

    damage.__name__ = f"absent_{absent.__name__}{label}"
    return damage


def absent_child_with_the_head_s_number(stage: Stage, case: Case) -> bool:
    """The head stays the head: nobody takes the father for the student."""
    head = case.home.head
    if len(head.number) != 18 or not child_of_a_registered_head(stage, case):
        return False
    case.write_number(head.pid)
    return True


DAMAGES: tuple[Damage, ...] = (
    *(
        _with(absent, number, label)
        for absent in (
            twin_sounding_alike, twin_one_character_off,
            sibling_with_neighbouring_number, cousin_of_the_same_name,
            namesake_of_another_village, child_of_a_registered_head,
        )
        for number, label in _WRITINGS
    ),
    absent_child_with_the_head_s_number,
)  # fmt: skip
