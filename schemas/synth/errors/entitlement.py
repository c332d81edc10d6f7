"""Households that are not entitled, and people who have left: ELG_*."""

from __future__ import annotations

from datetime import date

from schemas.synth.errors.scene import Expected, Scene, Student, finding
from schemas.synth.families import CATEGORIES, month
from schemas.synth.people import Departure


def _alone(scene: Scene, student: Student) -> bool:
    review = scene.county.years[2]
    return (
        student.person.departure is None
        and scene.is_only_student(student)
        and (review in student.rows or student.person.programme_in(review) is None)
    )


def _each_year(code: str, student: Student) -> list[Expected]:
    return [finding(code, student, year) for year in student.years]


def household_is_ordinary(scene: Scene) -> list[Expected]:
    """Neither 脱贫户 nor monitored; every funded year is wrong."""
    student = scene.student(lambda s: _alone(scene, s))
    if student is None:
        return []
    home = student.person.household
    home.type, home.category = "一般农户", ""
    home.identified = home.eliminated = None
    return _each_year("ELG_NOT_ELIG", student)


def policy_no_longer_enjoyed(scene: Scene) -> list[Expected]:
    """脱贫户 marked 不享受政策, and not monitored either."""
    student = scene.student(lambda s: _alone(scene, s))
    if student is None:
        return []
    home = student.person.household
    home.type, home.category, home.is_policy_off = "脱贫户", "", True
    home.identified = home.eliminated = None
    return _each_year("ELG_NO_POLICY", student)


def risk_eliminated_before(scene: Scene) -> list[Expected]:
    """Eliminated in the August before the reference day of the last funded year."""
    student = scene.student(lambda s: _alone(scene, s))
    if student is None:
        return []
    home = student.person.household
    last = student.years[-1]
    home.type, home.category = "一般农户", scene.rng.choice(CATEGORIES[1:])
    home.identified = month(scene.county.years[0], 3)
    home.eliminated = month(last, scene.rng.choice((5, 8)), last=True)
    return [finding("ELG_RISK_DONE", student, last)]


def identified_after(scene: Scene) -> list[Expected]:
    """Identified the month after the reference day of the last funded year."""
    student = scene.student(lambda s: _alone(scene, s))
    if student is None:
        return []
    home = student.person.household
    last = student.years[-1]
    home.type, home.category = "一般农户", scene.rng.choice(CATEGORIES[1:])
    home.identified, home.eliminated = month(last, scene.rng.choice((10, 12))), None
    return _each_year("ELG_LATE_FOUND", student)


def departed_before(scene: Scene) -> list[Expected]:
    """Dead, married or moved away before the second funded year began."""
    first, second, review = scene.county.years
    student = scene.student(
        lambda s: _alone(scene, s) and second in s.rows and first in s.rows
    )
    if student is None:
        return []
    scene.drop_year(student, review)
    reason = scene.rng.choice(("死亡", "婚嫁", "迁出", "失联", "服刑"))
    on = date(second, scene.rng.randint(1, 8), scene.rng.randint(1, 28))
    student.person.departure = Departure(reason, on)
    found = [finding("ELG_REDUCED", student, second)]
    paid = student.payments.get(first, [])
    if reason == "死亡" and any(p.is_paid and p.paid_on > on for p in paid):
        found.append(finding("PAY_DEAD", student, first))
    return found


def household_moved_away(scene: Scene) -> list[Expected]:
    """Everybody of the household moved away before the second funded year began."""
    first, second, review = scene.county.years
    student = scene.student(
        lambda s: (
            _alone(scene, s)
            and second in s.rows
            and first in s.rows
            and all(
                m.departure is None and m.joined is None
                for m in s.person.household.members
            )
        )
    )
    if student is None:
        return []
    scene.drop_year(student, review)
    on = date(second, scene.rng.randint(3, 8), scene.rng.randint(1, 28))
    for member in student.person.household.members:
        member.departure = Departure("迁出", on)
    return [finding("ELG_MOVED", student, second)]


ERRORS = (
    household_moved_away,
    household_is_ordinary,
    policy_no_longer_enjoyed,
    risk_eliminated_before,
    identified_after,
    departed_before,
)
