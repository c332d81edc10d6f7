"""What became of people after school: jobs, and the destination of graduates.

All of it follows from a person's life as it stands when the lists are written, so that
an error put into that life shows in every list alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from schemas.synth.exports import is_present
from schemas.synth.people import County, Person, Programme, Value

_NOW = 1  # the September snapshot
_YOUNGEST, _OLDEST = 16, 60
_WORKING, _CHANGED, _RETURNED = 0.55, 0.2, 0.15
_MOST_YEARS = 6
_PLACES = (
    "山西省太原市小店区", "山西省忻州市五寨县", "山西省忻州市忻府区",
    "内蒙古自治区鄂尔多斯市东胜区", "北京市丰台区", "陕西省榆林市神木市", "江苏省昆山市",
)  # fmt: skip
_EMPLOYERS = (
    "五寨县某建筑劳务公司", "太原某餐饮管理公司", "鄂尔多斯某煤业公司", "昆山某电子厂",
    "某快递服务部", "五寨县某杂粮加工厂", "忻州某医院", "太原某幼儿园",
)  # fmt: skip
_INDUSTRIES = ("建筑业", "住宿和餐饮业", "采矿业", "制造业", "居民服务业")
_CHANNELS = ("自行外出", "亲友介绍", "有组织劳务输出", "市场招聘", "帮扶车间")
_DEGREE_SCHOOLS = ("忻州师范学院", "太原师范学院", "山西工程技术学院")
_EMPLOYED = ("签就业协议形式就业", "签劳动合同形式就业", "其他录用形式就业")


@dataclass(frozen=True)
class Job:
    """One job: its first and last month as days; no end means still working."""

    started: date
    ended: date | None
    place: str
    employer: str
    industry: str
    channel: str
    wage: int


@dataclass(frozen=True)
class Graduate:
    """A person whose last funded programme has ended."""

    person: Person
    course: Programme


def jobs_of(county: County, person: Person) -> list[Job]:
    """The person's jobs up to the September export, the newest last.

    Nobody whom the register still shows in school works, and nobody before leaving.
    """
    on = county.snapshots[_NOW]
    age = county.as_of.year - person.birth.year
    if not _YOUNGEST <= age <= _OLDEST or not is_present(county, person, _NOW):
        return []
    if person.works:  # an error: in school all the same
        return [_job(Random(f"works {person.no}"), on.year * 12 - 4, None)]
    if person.schooling.get(on.year) or county.state_shown(person, _NOW):
        return []
    rng = Random(f"work {person.no}")
    if rng.random() > _WORKING:
        return []
    free = max(person.schooling, default=person.birth.year + _YOUNGEST) + 1
    first = max(free * 12 + 7, (on.year - _MOST_YEARS) * 12)
    now = on.year * 12 + on.month - 1
    started = rng.randint(first, now)
    ended = None
    found = []
    if now - started > 12 and rng.random() < _CHANGED:
        change = rng.randint(started + 3, now - 3)
        found.append(_job(rng, started, change))
        started = change + 1
    elif now - started > 6 and rng.random() < _RETURNED:
        ended = rng.randint(started + 2, now - 1)
    return [*found, _job(rng, started, ended)]


def _job(rng: Random, started: int, ended: int | None) -> Job:
    last = None if ended is None else _month(ended + 1) - timedelta(days=1)
    return Job(
        _month(started),
        last,
        rng.choice(_PLACES),
        rng.choice(_EMPLOYERS),
        rng.choice(_INDUSTRIES),
        rng.choice(_CHANNELS),
        rng.randrange(1800, 6500, 100),
    )


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def job_values(county: County, person: Person, job: Job) -> dict[str, Value]:
    """``monitored_job``: one job of the monthly list."""
    home, on = person.household, county.snapshots[_NOW]
    is_watched = bool(home.identified and home.identified <= on)
    values: dict[str, Value] = {
        "township": home.place.township,
        "village": home.place.village,
        "household_no": home.no,
        "name": person.name,
        "id_number": person.number,
        "household_type": "脱贫户（不享受政策）" if home.is_policy_off else home.type,
        "monitored_category": (home.category or None) if is_watched else None,
        "is_working": True,
        "started_on": job.started,
        "ended_on": job.ended,
        "work_place": job.place,
        "wage_fen": job.wage,
        "employer": job.employer,
        "industry": job.industry,
        "job_channel": job.channel,
        "job_form": "单位录用聘用人员",
        "phone": home.phone,
        "remark": None,
    }
    return person.told("monitored_job", on.year, values)


def graduates(county: County) -> list[Graduate]:
    """Everybody whose last funded programme was finished, in the order of the roster."""
    last = {id(row.person): row for row in sorted(county.roster, key=lambda r: r.year)}
    found = []
    for row in last.values():
        person, course = row.person, row.person.programme_in(row.year)
        if course is None or course.ends > county.as_of.year or person.departure:
            continue
        finished = person.schooling.get(course.ends - 1)
        if finished and finished.programme is course:
            found.append(Graduate(person, course))
    return found


def destination_values(county: County, graduate: Graduate) -> dict[str, Value]:
    """``graduate_destination``: where a graduate went, as the county's ledger says."""
    person, course = graduate.person, graduate.course
    home = person.household
    values: dict[str, Value] = {
        "township": home.place.township,
        "village": home.place.village,
        "head_name": home.head.name,
        "name": person.name,
        "id_number": person.pid,
        "school_name": course.school,
        "school_level": course.label,
        "major": course.major,
        "entry_on": course.entry,
        "is_graduated": True,
        "graduation_on": date(course.ends, 7, 1),
        "phone": home.phone or None,
        "reported_on": county.as_of - timedelta(days=6),
    }
    values |= _went(county, person, course)
    return person.told("graduate_destination", course.ends, values)


def _went(county: County, person: Person, course: Programme) -> dict[str, Value]:
    later = [year for year in sorted(person.schooling) if year >= course.ends]
    rng = Random(f"went {person.pid}")
    if later:
        next_course = person.schooling[later[0]].programme
        school = next_course.school if next_course else rng.choice(_DEGREE_SCHOOLS)
        return {"destination": "升学", "study_school": school}
    open_jobs = [job for job in jobs_of(county, person) if job.ended is None]
    if open_jobs:
        job = open_jobs[-1]
        return {
            "destination": rng.choice(_EMPLOYED),
            "employer": job.employer,
            "work_place": job.place,
            "job_form": "单位录用聘用人员",
            "job_started_on": job.started,
            "wage_fen": job.wage,
        }
    if not person.is_registered:
        return {"destination": "自由职业"}
    if course.ends == county.as_of.year and rng.random() < 0.3:
        return {}  # not yet asked: ninety days have not passed
    if rng.random() < 0.3:
        return {"destination": rng.choice(("自主创业", "自由职业"))}
    is_willing = rng.random() < 0.7
    return {
        "destination": "求职中" if is_willing else "暂不就业",
        "unemployed_reason": "正在找工作" if is_willing else "照顾家人",
        "willingness": "愿意" if is_willing else "不愿意",
        "help": "推荐岗位、技能培训" if is_willing else None,
        "posts_offered": 3 if is_willing else None,
    }
