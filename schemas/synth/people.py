"""What is true of the invented county: people, households, programmes, money.

These records are filled in steps (families, then traps, then errors), which is why
they are not frozen; nothing outside this package sees them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from schemas.kinds import Cell


@dataclass(frozen=True)
class Place:
    """A township and one of its villages."""

    township: str
    village: str


@dataclass(frozen=True)
class Raw:
    """A cell to be written exactly so: no mess may touch it."""

    cell: Cell


Value = str | int | float | bool | date | Raw | None


@dataclass(frozen=True)
class Programme:
    """One course of study; ``ends`` is the first school year after it."""

    kind: str
    label: str
    school: str
    major: str
    years: int
    entry: date

    @property
    def ends(self) -> int:
        return self.entry.year + self.years


@dataclass(frozen=True)
class Enrolment:
    """What a person is in one school year: the register's words for it."""

    state: str
    grade: int = 0
    programme: Programme | None = None


@dataclass(frozen=True)
class Departure:
    """人员自然减少: why and when."""

    reason: str
    on: date


@dataclass(eq=False)
class Household:
    """A household as the newest snapshot shows it.

    ``identified`` is the first, ``eliminated`` the last day of its month; ``former``
    is the household from which this one was split between the snapshots.
    """

    no: str
    place: Place
    type: str = "脱贫户"
    is_policy_off: bool = False
    category: str = ""
    identified: date | None = None
    eliminated: date | None = None
    is_flipped_back: bool = False
    former: Household | None = None
    is_registered: bool = True
    phone: str = ""
    account: str = ""
    trap: str = ""
    members: list[Person] = field(default_factory=list)

    @property
    def head(self) -> Person:
        return self.members[0]

    def is_entitled(self, day: date) -> bool:
        """Spec section 4, with Shanxi's ``term_start`` for eliminated households."""
        if self.type == "脱贫户" and not self.is_policy_off:
            return True
        if not self.category or self.identified is None or self.identified > day:
            return False
        return self.eliminated is None or self.eliminated > day


@dataclass(eq=False)
class Person:
    """One person; ``number`` is what the register writes, ``pid`` what is true.

    ``changes``: columns that a list writes otherwise, by its source, or its source and
    school year (``school_register 2022``); ``left_out``: lists, named so, that lack the
    person. Both are for the lists that follow from a person's life.
    """

    household: Household
    no: str
    name: str
    sex: str
    birth: date
    pid: str
    relation: str
    number: str
    is_registered: bool = True
    joined: date | None = None
    departure: Departure | None = None
    account: str = ""
    schooling: dict[int, Enrolment] = field(default_factory=dict)
    education: dict[int, str] = field(default_factory=dict)
    shown_states: tuple[str, str] | None = None
    shown_education: str = ""
    shown_number: Raw | None = None
    first_applied: int = 0
    remark: str = ""
    trap: str = ""
    is_touched: bool = False
    vanished: bool = False
    listed_again: dict[str, Value] | None = None
    works: bool = False
    changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def told(
        self, source: str, year: int, values: dict[str, Value]
    ) -> dict[str, Value]:
        """The values as a list of that source and school year writes them."""
        changes = self.changes
        return values | changes.get(source, {}) | changes.get(f"{source} {year}", {})

    def is_in(self, source: str, year: int) -> bool:
        """Whether such a list names the person at all."""
        return not self.left_out & {source, f"{source} {year}"}

    @property
    def known_as(self) -> str:
        """The register's pid: 18 characters of what the register writes."""
        return self.number[:18] if len(self.number) >= 18 else self.pid

    def programme_in(self, year: int) -> Programme | None:
        enrolment = self.schooling.get(year)
        return enrolment.programme if enrolment else None

    def education_in(self, year: int) -> str:
        """文化程度 at the start of a school year, of someone not in school."""
        done = [y for y in self.education if y <= year]
        return self.education[max(done)] if done else "文盲或半文盲"


@dataclass(eq=False)
class RosterRow:
    """One student in one school year; ``changes`` are columns written otherwise."""

    person: Person
    year: int
    batch: str
    amount: int
    changes: dict[str, Value] = field(default_factory=dict)


@dataclass(eq=False)
class Payment:
    """One line of a bank file."""

    person: Person
    year: int
    amount: int
    paid_on: date
    is_paid: bool = True
    reason: str = ""
    programme: str = "雨露计划"
    changes: dict[str, Value] = field(default_factory=dict)


@dataclass(eq=False)
class County:
    """The whole truth, and the calendar it is told by.

    ``years`` are the starting years of the two funded school years and of the one
    under review; ``promoted`` are the townships that have already moved everybody up.
    """

    code: str
    name: str
    as_of: date
    places: tuple[Place, ...]
    promoted: frozenset[str]
    old_places: tuple[Place, ...] = ()
    households: list[Household] = field(default_factory=list)
    strangers: list[Household] = field(default_factory=list)
    roster: list[RosterRow] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)

    @property
    def years(self) -> tuple[int, int, int]:
        return self.as_of.year - 3, self.as_of.year - 2, self.as_of.year - 1

    @property
    def snapshots(self) -> tuple[date, date, date]:
        """June's and September's export, and the monthly list of the winter before."""
        year = self.as_of.year
        autumn = max(date(year, 9, 20), self.as_of - timedelta(days=8))
        return date(year, 6, 10), autumn, date(year - 1, 12, 31)

    def people(self) -> list[Person]:
        return [person for home in self.households for person in home.members]

    def rows_of(self, person: Person) -> dict[int, list[RosterRow]]:
        found: dict[int, list[RosterRow]] = {}
        for row in self.roster:
            if row.person is person:
                found.setdefault(row.year, []).append(row)
        return found

    def state_shown(self, person: Person, snapshot: int) -> str:
        """在校生状况 as a snapshot (0 June, 1 September) shows it."""
        if person.shown_states is not None:
            return person.shown_states[snapshot == 1]
        moved_up = snapshot == 1 and person.household.place.township in self.promoted
        enrolment = person.schooling.get(self.as_of.year if moved_up else self.years[2])
        return enrolment.state if enrolment else ""


def reference_day(year: int) -> date:
    """Shanxi's reference day of a school year (a policy row; ruling 1)."""
    return date(year, 9, 1)


def period_no(year: int) -> str:
    return f"{year}-{year + 1}"
