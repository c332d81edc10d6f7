"""Funding periods and their standards, derived from the dated policy rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from schemas.policy import Policy, PolicyRow, declared
from schemas.policy.tables import LEVEL_TITLES, WITHIN

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class FundingPeriod:
    """One funding unit: a school year ``2021-2022`` or a term ``2021-2022-1``.

    ``is_reference_decided``: false where no document names the reference day; then it
    is the first day, and what turns on a later day of the period stays open.
    """

    period_no: str
    school_year: str
    start_year: int
    term: int | None
    starts_on: date
    ends_on: date
    reference_on: date
    is_reference_decided: bool
    previous_no: str
    grace_until: date
    risk_mode: str | None


def funding_periods(
    province_code: str,
    as_of: date,
    *,
    policy: Policy | None = None,
    told_whole: Collection[str] = (),
) -> tuple[FundingPeriod, ...]:
    """All periods from the first funded year to the one after ``as_of``, in order.

    ``told_whole``: school years whose rosters name no term. Where the policy pays by
    term, such a year is one period, its two terms together.
    """
    policy = policy or declared()
    found: list[FundingPeriod] = []
    begun = 0
    for start in _years(policy, province_code, as_of):
        if begun > 1:  # the year after the one of as_of is the last
            break
        year = tuple(_of_year(policy, province_code, start))
        if not year:
            continue
        begun += year[0].starts_on > as_of or bool(begun)
        if f"{start}-{start + 1}" in told_whole:
            year = (_whole(year),)
        for period in year:
            found.append(
                replace(period, previous_no=found[-1].period_no if found else "")
            )
    return tuple(found)


def _years(policy: Policy, province_code: str, as_of: date) -> range:
    firsts = [
        row.valid_from.year
        for row in policy.of("period")
        if row.fields["province_code"] == province_code
    ]
    return range(min(firsts) - 1, as_of.year + 2) if firsts else range(0)


def _of_year(policy: Policy, province: str, start: int) -> Iterator[FundingPeriod]:
    """The periods of a school year that began in the year ``start``, in order."""
    begun = sorted(
        (_starts_on(row, start), row)
        for row in policy.of("period")
        if row.fields["province_code"] == province
        and row.holds_on(_starts_on(row, start))
    )
    # a year that began under a policy of whole years stays one
    ruled = [one for one in begun if one[1].fields["term"] == ""] or begun
    if not ruled:
        return
    name = f"{start}-{start + 1}"
    year_end = _year_end(policy, province, start)
    ends = [*(first - _DAY for first, _ in ruled[1:]), year_end]
    for (first, row), last in zip(ruled, ends, strict=True):
        term, told = row.fields["term"], row.fields["reference_on"]
        reference = _on(told, first.year) if told else first
        yield FundingPeriod(
            period_no=f"{name}-{term}" if term else name,
            school_year=name,
            start_year=start,
            term=int(term) if term else None,
            starts_on=first,
            ends_on=last,
            reference_on=reference,
            is_reference_decided=bool(told),
            previous_no="",
            grace_until=_grace(policy, province, first, year_end),
            risk_mode=_risk_mode(policy, province, reference),
        )


def _whole(year: tuple[FundingPeriod, ...]) -> FundingPeriod:
    first = year[0]
    return replace(
        first, period_no=first.school_year, term=None, ends_on=year[-1].ends_on
    )


def _on(month_day: str, year: int) -> date:
    month, day = (int(part) for part in month_day.split("-"))
    return date(year, month, day)


def _starts_on(row: PolicyRow, start: int) -> date:
    """A spring term begins in the second calendar year of its school year."""
    return _on(row.fields["starts_on"], start + (row.fields["term"] == "2"))


def _year_end(policy: Policy, province: str, start: int) -> date:
    """The day before the next school year begins, as the newest known row tells it."""
    rows = [
        row
        for row in policy.of("period")
        if row.fields["province_code"] == province and row.fields["term"] != "2"
    ]
    held = [row for row in rows if row.holds_on(_starts_on(row, start + 1))]
    last = max(held or rows, key=lambda row: row.valid_from)
    return _starts_on(last, start + 1) - _DAY


def _grace(policy: Policy, province: str, first: date, year_end: date) -> date:
    found = policy.decided("grace", "name", province, first).get("promotion_grace")
    return _on(found["until"], year_end.year) if found else year_end


def _risk_mode(policy: Policy, province: str, day: date) -> str | None:
    found = policy.in_force("risk_mode", province, day)
    return found[0].fields["mode"] if found else None


def risk_mode(
    province_code: str, day: date, policy: Policy | None = None
) -> str | None:
    """How eliminated households are treated on a day; null when nothing says so."""
    return _risk_mode(policy or declared(), province_code, day)


def pays_by_term(province_code: str, day: date, policy: Policy | None = None) -> bool:
    """Whether a province pays by term on a day; by school year where nothing says so."""
    found = (policy or declared()).in_force("period", province_code, day)
    return any(row.fields["term"] for row in found)


@dataclass(frozen=True)
class Standard:
    """The amount one student gets for one period at one level, in fen."""

    period_no: str
    level: str
    amount_fen: int
    document: str


def standards(
    province_code: str,
    county_code: str,
    periods: Iterable[FundingPeriod],
    *,
    policy: Policy | None = None,
) -> tuple[Standard, ...]:
    """The standard of every period and level that a document gives one.

    A county's own row beats its province's. An amount by school year is paid in two
    halves where the periods are terms; one by term counts twice for a school year.
    """
    policy = policy or declared()
    found: list[Standard] = []
    for period in periods:
        given = _amounts(policy, province_code, county_code, period.reference_on)
        for level in LEVEL_TITLES:
            row = given.get(level) or given.get(WITHIN.get(level, ""))
            if row is None:
                continue
            fen = int(row["amount_yuan"]) * 100
            if period.term is not None and row["period_unit"] == "year":
                fen //= 2
            elif period.term is None and row["period_unit"] == "term":
                fen *= 2
            found.append(Standard(period.period_no, level, fen, row["document"]))
    return tuple(found)


def _amounts(
    policy: Policy, province: str, county: str, day: date
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    ruled = [row.fields for row in policy.in_force("amount", province, day)]
    for code in ("", county):
        for row in ruled:
            if row["county_code"] == code:
                found[row["level"]] = row
    return found


def funded_levels(
    province_code: str,
    periods: Iterable[FundingPeriod],
    *,
    policy: Policy | None = None,
) -> tuple[tuple[str, str], ...]:
    """Every period and level that a document names as funded."""
    policy = policy or declared()
    return tuple(
        (period.period_no, level)
        for period in periods
        for level in policy.decided(
            "level", "level", province_code, period.reference_on
        )
    )
