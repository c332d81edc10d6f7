"""Families: households of a village with their people, types and monitoring."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from random import Random

from schemas.synth.careers import Shape, choose_path, give_schooling, junior_start
from schemas.synth.names import given_name, surname
from schemas.synth.numbers import Numbers, old_form
from schemas.synth.people import County, Departure, Household, Person, Place

_OLD_ENOUGH_FOR_15 = 1955
CATEGORIES = ("脱贫不稳定户", "边缘易致贫户", "突发严重困难户")


def month(year: int, number: int, last: bool = False) -> date:
    """The first day of a month, or the last one."""
    return date(year, number, monthrange(year, number)[1] if last else 1)


class Families:
    """Makes households; holds the draws so that the order of calls is the seed."""

    def __init__(
        self, county: County, numbers: Numbers, rng: Random, shape: Shape
    ) -> None:
        self.county, self.numbers, self.rng, self.shape = county, numbers, rng, shape

    def person(
        self, home: Household, relation: str, sex: str, birth: date, family: str
    ) -> Person:
        """A new member of ``home``; the number is also what the register writes."""
        pid = self.numbers.pid(birth, sex)
        person = Person(
            household=home,
            no=self.numbers.running("2", 17),
            name=family + given_name(self.rng, sex),
            sex=sex,
            birth=birth,
            pid=pid,
            relation=relation,
            number=self._written(pid, birth),
            account=self.numbers.account(),
        )
        home.members.append(person)
        return person

    def _written(self, pid: str, birth: date) -> str:
        chance = self.rng.random()
        if birth.year < _OLD_ENOUGH_FOR_15 and chance < 0.2:
            return old_form(pid)
        if chance > 0.985:
            mark = "B1" if chance > 0.998 else ""
            return f"{pid}{self.rng.randint(1, 7)}{self.rng.randint(1, 4)}{mark}"
        return pid

    def birth(self, age: int) -> date:
        year = self.county.as_of.year - age
        return date(year, self.rng.randint(1, 12), self.rng.randint(1, 28))

    def child(self, home: Household, age: int, family: str, relation: str) -> Person:
        """A child with its schooling so far; ``relation`` 之子 or 之孙子 by sex."""
        sex = self.rng.choice("男女")
        if sex == "女":
            relation = {"之子": "之女", "之孙子": "之孙女"}[relation]
        return self.schooled(self.person(home, relation, sex, self.birth(age), family))

    def schooled(self, person: Person, path: str = "") -> Person:
        path = path or choose_path(self.rng, self.shape)
        goes_on = junior_start(person.birth) + 3
        if path == "dropout" and goes_on + 1 > self.county.years[0]:
            path = "work"  # a funded year before it would be an unexplained break
        give_schooling(self.rng, person, path)
        if path == "army":
            self._enlist(person, goes_on)
        return person

    def _enlist(self, person: Person, entry: int) -> None:
        """Joins up after the first or second year; the list of departures says so."""
        year = entry + self.rng.choice((1, 2))
        if self.county.years[0] < year <= self.county.years[2]:
            person.departure = Departure("参军", date(year, 9, 10))
            person.trap = "army"

    def household(self, place: Place) -> Household:
        """An empty household, its kind and monitoring dates drawn."""
        rng = self.rng
        home = Household(
            no=self.numbers.running(f"1{self.county.code}", 16),
            place=place,
            phone=self.numbers.phone(),
            account=self.numbers.account(),
        )
        chance = rng.random()
        if chance < 0.03:
            home.is_policy_off = True
        elif chance < 0.10:
            self.monitor(home, CATEGORIES[0])
        elif chance > 0.82:
            home.type = "一般农户"
            self.monitor(home, CATEGORIES[1 if chance < 0.95 else 2])
        return home

    def monitor(self, home: Household, category: str) -> None:
        """Identify the household, and for two in five eliminate its risk later."""
        first = self.county.years[0]
        found = self.rng.randrange(0, 12 * 3 + 2)
        home.category = category
        home.identified = month(first + (5 + found) // 12, (5 + found) % 12 + 1)
        done = found + self.rng.randint(8, 26)
        if self.rng.random() < 0.4 and done <= 12 * 3 + 2:
            home.eliminated = month(
                first + (5 + done) // 12, (5 + done) % 12 + 1, last=True
            )

    def _child_ages(self) -> list[int]:
        ages = []
        for _ in range(self.rng.choice((1, 1, 2, 2, 2, 3))):
            young = self.rng.random() < self.shape.youth
            ages.append(self.rng.randint(14, 22) if young else self.rng.randint(1, 27))
        return sorted(ages, reverse=True)

    def family(self, place: Place, family: str = "") -> Household:
        """One household with its people; ``family`` fixes the surname."""
        home = self.household(place)
        family = family or surname(self.rng)
        chance = self.rng.random()
        if chance < 0.70:
            self._parents_and_children(home, family)
        elif chance < 0.90:
            self.couple(home, family, self.rng.randint(58, 82))
        else:
            self.grandparents_and_grandchildren(home, family)
        return home

    def couple(self, home: Household, family: str, age: int) -> None:
        self.person(home, "户主", "男", self.birth(age), family)
        self._schooled_long_ago(home.head)
        if self.rng.random() < 0.8:
            birth = self.birth(age - self.rng.randint(-2, 5))
            wife = self.person(home, "配偶", "女", birth, surname(self.rng))
            self._schooled_long_ago(wife)

    def _schooled_long_ago(self, person: Person) -> None:
        person.education[0] = self.rng.choice(("小学", "小学", "初中", "初中", "高中"))

    def _parents_and_children(self, home: Household, family: str) -> None:
        ages = self._child_ages()
        self.couple(home, family, ages[0] + self.rng.randint(22, 33))
        for age in ages:
            self.child(home, age, family, "之子")
        if self.rng.random() < 0.25:
            age = self.county.as_of.year - home.head.birth.year
            birth = self.birth(age + self.rng.randint(20, 28))
            self.person(home, "之母", "女", birth, surname(self.rng))

    def grandparents_and_grandchildren(self, home: Household, family: str) -> None:
        ages = self._child_ages()[:2]
        self.couple(home, family, ages[0] + self.rng.randint(44, 58))
        for age in ages:
            self.child(home, age, family, "之孙子")
