"""Funding periods and their standards, derived from the dated policy rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schemas import policy

FIRST_YEAR = 2015  # 国开办发〔2015〕19号 founded the subsidy
LEVELS = ("secondary", "higher", "technician")
_SCHOOL_YEAR_MONTH = 9
_SPRING_MONTH = 3


@dataclass(frozen=True)
class FundingPeriod:
    """One funding unit: a school year ``2021-2022`` or a term ``2021-2022-1``."""

    period_no: str
    school_year: str
    start_year: int
    term: int | None
    starts_on: date
    ends_on: date
    reference_on: date
    previous_no: str
    grace_until: date


def school_year_of(day: date) -> int:
    """The year in which the school year of a day began (it begins on 1 September)."""
    return day.year if day.month >= _SCHOOL_YEAR_MONTH else day.year - 1


def funding_periods(province_code: str, as_of: date) -> tuple[FundingPeriod, ...]:
    """All periods from the first funded year to the one after ``as_of``, in order."""
    last = school_year_of(as_of) + 1
    found: list[FundingPeriod] = []
    for start in range(FIRST_YEAR, last + 1):
        found.extend(
            _of_year(province_code, start, found[-1].period_no if found else "")
        )
    return tuple(found)


def _of_year(province_code: str, start: int, previous: str) -> Iterator[FundingPeriod]:
    first = date(start, _SCHOOL_YEAR_MONTH, 1)
    ruled = policy.in_force("period", province_code, first)
    grace = policy.in_force("grace", province_code, first)
    if not ruled:
        return
    year = f"{start}-{start + 1}"
    end = date(start + 1, _SCHOOL_YEAR_MONTH, 1) - timedelta(days=1)
    spring = date(start + 1, _SPRING_MONTH, 1)
    until = (
        end
        if not grace
        else date(start + 1, int(grace[0].fields["month"]), int(grace[0].fields["day"]))
    )
    if ruled[0].fields["period_unit"] == "year":
        day = date(
            start,
            int(ruled[0].fields["reference_month"]),
            int(ruled[0].fields["reference_day"]),
        )
        yield FundingPeriod(year, year, start, None, first, end, day, previous, until)
        return
    autumn_no, spring_no = f"{year}-1", f"{year}-2"
    autumn_end = spring - timedelta(days=1)
    yield FundingPeriod(
        autumn_no, year, start, 1, first, autumn_end, first, previous, until
    )
    yield FundingPeriod(
        spring_no, year, start, 2, spring, end, spring, autumn_no, until
    )


@dataclass(frozen=True)
class Standard:
    """The amount one student gets for one period at one level, in fen."""

    period_no: str
    level: str
    amount_fen: int
    document: str


def standards(
    province_code: str, county_code: str, as_of: date
) -> tuple[Standard, ...]:
    """The standard of every period and level; a county's own row beats its province's."""
    found: list[Standard] = []
    for period in funding_periods(province_code, as_of):
        ruled = policy.in_force("amount", province_code, period.reference_on)
        for level in LEVELS:
            rows = [
                row.fields
                for row in ruled
                if row.fields["level"] == level
                and row.fields["county_code"] in ("", county_code)
            ]
            if rows:
                best = max(rows, key=lambda row: row["county_code"])
                fen = int(best["amount_yuan"]) * 100
                found.append(Standard(period.period_no, level, fen, best["document"]))
    return tuple(found)
