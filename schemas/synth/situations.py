"""What a county in which nothing is wrong still raises: notes and situations.

Computed from the truth alone, beside the rules: a child whose household was identified
too late is asked about next year's application though nobody made a mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from schemas.synth.errors.scene import Expected, finding
from schemas.synth.exports import is_present
from schemas.synth.people import (
    County,
    Household,
    Person,
    RosterRow,
    period_no,
    reference_day,
)
from schemas.synth.sheets import Book

AS_IT_STANDS = "as it stands"
_JUNE, _SEPTEMBER = 0, 1
_ELDERS = frozenset({"户主", "配偶", "之父", "之母", "之祖父", "之祖母"})
_ROLE_AGE, _SCOPE_AGES, _LEAVER_AGES, _SHARING = 35, (14, 30), (15, 20), 3
_LAST_YEARS = ("九年级", "普通高中三年级")
_TRADES = ("中职", "高职高专", "技师学院")


def situations(county: County) -> tuple[Expected, ...]:
    """The findings that follow from the county as it stands."""
    scope = in_scope(county)
    found: list[Expected] = []
    for home in county.households:
        for person in home.members:
            found += _of_number(county, person, scope)
            found += _of_role(county, person)
            found += _of_school(county, person)
        found += _of_household(county, home)
    found += _of_phones(county, scope)
    return tuple(replace(one, error=one.error or AS_IT_STANDS) for one in found)


def in_scope(county: County) -> set[int]:
    """Ids of the people about whose entry in the register one asks singly."""
    listed = {id(row.person) for row in county.roster}
    low, high = _SCOPE_AGES
    found: set[int] = set()
    for home in county.households:
        now = [p for p in home.members if is_present(county, p, _SEPTEMBER)]
        entitled = home.is_entitled(county.as_of)
        members = [
            p
            for p in home.members
            if (id(p) in listed and p.is_registered)
            or (p in now and _is_trade(county.state_shown(p, _SEPTEMBER)))
            or (p in now and entitled and low <= _age(p, county) <= high)
        ]
        found |= {id(p) for p in members}
        if any(p in now for p in members):
            found |= {id(p) for p in now if _relation(p) == "户主"}
    return found


def _relation(person: Person) -> str:
    return str(
        person.changes.get("monitored_person", {}).get("relation", person.relation)
    )


def _age(person: Person, county: County, day: object = None) -> int:
    on = day or county.as_of
    had = (on.month, on.day) >= (person.birth.month, person.birth.day)  # type: ignore[attr-defined]
    return on.year - person.birth.year - (not had)  # type: ignore[attr-defined,no-any-return]


def _is_trade(state: str) -> bool:
    return state.startswith(_TRADES)


def _of_number(county: County, person: Person, scope: set[int]) -> Iterator[Expected]:
    if id(person) not in scope or not is_present(county, person, _SEPTEMBER):
        return
    if person.shown_number is not None:
        return
    if len(person.number) == 15:
        yield finding("IDN_OLD15", person)
    elif len(person.number) > 18 and (
        person.number[18] in "1234567" and person.number[19] in "1234"
    ):
        yield finding("IDN_DISABLED_NO", person)


def _of_role(county: County, person: Person) -> Iterator[Expected]:
    for row in county.roster:
        if row.person is not person or not person.is_registered:
            continue
        age = _age(person, county, reference_day(row.year))
        if person.relation in _ELDERS or age >= _ROLE_AGE:
            yield finding("ELG_ROLE", person, row.year)


def _of_school(county: County, person: Person) -> Iterator[Expected]:
    if person.departure or not is_present(county, person, _SEPTEMBER):
        return
    home, review, now = person.household, county.years[2], county.as_of.year
    june = is_present(county, person, _JUNE)
    state = county.state_shown(person, _SEPTEMBER)
    listed = [r for r in county.roster if r.person is person and r.year == review]
    late = home.category and home.identified and home.identified > reference_day(review)
    exited = home.type == "脱贫户" and not home.is_policy_off
    trade = _is_trade(state) and not state.endswith("一年级")
    if late and not exited and trade and not listed:
        yield finding("OMI_NEW_MON", person, review)
    before = county.state_shown(person, _JUNE) if june else ""
    low, high = _LEAVER_AGES
    if (
        before in _LAST_YEARS
        and not state
        and home.is_entitled(reference_day(now))
        and low <= _age(person, county, reference_day(now)) <= high
    ):
        yield finding("OMI_GRAD_JUNIOR", person, now)
    trap = person.trap or home.trap
    if trap == "repeated_year" and listed and june and _is_behind(person, review):
        yield finding("EDU_GRADE_DIFF", person, review)


def _is_behind(person: Person, year: int) -> bool:
    course = person.programme_in(year)
    due = year - course.entry.year + 1 if course else 0
    return (
        course is not None
        and due <= course.years
        and (person.schooling[year].grade != due)
    )


def _of_household(county: County, home: Household) -> Iterator[Expected]:
    both = [
        p
        for p in home.members
        if is_present(county, p, _JUNE) and is_present(county, p, _SEPTEMBER)
    ]
    if home.former and both:
        head = home.head if home.head in both else min(both, key=lambda p: p.known_as)
        yield finding("CHG_SPLIT", head)
    if home.is_flipped_back and both:
        yield replace(finding("CHG_RISK_BACK", home.head), column="0.is_risk_done")


def _of_phones(county: County, scope: set[int]) -> Iterator[Expected]:
    by_phone: dict[str, list[Household]] = {}
    for home in county.households:
        if any(is_present(county, p, _SEPTEMBER) for p in home.members):
            by_phone.setdefault(home.phone, []).append(home)
    for phone, homes in by_phone.items():
        people = [
            p
            for home in homes
            for p in home.members
            if id(p) in scope and is_present(county, p, _SEPTEMBER)
        ]
        if phone and len(homes) >= _SHARING and people:
            first = min(people, key=lambda p: p.known_as)
            yield replace(
                finding("IDN_PHONE_SHARED", first), error="phone_of_the_cadre"
            )


def shown(
    county: County, expected: Iterable[Expected], books: list[Book]
) -> tuple[Expected, ...]:
    """Those of the expected findings whose column some register of theirs has; each
    once. ``0.`` before a column's name: June's export has to show it too."""
    columns = {
        snapshot: _columns(books, f"{county.snapshots[snapshot]:%Y年%m月}")
        for snapshot in (_JUNE, _SEPTEMBER)
    }
    kept: dict[tuple[str, str, str | None], Expected] = {}
    for one in expected:
        name = one.column.removeprefix("0.")
        if name and name not in columns[_SEPTEMBER]:
            continue
        if one.column.startswith("0.") and name not in columns[_JUNE]:
            if one.rule_code != "REC_MEASURE_FALSE":
                continue
            # September's word alone may already be about the new school year
            one = replace(one, is_held=True)
        if one.rule_code == "PAY_LATE" and not _is_dated(one, books):
            continue
        kept.setdefault((one.rule_code, one.subject_id, one.period), one)
    return tuple(kept.values())


def _is_dated(one: Expected, books: list[Book]) -> bool:
    """Whether the roster that lists the student says when it was made."""
    return any(
        any(
            any(word in str(line.cells) for word in ("制表日期", "导出时间"))
            for line in sheet.lines
            if line.kind in ("note", "title")
        )
        for book in books
        for sheet in book.sheets
        if any(
            isinstance(line.subject, RosterRow)
            and line.subject.person.known_as == one.subject_id
            and period_no(line.subject.year) == one.period
            for line in sheet.lines
        )
    )


def _columns(books: list[Book], folder: str) -> set[str]:
    return {
        column.name
        for book in books
        if folder in book.path
        for sheet in book.sheets
        if sheet.source == "monitored_person"
        for column in sheet.columns
        if column.name
    }
