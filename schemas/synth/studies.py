"""What school registers and the Yulu+ module say of a student in one term."""

from __future__ import annotations

from datetime import date

from schemas.synth.exports import roster_values
from schemas.synth.people import County, Person, Programme, RosterRow, Value, period_no


def listed_on(year: int, term: int) -> date:
    """The day on which the registers answered for a term."""
    return date(year, 11, 20) if term == 1 else date(year + 1, 4, 20)


def students(county: County, year: int) -> list[tuple[Person, Programme]]:
    """Everybody in a vocational programme in a school year, the register's people first,
    then strangers on the roster."""
    known = [p for p in county.people() if p.is_registered]
    strangers = [p for home in county.strangers for p in home.members]
    everybody = known + [p for p in strangers if not p.is_registered]
    return [(p, course) for p in everybody if (course := p.programme_in(year))]


def register_answer(
    person: Person, course: Programme, year: int, term: int
) -> dict[str, Value]:
    """``school_register``: one student's record of a term."""
    home, on = person.household, listed_on(year, term)
    gone = person.departure
    is_army = gone is not None and gone.reason == "参军" and gone.on <= on
    values: dict[str, Value] = {
        "township": home.place.township,
        "village": home.place.village,
        "name": person.name,
        "id_number": person.pid,
        "student_no": "G" + person.pid if course.kind == "secondary" else None,
        "school_name": course.school,
        "school_level": course.label,
        "major": course.major,
        "programme_years": course.years,
        "entry_on": course.entry,
        "graduation_on": date(course.ends, 7, 1),
        "grade": f"{course.entry.year}级",
        "register_status": "入伍" if is_army else "在籍在读",
        "status_on": gone.on if gone and is_army else None,
        "study_form": "全日制",
        "is_intern": person.remark == "顶岗实习" and year == course.ends - 1,
        "period_no": f"{period_no(year)}-{term}",
    }
    return person.told("school_register", year, values)


def module_values(
    county: County, person: Person, year: int, term: int, row: RosterRow | None
) -> dict[str, Value]:
    """One student in the Yulu+ module of a term; ``row`` is the funding, if any."""
    home = person.household
    shown = row or RosterRow(person, year, "", 0)
    is_paid = row is not None and year != county.years[2]
    reason = "审核中" if row is not None else "未申报"
    values = roster_values(county, shown) | {
        "household_no": home.no,
        "person_no": person.no,
        "monitored_category": home.category or None,
        "period_no": f"{period_no(year)}-{term}",
        "enjoyed": is_paid,
        "not_enjoyed_reason": None if is_paid else reason,
        "amount_fen": row.amount // 2 if row is not None and is_paid else None,
        "review_status": None,
    }
    return person.told("yulu_module", year, values)
