"""What each source says of the truth: one value a declared column, nothing messed."""

from __future__ import annotations

from collections import Counter
from datetime import date

from schemas.synth.people import (
    County,
    Household,
    Payment,
    Person,
    RosterRow,
    Value,
    period_no,
)

_WHEN_SPLIT = {
    "户主": "之子", "配偶": "之儿媳", "之子": "之孙子", "之女": "之孙女",
}  # fmt: skip
_ADULT, _OLD = 16, 60
_RISKS = ("因病", "因学", "因残", "缺劳动力", "因务工就业不稳")
_DISABILITIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
_BANK = "山西省农村信用社五寨联社"


def is_present(county: County, person: Person, snapshot: int) -> bool:
    """Whether a snapshot (0 June, 1 September, 2 last December) lists the person."""
    on, home = county.snapshots[snapshot], person.household
    gone = person.departure is not None and person.departure.on <= on
    unborn = person.joined is not None and person.joined > on
    unknown = home.type == "一般农户" and home.identified and home.identified > on
    vanished = person.vanished and snapshot == 1
    return person.is_registered and not (gone or unborn or unknown or vanished)


def _home_shown(person: Person, snapshot: int) -> Household:
    home = person.household
    return home.former if snapshot != 1 and home.former else home


def sizes(county: County, snapshot: int) -> dict[int, int]:
    """How many people a snapshot lists in each household, by the household's id."""
    shown = (
        id(_home_shown(person, snapshot))
        for person in county.people()
        if is_present(county, person, snapshot)
    )
    return dict(Counter(shown))


def register_values(
    county: County, person: Person, snapshot: int, size: dict[int, int]
) -> dict[str, Value]:
    """``monitored_person``: one person as one snapshot shows it; ``size``: of
    households, as ``sizes`` tells them."""
    on, home = county.snapshots[snapshot], _home_shown(person, snapshot)
    is_split = home is not person.household
    identified = home.identified if home.identified and home.identified <= on else None
    eliminated = home.eliminated if home.eliminated and home.eliminated <= on else None
    if home.is_flipped_back and snapshot != 1:
        eliminated = date(county.years[2], 6, 30)
    state = county.state_shown(person, snapshot)
    year = county.as_of.year if snapshot == 1 else county.years[2]
    age = county.as_of.year - person.birth.year
    category = home.category if identified else ""
    funded = (
        bool(category)
        and not eliminated
        and any(r.person is person and r.year == county.years[2] for r in county.roster)
    )
    type_ = "脱贫户（不享受政策）" if home.is_policy_off else home.type
    is_disabled = len(person.number) > 18
    mark = int(person.no[-6:])
    values: dict[str, Value] = _welfare(home, category) | {
        "belongs_year": on.year,
        "belongs_month": on.month,
        "county": county.name,
        "township": home.place.township,
        "village": home.place.village,
        "household_no": home.no,
        "person_no": person.no,
        "name": person.name,
        "id_number": person.shown_number or person.number,
        "id_type": "残疾人证" if is_disabled else "居民身份证",
        "ethnic_group": "回族" if mark % 97 == 0 else "汉族",
        "political": _political(mark, age, bool(state)),
        "sex": person.sex,
        "birth_on": person.birth,
        "relation": _WHEN_SPLIT.get(person.relation, "其他")
        if is_split
        else person.relation,
        "household_type": type_,
        "monitored_category": category or None,
        "is_risk_done": bool(eliminated) if category else None,
        "identified_on": identified if category else None,
        "eliminated_on": eliminated,
        "elimination_way": "帮扶消除" if eliminated else None,
        "household_size": size[id(home)],
        "education": None if state else _education(person, year),
        "school_state": state or None,
        "health": _health(person, age),
        "disability": f"{_DISABILITIES[(int(person.number[18]) - 1) % 7]}残疾"
        if is_disabled
        else None,
        "labour": _labour(bool(state), age),
        "phone": home.phone,
        "household_phone": home.phone,
        "head_name": home.head.name,
        "head_id_number": home.head.number,
        "education_help": "雨露计划" if funded else None,
    }
    return person.told("monitored_person", snapshot, values)


def _welfare(home: Household, category: str) -> dict[str, Value]:
    """What the whole household shows: aid, and why it is watched over."""
    mark = int(home.no[-5:])
    risks = sorted({_RISKS[mark % 5], _RISKS[mark // 5 % 5]}) if category else []
    return {
        "low_income": "农村低保" if mark % 7 == 0 else None,
        "destitute": "农村特困" if mark % 89 == 0 else None,
        "risk_1": risks[0] if risks else None,
        "risk_2": risks[1] if len(risks) > 1 else None,
        "social_help": "社会组织帮扶" if "因学" in risks else None,
        "employment_help": "技能培训,劳务输出" if category and mark % 3 == 0 else None,
    }


def _political(mark: int, age: int, in_school: bool) -> str:
    if in_school and age > _ADULT:
        return "共青团员" if mark % 4 == 0 else "群众"
    return "中共党员" if age > _OLD // 2 and mark % 11 == 0 else "群众"


def _education(person: Person, year: int) -> str:
    return person.shown_education or person.education_in(year)


def _health(person: Person, age: int) -> str:
    mark = int(person.no) % 20
    if len(person.number) > 18:
        return "残疾,长期慢性病" if mark < 5 else "残疾"
    if age > _OLD and mark < 6:
        return "长期慢性病"
    return "健康"


def _labour(in_school: bool, age: int) -> str:
    if in_school or age < _ADULT:
        return "无劳动力"
    return "弱劳动力或半劳动力" if age > _OLD else "普通劳动力"


def roster_values(county: County, row: RosterRow) -> dict[str, Value]:
    """``yulu_roster``: one student in one school year, then what was miswritten."""
    person, home = row.person, row.person.household
    course = person.programme_in(row.year)
    holder, account = account_of(person)
    values: dict[str, Value] = {
        "township": home.place.township,
        "village": home.place.village,
        "head_name": home.head.name,
        "head_id_number": home.head.pid,
        "name": person.name,
        "sex": person.sex,
        "id_number": person.pid,
        "relation": person.relation,
        "household_type": "脱贫户" if home.type == "脱贫户" else "监测户",
        "period_no": period_no(row.year),
        "amount_fen": row.amount,
        "account_holder": holder,
        "bank": _BANK,
        "account_no": account,
        "phone": home.phone or None,
        "remark": "补发" if row.batch == "补发" else person.remark or None,
        "review_status": "审核中" if row.year == county.years[2] else "已通过",
        "guardian_name": home.head.name if person.relation.startswith("之孙") else None,
    }
    if course is not None:
        values |= {
            "school_name": course.school,
            "school_place": _town_of(course.school),
            "school_nature": "公办",
            "school_level": course.label,
            "major": course.major,
            "programme_years": course.years,
            "entry_on": course.entry,
            "graduation_on": date(course.ends, 7, 1),
            "grade": f"{course.entry.year}级",
            "student_no": "G" + person.pid if course.kind == "secondary" else None,
        }
    return values | row.changes


def _town_of(school: str) -> str:
    """Where a school lies, as its name tells; else in the provincial capital."""
    towns = ("忻州", "五寨", "大同", "朔州", "原平")
    town = next((town for town in towns if town in school), "太原")
    return f"山西省{town}市" if town != "五寨" else "山西省五寨县"


def account_of(person: Person) -> tuple[str, str]:
    """The holder's name and number: the household's one card, or the student's own."""
    home = person.household
    if home.account and int(home.account[-3]) < 6:
        return home.head.name, home.account
    return person.name, person.account


def payment_values(payment: Payment) -> dict[str, Value]:
    """``yulu_payment``: one line of a bank's return file."""
    person, home = payment.person, payment.person.household
    holder, account = account_of(person)
    summary = f"{period_no(payment.year)}学年{payment.programme}"
    values: dict[str, Value] = {
        "township": home.place.township,
        "village": home.place.village,
        "name": person.name,
        "holder_name": holder,
        "account_no": account,
        "id_number": person.pid,
        "amount_fen": payment.amount,
        "summary": summary,
        "batch_no": f"{payment.paid_on:%Y%m}01",
        "payment_status": "成功" if payment.is_paid else "失败",
        "failure_reason": payment.reason or None,
        "paid_on": payment.paid_on if payment.is_paid else None,
        "period_no": period_no(payment.year),
    }
    return values | payment.changes


def departure_values(person: Person) -> dict[str, Value]:
    """``member_departure``: who left, why and when."""
    home, departure = person.household, person.departure
    return {
        "township": home.place.township,
        "village": home.place.village,
        "household_no": home.no,
        "name": person.name,
        "id_number": person.number[:18] if len(person.number) > 18 else person.number,
        "departure_reason": departure.reason if departure else None,
        "departed_on": departure.on if departure else None,
        "person_no": person.no,
        "head_name": home.head.name,
    }
