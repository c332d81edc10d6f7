"""One roster row of the damaged county, and the hands that damage it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from schemas.synth.exports import register_values, roster_values
from schemas.synth.names import given_name
from schemas.synth.numbers import Numbers, numbered
from schemas.synth.people import County, Household, Person, RosterRow, Value


@dataclass
class Case:
    """A roster row, whom it is about, and what the register writes of that person.

    ``register``: columns written otherwise in the current snapshot, ``former`` in the
    older one; ``is_known``: whether the row must be linked (to nobody else, ever).
    """

    person: Person
    roster: dict[str, Value]
    kind: str = ""
    no: int = 0
    is_known: bool = True
    register: dict[str, Value] = field(default_factory=dict)
    former: dict[str, Value] = field(default_factory=dict)

    @property
    def home(self) -> Household:
        return self.person.household

    def without_number(self) -> None:
        self.roster |= {"id_number": None, "student_no": None}

    def write_number(self, number: Value) -> None:
        """This number, and no school number that would tell the right one."""
        self.roster |= {"id_number": number, "student_no": None}


class Stage:
    """The county being damaged: its draws, and the people added to it."""

    def __init__(self, county: County, numbers: Numbers, rng: Random) -> None:
        self.county, self.numbers, self.rng = county, numbers, rng
        self.names: dict[tuple[str, str], int] = {}
        for person in county.people():
            key = person.household.place.village, person.name
            self.names[key] = self.names.get(key, 0) + 1

    def is_alone(self, person: Person) -> bool:
        """Nobody else of that name lives in a village of that name."""
        return self.names.get((person.household.place.village, person.name), 0) <= 1

    def case(self, row: RosterRow) -> Case:
        return Case(row.person, roster_values(self.county, row))

    def absent(self, case: Case, name: str, birth: date, pid: str) -> None:
        """Turn the row into one about somebody of that household no register knows."""
        person = case.person
        other = Person(
            person.household, "", name, person.sex, birth, pid, person.relation, pid,
            is_registered=False,
        )  # fmt: skip
        school_no = "G" + pid if case.roster.get("student_no") else None
        case.roster |= {
            "name": name, "id_number": pid, "student_no": school_no, "person_no": None,
        }  # fmt: skip
        case.person, case.is_known = other, False

    def beside(self, pid: str, steps: tuple[int, ...]) -> str | None:
        """A free number of the same day, a few places on in the police's book."""
        for step in self.rng.sample(steps, len(steps)):
            sequence = int(pid[14:17]) + step
            if 0 <= sequence <= 999:
                birth = date(int(pid[6:10]), int(pid[10:12]), int(pid[12:14]))
                number = numbered(birth, sequence)
                if self.numbers.take(number):
                    return number
        return None

    def new_name(self, person: Person) -> str:
        """Another name of the same family that the village does not have."""
        while True:
            name = person.name[0] + given_name(self.rng, person.sex)
            if (person.household.place.village, name) not in self.names:
                return name

    def rename(self, person: Person, name: str) -> None:
        """Give the person this name everywhere."""
        place = person.household.place.village
        self.names[place, name] = self.names.get((place, name), 0) + 1
        person.name = name


# Whether the damage could be done to that row.
Damage = Callable[[Stage, Case], bool]


def register_row(county: County, person: Person, snapshot: int) -> dict[str, Value]:
    """What a snapshot says of the person before anybody damages it."""
    return register_values(county, person, snapshot, defaultdict(int))
