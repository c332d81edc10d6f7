"""Choosing whom an error befalls: one error a household, so that causes stay apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from schemas.synth.careers import attend, programme
from schemas.synth.county import STANDARD, pay
from schemas.synth.names import given_name, surname
from schemas.synth.numbers import Numbers
from schemas.synth.people import (
    County,
    Household,
    Payment,
    Person,
    RosterRow,
    Value,
    period_no,
    reference_day,
)


@dataclass(frozen=True)
class Expected:
    """One finding that the product must raise; ``is_held``: computed, not issued."""

    rule_code: str
    subject_id: str
    period: str | None
    error: str = ""
    township: str = ""
    village: str = ""
    is_held: bool = False
    column: str = ""  # of September's register, without which nothing shows


@dataclass
class Student:
    """A funded person with the rows and Yulu payments by school year."""

    person: Person
    rows: dict[int, list[RosterRow]] = field(default_factory=dict)
    payments: dict[int, list[Payment]] = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        return sorted(self.rows)

    def write(self, column: str, value: Value, *, only: int | None = None) -> None:
        """Write a column otherwise in all rows, or in those of one year."""
        for year, rows in self.rows.items():
            for row in rows if only in (None, year) else ():
                row.changes[column] = value

    def write_paid(self, column: str, value: Value) -> None:
        for payments in self.payments.values():
            for payment in payments:
                payment.changes[column] = value


def drop_year(county: County, student: Student, year: int) -> None:
    """Take the rows and the Yulu payments of one year away."""
    gone = student.rows.pop(year, [])
    county.roster = [row for row in county.roster if row not in gone]
    drop_payments(county, student, year)


def drop_payments(county: County, student: Student, year: int) -> None:
    gone = student.payments.pop(year, [])
    county.payments = [payment for payment in county.payments if payment not in gone]


def students_of(county: County) -> list[Student]:
    """Everyone with a roster row, in the order of the roster."""
    students: dict[int, Student] = {}
    for row in county.roster:
        student = students.setdefault(id(row.person), Student(row.person))
        student.rows.setdefault(row.year, []).append(row)
    for payment in county.payments:
        if payment.programme == "雨露计划" and id(payment.person) in students:
            found = students[id(payment.person)].payments
            found.setdefault(payment.year, []).append(payment)
    return list(students.values())


class Scene:
    """The county while errors are being made; every household is used once."""

    def __init__(self, county: County, numbers: Numbers, rng: Random) -> None:
        self.county, self.numbers, self.rng = county, numbers, rng
        self.names = Counter(person.name for person in county.people())
        self.villages = Counter(place.village for place in county.places)
        self.students = [s for s in students_of(county) if self._is_free(s.person)]
        rng.shuffle(self.students)
        formers = {id(home.former) for home in county.households if home.former}
        self.used = formers

    def _is_free(self, person: Person) -> bool:
        home = person.household
        return not (home.trap or home.former or person.trap)

    def student(self, suits: Callable[[Student], bool]) -> Student | None:
        """The next untouched student of a unique name who suits; taken from now on."""
        for place, student in enumerate(self.students):
            home = student.person.household
            if id(home) in self.used or self.names[student.person.name] > 1:
                continue
            if suits(student):
                self.used.add(id(home))
                del self.students[place]
                return student
        return None

    def registered(self, suits: Callable[[Person], bool]) -> Person | None:
        """A registered person of a household without students who suits."""
        with_rows = {id(row.person.household) for row in self.county.roster}
        homes = self.county.households
        start = self.rng.randrange(len(homes))
        for home in homes[start:] + homes[:start]:
            if id(home) in self.used | with_rows or home.trap or home.former:
                continue
            for person in home.members:
                unique = self.names[person.name] == 1 and person.joined is None
                if unique and person.departure is None and suits(person):
                    self.used.add(id(home))
                    return person
        return None

    def is_only_student(self, student: Student) -> bool:
        """Nobody else of the household has rows or studies a trade."""
        home, person = student.person.household, student.person
        years = (*self.county.years, self.county.as_of.year)
        return person is not home.head and not any(
            other.programme_in(year)
            for other in home.members
            if other is not person
            for year in years
        )

    def is_entitled(self, person: Person, year: int) -> bool:
        return person.household.is_entitled(reference_day(year))

    def studies_on(self, student: Student, year: int) -> bool:
        """Vocational in both snapshots past the first year, the course going on."""
        course = student.person.programme_in(year)
        shown = student.person.schooling.get(self._shown_year(student.person))
        return bool(
            course
            and course.ends > year + 1
            and shown
            and shown.programme is course
            and not shown.state.endswith("一年级")  # the fourth of five years too
        )

    def _shown_year(self, person: Person) -> int:
        is_promoted = person.household.place.township in self.county.promoted
        return self.county.as_of.year if is_promoted else self.county.years[2]

    def drop_year(self, student: Student, year: int) -> None:
        """As if nobody had applied for that year, and nothing been paid."""
        drop_year(self.county, student, year)

    def drop_payments(self, student: Student, year: int) -> None:
        drop_payments(self.county, student, year)

    def paid(self, student: Student, year: int, amount: int, **more: object) -> Payment:
        """One more payment of that year."""
        on = date(year + 1, 7, self.rng.randint(1, 28))
        payment = Payment(student.person, year, amount, on)
        for name, value in more.items():
            setattr(payment, name, value)
        self.county.payments.append(payment)
        return payment

    def stranger(self, years: tuple[int, ...], head: Person | None = None) -> Student:
        """A student the register does not know; ``head`` may be one it does know."""
        rng, family = self.rng, head.name[0] if head else surname(self.rng)
        place = head.household.place if head else rng.choice(self.county.places)
        home = Household("", place, is_registered=False, account=self.numbers.account())
        entry = years[0] - rng.choice((0, 0, 3 - len(years)))
        if head is None:
            birth = date(entry - 15 - rng.randint(24, 32), 4, rng.randint(1, 28))
            head = self._outsider(home, "户主", "男", birth, family)
        else:
            home.members.append(head)  # the roster names the registered head
        birth = date(entry - 15, rng.randint(1, 8), rng.randint(1, 28))
        sex = rng.choice("男女")
        relation = "之子" if sex == "男" else "之女"
        child = self._outsider(home, relation, sex, birth, family)
        attend(child, programme(rng, "secondary", entry))
        self.county.strangers.append(home)
        student = Student(child)
        for year in years:
            row = RosterRow(child, year, "第一批", STANDARD)
            self.county.roster.append(row)
            student.rows[year] = [row]
            if year != self.county.years[2]:
                before = len(self.county.payments)
                pay(self.county, child, year, rng)
                mine = self.county.payments[before:]
                student.payments[year] = [p for p in mine if p.programme == "雨露计划"]
        return student

    def _outsider(
        self, home: Household, relation: str, sex: str, birth: date, family: str
    ) -> Person:
        name = family + given_name(self.rng, sex)
        while self.names[name]:
            name = family + given_name(self.rng, sex) + given_name(self.rng, sex)[-1]
        self.names[name] += 1
        pid = self.numbers.pid(birth, sex)
        person = Person(
            home, "", name, sex, birth, pid, relation, pid, is_registered=False,
            account=self.numbers.account(),
        )  # fmt: skip
        home.members.append(person)
        return person


def finding(
    code: str, student: Student | Person, year: int | None = None, subject: str = ""
) -> Expected:
    """The finding expected of a student; the subject is the register's number."""
    person = student.person if isinstance(student, Student) else student
    place = person.household.place
    return Expected(
        code,
        subject or person.known_as,
        None if year is None else period_no(year),
        "",
        place.township,
        place.village,
    )
