"""From truth to the books of other systems: jobs, school registers, graduates, the
Yulu+ module, the labour system, the applicants' form, and tables that are nobody's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from schemas.sources import SPECS
from schemas.synth import cells, exports, studies, work
from schemas.synth.clerk import Clerk
from schemas.synth.layouts import (
    Record,
    by_township,
    copy_name,
    halves,
    listed,
    roster_rows,
    sheet_of,
)
from schemas.synth.names import words
from schemas.synth.people import County, Person, RosterRow, Value, period_no
from schemas.synth.sheets import Book, Column, Line, Sheet

_BY_NAME = {spec.name: spec for spec in SPECS}
_TECHNICAL = frozenset({"technician", "mixed"})
_TIDY = Clerk.tidy()
# Ways in which a county may keep its lists: any may be chosen by the seed.
OPTIONS = frozenset(
    {
        "technical_school_list", "school_terms", "graduates_by_year", "other_tables",
    }
)  # fmt: skip
# Lists that do not tell what some errors need to be seen by: a head, an account, the
# months in which a risk was found and eliminated.
EXTRA = frozenset({"roster_from_module", "application_form", "whole_county_layout"})


def _fixed(source: str, layout: str, clerk: Clerk) -> list[Column]:
    """The columns of a system's own layout, typed as the clerk does."""
    spec = _BY_NAME[source]
    return [clerk.known(spec, heading) for heading in words()[layout]]


def job_books(county: County, clerk: Clerk) -> list[Book]:
    """已外出务工信息 of September, for the county or a file a township."""
    on = county.snapshots[1]
    records: list[Record] = [
        (person, work.job_values(county, person, job))
        for person in county.people()
        if person.is_in("monitored_job", on.year)
        for job in work.jobs_of(county, person)
    ]
    above = ["（务工月监测）已外出务工信息", f"导出时间：{on.isoformat()} 10:05:00"]
    columns = _fixed("monitored_job", "jobs", clerk)
    for column in columns:
        if column.kind.startswith("month") and not column.form:
            column.typed = cells.COLUMN_FORMS[column.kind]["month_chinese_padded"]
    stem = f"（务工月监测）已外出务工信息_{on:%Y%m%d}"
    folder = f"监测系统/{on:%Y年%m月}"

    def book(name: str, part: list[Record]) -> Book:
        spec = _BY_NAME["monitored_job"]
        return Book(
            f"{folder}/{name}",
            [sheet_of("Sheet1", spec, columns, part, clerk, above)],
        )

    if clerk.does("township_files"):
        parts = by_township(records).values()
        return [book(copy_name(stem, n), part) for n, part in enumerate(parts)]
    return [book(f"{stem}.xlsx", records)] if records else []


def school_books(county: County, clerk: Clerk) -> list[Book]:
    """学籍比对结果: each spring term, and with a habit each autumn term too."""
    terms = [(year, 2) for year in county.years]
    if clerk.does("school_terms"):
        terms = [(year, term) for year in county.years for term in (1, 2)]
    books = []
    for year, term in terms:
        records: list[Record] = [
            (person, studies.register_answer(person, course, year, term))
            for person, course in studies.students(county, year)
            if person.is_in("school_register", year)
        ]
        word = "第一学期" if term == 1 else "第二学期"
        title = f"{county.name}{period_no(year)}学年{word}学籍比对结果"
        on = studies.listed_on(year, term)
        if records:
            books += listed("教育局", "school_register", title, records, clerk, on)
    return books


def destination_books(county: County, clerk: Clerk) -> list[Book]:
    """毕业去向: one ledger, or one a year of graduation, the older one older."""
    found = [
        g
        for g in work.graduates(county)
        if g.person.is_in("graduate_destination", g.course.ends)
    ]
    records: list[Record] = [
        (g.person, work.destination_values(county, g)) for g in found
    ]
    if not records:
        return []
    if not clerk.does("graduates_by_year"):
        title, on = f"{county.name}雨露计划毕业学生去向台账", county.as_of
        return listed(
            "就业", "graduate_destination", title, records, clerk, on.replace(day=22)
        )
    books = []
    for ends in sorted({g.course.ends for g in found}):
        part = [r for g, r in zip(found, records, strict=True) if g.course.ends == ends]
        title = f"{county.name}{ends}届雨露计划毕业学生去向台账"
        on = date(ends, 9, 22)
        books += listed("就业", "graduate_destination", title, part, clerk, on)
    return books


def module_books(county: County, clerk: Clerk) -> list[Book]:
    """The Yulu+ module beside the county's rosters: a paid spring, an autumn applied
    for; the students who are not funded stand in it too."""
    books = []
    for year, term in ((county.years[1], 2), (county.years[2], 1)):
        funded: dict[int, RosterRow] = {}
        for row in roster_rows(county, year):
            funded.setdefault(id(row.person), row)
        records: list[Record] = [
            (person, studies.module_values(county, person, year, term, row))
            for person, _ in studies.students(county, year)
            if person.is_registered and person.is_in("yulu_module", year)
            for row in [funded.get(id(person))]
        ]
        if records:
            books.append(_module(year, term, records, clerk))
    return books


def _module(year: int, term: int, records: Iterable[Record], clerk: Clerk) -> Book:
    on = date(year, 12, 1) if term == 1 else date(year + 1, 5, 10)
    season = "秋季" if term == 1 else "春季"
    title = f"{year if term == 1 else year + 1}年{season}雨露计划+信息采集"
    columns = _fixed("yulu_roster", "module", clerk)
    above = [title, f"导出时间：{on.isoformat()} 11:20:00"]
    plain: list[Record] = [(_person(subject), values) for subject, values in records]
    spec = _BY_NAME["yulu_roster"]
    sheet = sheet_of("Sheet1", spec, columns, plain, clerk, above)
    return Book(
        f"监测系统/雨露计划+/{season}雨露计划+信息采集_{on:%Y%m%d}.xlsx", [sheet]
    )


def _person(subject: object) -> Person | None:
    """Rows that are no roster rows are about a person, not about a funding."""
    return subject.person if isinstance(subject, RosterRow) else subject  # type: ignore[return-value]


def module_rosters(county: County, year: int) -> list[Book]:
    """The county keeps no roster of its own: both terms of the module are it."""
    rows = roster_rows(county, year)
    books = []
    for term in (1, 2):
        records: list[Record] = [
            (row, half | _known_to_module(row.person))
            for row in rows
            for _, half in [halves(row, exports.roster_values(county, row))[term - 1]]
        ]
        book = _module(year, term, [], _TIDY)
        columns = book.sheets[0].columns
        title = [str(line.cells[0]) for line in book.sheets[0].lines[:2]]
        spec = _BY_NAME["yulu_roster"]
        sheet = sheet_of("Sheet1", spec, columns, records, _TIDY, title)
        books.append(replace(book, sheets=[sheet]))
    return books


def _known_to_module(person: Person) -> dict[str, Value]:
    home = person.household
    return {
        "household_no": home.no or None,
        "person_no": person.no or None,
        "monitored_category": home.category or None,
        "enjoyed": True,
        "not_enjoyed_reason": None,
    }


def technical_books(
    county: County, year: int, clerk: Clerk
) -> tuple[set[int], list[Book]]:
    """The labour system's list of technical-school students of a funded year, and the
    ids of the roster rows that stand in it instead of in the county's roster.

    The list knows no head and no place: only rows in which nothing is wrong are put
    there. Students without the subsidy have a 0 or nothing.
    """
    if year == county.years[2] or not clerk.does("technical_school_list"):
        return set(), []
    rows = [row for row in roster_rows(county, year) if _is_technical(row)]
    funded = {id(row.person) for row in county.roster if row.year == year}
    records: list[Record] = [
        (row, exports.roster_values(county, row) | {"enjoyed": row.amount})
        for row in rows
    ]
    for number, (person, course) in enumerate(studies.students(county, year)):
        if course.kind in _TECHNICAL and id(person) not in funded:
            shown = exports.roster_values(county, RosterRow(person, year, "", 0))
            records.append((person, shown | {"enjoyed": 0 if number % 2 else None}))
    if not records:
        return set(), []
    title = f"{county.name}{period_no(year)}学年技工院校学生信息"
    columns = _fixed("yulu_roster", "technical", clerk)
    for column in columns:
        if column.name == "entry_on":
            column.typed = cells.ENTRY_FORMS["entry_year"]
        if column.name == "school_level":
            column.typed = None
    above = [title, f"导出时间：{year + 1}-05-20 09:00:00"]
    spec = _BY_NAME["yulu_roster"]
    sheet = sheet_of("技工院校学生", spec, columns, records, clerk, above)
    return {id(row) for row in rows}, [Book(f"人社局/{title}.xlsx", [sheet])]


def _is_technical(row: RosterRow) -> bool:
    course, person = row.person.programme_in(row.year), row.person
    is_plain = not (row.changes or person.trap or person.household.trap)
    is_plain = (
        is_plain and person.shown_number is None and person.known_as == person.pid
    )
    return bool(
        course and course.kind in _TECHNICAL and person.is_registered and is_plain
    )


def application_books(county: County, clerk: Clerk) -> list[Book]:
    """The applicants of the year under review, as the one-card service exports them."""
    year = county.years[2]
    records: list[Record] = [
        (row, exports.roster_values(county, row) | _parent(row))
        for row in roster_rows(county, year)
    ]
    title = f"{county.name}{period_no(year)}学年雨露计划补助申请信息"
    above = [title, f"导出时间：{county.as_of.isoformat()} 08:00:00"]
    columns = _fixed("yulu_roster", "application", clerk)
    spec = _BY_NAME["yulu_roster"]
    sheet = sheet_of("Sheet1", spec, columns, records, clerk, above)
    return [Book(f"雨露计划/{title}.xlsx", [sheet])]


def _parent(row: RosterRow) -> dict[str, Value]:
    head = row.person.household.head
    word = "之父" if head.sex == "男" else "之母"
    return {
        "guardian_name": head.name,
        "guardian_id_number": head.pid,
        "guardian_relation": word,
    }


def other_books(county: County) -> list[Book]:
    """Tables of the same systems that nobody asked for: villages, and plans to go."""
    on = county.snapshots[1]
    homes = [home for home in county.households if home.is_registered][:40]
    planned: list[list[Value]] = [
        [county.name, home.place.township, home.place.village, home.no, home.head.name,
         home.head.number, home.type, home.category or None, "是", "太原市", "技能培训"]
        for home in homes
    ]  # fmt: skip
    villages: list[list[Value]] = [
        [county.name, place.township, place.village, "是", 210, 530, 31, 44, 5, 28, 300,
         8600, 5.2, 0, "是", "是", 0, 0, 1, 1, 1, 3, 1]
        for place in county.places
    ]  # fmt: skip
    folder, day = f"监测系统/{on:%Y年%m月}", f"{on:%Y%m%d}"
    return [
        _other(
            f"{folder}/计划外出务工信息_{day}.xlsx",
            "计划外出务工信息",
            "planned",
            planned,
        ),
        _other(
            f"{folder}/（自定义）行政村信息.xlsx", "行政村信息", "villages", villages
        ),
    ]


def _other(path: str, title: str, layout: str, rows: list[list[Value]]) -> Book:
    lines = [Line("note", [title]), Line("note", [*words()[layout]])]
    lines += [Line("note", [cells.plain("text", cell) for cell in row]) for row in rows]
    return Book(path, [Sheet("Sheet1", "", [], lines)])
