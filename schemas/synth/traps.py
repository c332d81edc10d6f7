"""What looks wrong and is right: every clean county carries these, and stays silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from schemas.synth.careers import attend, programme
from schemas.synth.families import CATEGORIES, Families, month
from schemas.synth.names import surname
from schemas.synth.people import Departure, Enrolment, Household, Person, Place

_ADULT_STUDENT_AGE = 37


def plant(families: Families, times: int) -> None:
    """Add every trap ``times`` times, in villages drawn from the seed."""
    for _ in range(times):
        for name, trap in TRAPS.items():
            before = len(families.county.households)
            trap(families)
            for home in families.county.households[before:]:
                home.trap = name


def _home(families: Families, place: Place | None = None) -> Household:
    """An entitled household without children, already in the county."""
    home = families.household(place or families.rng.choice(families.county.places))
    home.type, home.is_policy_off, home.category = "脱贫户", False, ""
    home.identified = home.eliminated = None
    families.couple(home, surname(families.rng), families.rng.randint(42, 52))
    families.county.households.append(home)
    return home


def _monitored(families: Families, category: str = CATEGORIES[1]) -> Household:
    home = _home(families)
    home.type = "脱贫户" if category == CATEGORIES[0] else "一般农户"
    home.category = category
    home.identified = month(families.county.years[0], 7)
    return home


def _student(
    families: Families, home: Household, entry: int, path: str = "secondary"
) -> Person:
    """A child of ``home`` who enters a trade school in the year ``entry``."""
    sex = families.rng.choice("男女")
    birth = date(entry - 15, families.rng.randint(1, 8), families.rng.randint(1, 28))
    relation = "之子" if sex == "男" else "之女"
    child = families.person(home, relation, sex, birth, home.head.name[0])
    return families.schooled(child, path)


def _older(families: Families, home: Household) -> None:
    """The couple becomes a generation older, and gets the numbers to match."""
    for member in home.members:
        member.birth = member.birth.replace(year=member.birth.year - 25)
        member.pid = member.number = families.numbers.pid(member.birth, member.sex)


def _twins(families: Families, second: str) -> None:
    """Numbers two digits apart: never a mistyped one."""
    home = _home(families)
    first = _student(families, home, families.county.years[1])
    twin = families.person(
        home, first.relation, first.sex, first.birth, home.head.name[0]
    )
    while twin.name == first.name:
        twin.name = first.name[0] + twin.name[1:] + "丰"
    twin.pid = twin.number = families.numbers.twin_of(first.pid)
    first.number = first.pid
    families.schooled(twin, second)


def twins_in_trade_school(families: Families) -> None:
    _twins(families, "secondary")


def twin_in_senior_school(families: Families) -> None:
    _twins(families, "senior")


def cousins_of_one_name(families: Families) -> None:
    """Same name, same village, same year, other people."""
    home = _home(families)
    other = _home(families, home.place)
    other.head.name = home.head.name[0] + other.head.name[1:]
    year = families.county.years[1]
    first, second = (_student(families, h, year) for h in (home, other))
    second.name = first.name


def rare_characters(families: Families) -> None:
    """A two-character surname, and characters beyond the first plane."""
    child = _student(families, _home(families), families.county.years[1])
    child.name = families.rng.choice(("欧阳", "司马")) + families.rng.choice("㛃䶮𬘭𠮷")


def villages_of_one_name(families: Families) -> None:
    """A student of one name in each of two villages that share theirs."""
    by_name: dict[str, list[Place]] = {}
    for place in families.county.places:
        by_name.setdefault(place.village, []).append(place)
    shared = [places for _, places in sorted(by_name.items()) if len(places) > 1]
    if not shared:
        return
    places = families.rng.choice(shared)
    students = [
        _student(families, _home(families, place), families.county.years[1])
        for place in places[:2]
    ]
    students[1].name = students[0].name


def household_split(families: Families) -> None:
    """One household in June, two in September: a new 户编号, new relations."""
    old = _home(families)
    _older(families, old)
    new = _home(families, old.place)
    new.former = old
    new.head.name = old.head.name[0] + new.head.name[1:]
    _student(families, new, families.county.years[1])


def grandparent_guardian(families: Families) -> None:
    home = _home(families)
    _older(families, home)
    child = _student(families, home, families.county.years[1])
    child.relation = "之孙子" if child.sex == "男" else "之孙女"


def five_year_programme(families: Families) -> None:
    """In the fourth year the register says 高职高专一年级."""
    entry = families.county.years[1] - 2
    _student(families, _home(families), entry, "five_year")


def three_and_two(families: Families) -> None:
    """中职 ended, 高职 of two years begun: two programmes, not one too long."""
    entry = families.county.years[2] - 3
    _student(families, _home(families), entry, "three_two")


def degree_after_trade_school(families: Families) -> None:
    """Graduated in the year under review; in September already 本科一年级."""
    entry = families.county.years[2] - 2
    _student(families, _home(families), entry, "secondary_degree")


def exited_and_monitored(families: Families) -> None:
    """脱贫户 whose risk is eliminated stay entitled as 脱贫户."""
    home = _monitored(families, CATEGORIES[0])
    home.eliminated = month(families.county.years[1], 3, last=True)
    _student(families, home, families.county.years[0])


def risk_flipped_back(families: Families) -> None:
    """Eliminated in June's export, back in September's: entitlement revives."""
    home = _monitored(families)
    home.is_flipped_back = True
    _student(families, home, families.county.years[1])


def found_on_the_day(families: Families) -> None:
    """Identified in the month of the reference day: counts from its first day."""
    home = _monitored(families)
    home.identified = month(families.county.years[2], 9)
    _student(families, home, families.county.years[2])


def eliminated_after_the_day(families: Families) -> None:
    """Eliminated in the month of the reference day: counts from its last day."""
    home = _monitored(families)
    home.eliminated = month(families.county.years[1], 9, last=True)
    _student(families, home, families.county.years[0])


def eliminated_and_unfunded(families: Families) -> None:
    home = _monitored(families, CATEGORIES[2])
    home.eliminated = month(families.county.years[2], 8, last=True)
    _student(families, home, families.county.years[2])


def found_too_late_and_unfunded(families: Families) -> None:
    home = _monitored(families)
    home.identified = month(families.county.years[2], 11)
    _student(families, home, families.county.years[2] - 1)


def new_household(families: Families) -> None:
    """Not in June's export at all."""
    home = _monitored(families)
    home.identified = month(families.county.as_of.year, 8)
    _student(families, home, families.county.years[1])


def policy_off_and_unfunded(families: Families) -> None:
    home = _home(families)
    home.is_policy_off = True
    _student(families, home, families.county.years[1])


def adult_student(families: Families) -> None:
    """高职扩招: the head's wife is a full-time student on paper and in law."""
    home = _home(families)
    wife = home.members[1] if len(home.members) > 1 else home.head
    wife.birth = date(families.county.as_of.year - _ADULT_STUDENT_AGE, 3, 8)
    wife.pid = wife.number = families.numbers.pid(wife.birth, wife.sex)
    attend(wife, programme(families.rng, "higher", families.county.years[1]))


def repeated_year(families: Families) -> None:
    """First year twice, within the programme's length."""
    child = _student(families, _home(families), families.county.years[1])
    course = child.programme_in(families.county.years[1])
    for shift, grade in ((1, 1), (2, 2)):
        state = f"中职{'零一二'[grade]}年级"
        year = families.county.years[1] + shift
        child.schooling[year] = Enrolment(state, grade, course)


def enters_this_autumn(families: Families) -> None:
    """九年级 in June, 中职一年级 in September: nothing was left out last year."""
    _student(families, _home(families), families.county.as_of.year)


def married_after_graduation(families: Families) -> None:
    """Funded, then gone by marriage: linked only through the departures."""
    entry = families.county.years[0] - 2
    child = _student(families, _home(families), entry)
    child.departure = Departure("婚嫁", date(families.county.years[1], 12, 20))


TRAPS: dict[str, Callable[[Families], None]] = {
    trap.__name__: trap
    for trap in (
        twins_in_trade_school,
        twin_in_senior_school,
        cousins_of_one_name,
        rare_characters,
        villages_of_one_name,
        household_split,
        grandparent_guardian,
        five_year_programme,
        three_and_two,
        degree_after_trade_school,
        exited_and_monitored,
        risk_flipped_back,
        found_on_the_day,
        eliminated_after_the_day,
        eliminated_and_unfunded,
        found_too_late_and_unfunded,
        new_household,
        policy_off_and_unfunded,
        adult_student,
        repeated_year,
        enters_this_autumn,
        married_after_graduation,
    )
}
