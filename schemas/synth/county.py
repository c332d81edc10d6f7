"""The clean county: places, families, traps, departures, rosters and payments."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from schemas import reference
from schemas.synth.careers import Shape
from schemas.synth.families import Families
from schemas.synth.numbers import Numbers
from schemas.synth.people import (
    County,
    Departure,
    Household,
    Payment,
    Person,
    Place,
    RosterRow,
    reference_day,
)
from schemas.synth.traps import plant

STANDARD = 3000
_PEOPLE_PER_TRAP = 6000
_BATCHES = ("第一批", "第一批", "第一批", "第二批", "补发")


def build(
    code: str, as_of: date, people: int, seed: int, shape: Shape
) -> tuple[County, Numbers, Random]:
    """A county in which nothing is wrong, the numbers it drew, and the next draws.

    Raises ValueError when the county's villages are not in the reference data.
    """
    rng = Random(f"county {code} {seed}")
    numbers = Numbers(rng)
    county = _empty(code, as_of, rng)
    families = Families(county, numbers, rng, shape)
    plant(families, max(1, people // _PEOPLE_PER_TRAP))
    weights = [rng.uniform(0.5, 2.0) for _ in county.places]
    count = len(county.people())
    while count < people:
        home = families.family(rng.choices(county.places, weights)[0])
        county.households.append(home)
        count += len(home.members)
    _split_some(families)
    _let_some_leave(county, rng)
    _add_newborns(families)
    county.households.sort(key=lambda home: (home.place.township, home.place.village))
    fund(county, rng)
    _write_abolished_townships(county, rng)
    return county, numbers, rng


def _empty(code: str, as_of: date, rng: Random) -> County:
    """Today's townships with the villages that the reference knows under them."""
    current = {town for town, codes in _townships(code)}
    known = [p for p in reference.places(code) if p.village]
    if not known:
        raise ValueError(f"no villages known for county {code}")
    places = tuple(
        Place(p.township, p.village or "") for p in known if p.township in current
    )
    old = tuple(
        Place(p.township, p.village or "")
        for p in known
        if p.township not in current and p.township[-1] in "乡镇"
    )
    towns = sorted({place.township for place in places})
    promoted = frozenset(rng.sample(towns, (len(towns) * 3 + 4) // 5))
    return County(code, reference.county_names()[code], as_of, places, promoted, old)


def _townships(code: str) -> list[tuple[str, str]]:
    """Townships that have a code today: the villages' grouping is older."""
    return [(p.township, "") for p in reference.places(code) if p.village is None]


def _split_some(families: Families) -> None:
    """A few married sons' households were one with the parents' in June."""
    county, rng = families.county, families.rng
    by_village: dict[Place, list[Household]] = {}
    for home in county.households:
        age = county.as_of.year - home.head.birth.year
        if len(home.members) <= 2 and age >= 58 and not home.trap:
            by_village.setdefault(home.place, []).append(home)
    for home in [h for h in county.households if not h.trap]:
        parents = by_village.get(home.place, [])
        age = county.as_of.year - home.head.birth.year
        if 30 <= age <= 50 and parents and rng.random() < 0.004:
            old = parents.pop()
            home.former = old
            home.type, home.is_policy_off = old.type, old.is_policy_off
            home.category = old.category
            home.identified, home.eliminated = old.identified, old.eliminated


def _let_some_leave(county: County, rng: Random) -> None:
    """Deaths and marriages of people who study nothing and head no household."""
    first = date(county.years[0], 1, 15)
    days = (county.as_of - first).days - 30
    for person in county.people():
        home = person.household
        if person is home.head or home.trap or home.former or person.departure:
            continue
        if any(
            person.programme_in(year) for year in range(2015, county.as_of.year + 1)
        ):
            continue
        age = county.as_of.year - person.birth.year
        chance = (
            0.12 if age > 70 else 0.06 if person.sex == "女" and age > 20 else 0.003
        )
        if rng.random() < chance and person.relation != "配偶":
            reason = "死亡" if age > 70 else rng.choice(("婚嫁", "婚嫁", "迁出"))
            on = first + timedelta(days=rng.randrange(days))
            person.departure = Departure(reason, on)


def _add_newborns(families: Families) -> None:
    """Born between the two snapshots."""
    county, rng = families.county, families.rng
    june, september, _ = county.snapshots
    for home in county.households:
        age = county.as_of.year - home.head.birth.year
        if age < 40 and not home.trap and rng.random() < 0.01:
            born = june + timedelta(
                days=rng.randrange(10, (september - june).days - 20)
            )
            sex = rng.choice("男女")
            relation = "之子" if sex == "男" else "之女"
            baby = families.person(home, relation, sex, born, home.head.name[0])
            baby.joined = born


def fund(county: County, rng: Random) -> None:
    """Rosters and payments of everyone entitled and vocational (all of them clean)."""
    for home in county.households:
        for person in home.members:
            if _ever_vocational(person, county):
                _fund_person(county, person, rng)


def _ever_vocational(person: Person, county: County) -> bool:
    return any(person.programme_in(year) for year in county.years)


def _fund_person(county: County, person: Person, rng: Random) -> None:
    _, second, review = county.years
    if not person.household.trap and rng.random() < 0.12:
        person.first_applied = rng.choice((second, review))
    for year in county.years:
        course, day = person.programme_in(year), reference_day(year)
        gone = person.departure and person.departure.on <= day + timedelta(days=30)
        if course is None or gone or not person.household.is_entitled(day):
            continue
        if year < person.first_applied:
            continue
        if course.kind == "secondary" and year == course.ends - 1:
            person.remark = "顶岗实习" if rng.random() < 0.3 else person.remark
        batch = rng.choice(_BATCHES) if year == second else "第一批"
        county.roster.append(RosterRow(person, year, batch, STANDARD))
        if year != review:
            pay(county, person, year, rng)


def _write_abolished_townships(county: County, rng: Random) -> None:
    """The oldest roster names townships that were abolished since."""
    first = county.years[0]
    for row in county.roster:
        home = row.person.household
        free = not (home.trap or home.former or row.person.trap)
        if county.old_places and row.year == first and free and rng.random() < 0.03:
            place = rng.choice(county.old_places)
            row.changes |= {"township": place.township, "village": place.village}
            home.trap = "township_abolished_since"


def pay(county: County, person: Person, year: int, rng: Random) -> None:
    """One success; now and then a refusal first, two halves, or other aid beside it."""
    on = date(year + 1, rng.choice((5, 6, 7)), rng.randint(1, 28))
    payments = county.payments
    chance = rng.random()
    if chance < 0.03:
        reason = rng.choice(("户名不符", "账号不存在", "账户睡眠"))
        payments.append(
            Payment(person, year, STANDARD, on, is_paid=False, reason=reason)
        )
        payments.append(Payment(person, year, STANDARD, on + timedelta(days=40)))
    elif chance < 0.05:
        payments.append(Payment(person, year, STANDARD // 2, on))
        payments.append(Payment(person, year, STANDARD // 2, on + timedelta(days=60)))
    else:
        payments.append(Payment(person, year, STANDARD, on))
    if rng.random() < 0.15:
        aid = Payment(person, year, 2000, on, programme="国家助学金")
        payments.append(aid)
