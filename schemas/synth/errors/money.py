"""Rosters and bank files that do not agree: PAY_*."""

from __future__ import annotations

from schemas.synth.county import STANDARD
from schemas.synth.errors.scene import Expected, Scene, Student, finding
from schemas.synth.people import RosterRow, period_no


def _paid_once(student: Student, year: int) -> bool:
    payments = student.payments.get(year, [])
    return len(payments) == 1 and payments[0].is_paid


def _paid_year(scene: Scene) -> int:
    return scene.rng.choice(scene.county.years[:2])


def _pick(scene: Scene, year: int) -> Student | None:
    return scene.student(lambda s: _paid_once(s, year))


def _second_row(scene: Scene, year: int, batch: str) -> list[Expected]:
    student = scene.student(
        lambda s: (
            year in s.rows
            and s.person.departure is None
            and s.rows[year][0].batch != batch
        )
    )
    if student is None:
        return []
    row = RosterRow(student.person, year, batch or "第一批", STANDARD)
    scene.county.roster.append(row)
    return [finding("PAY_DUP_ROSTER", student, year)]


def listed_again_in_later_batch(scene: Scene) -> list[Expected]:
    return _second_row(scene, scene.county.years[1], "补发")


def listed_twice(scene: Scene) -> list[Expected]:
    """The very same line twice in one list: it stays, and is said."""
    year = scene.rng.choice((scene.county.years[0], scene.county.years[2]))
    return _second_row(scene, year, "")


def _amount(scene: Scene, amount: int, year: int) -> list[Expected]:
    student = scene.student(lambda s: year in s.rows)
    if student is None:
        return []
    student.rows[year][0].amount = amount
    return [finding("PAY_AMOUNT", student, year)]


def amount_of_another_province(scene: Scene) -> list[Expected]:
    return _amount(scene, 2000, scene.rng.choice(scene.county.years))


def amount_of_half_a_year(scene: Scene) -> list[Expected]:
    return _amount(scene, STANDARD // 2, scene.rng.choice(scene.county.years))


def amount_without_a_nought(scene: Scene) -> list[Expected]:
    return _amount(scene, STANDARD // 10, scene.rng.choice(scene.county.years))


def amount_with_a_nought_too_many(scene: Scene) -> list[Expected]:
    return _amount(scene, STANDARD * 10, scene.rng.choice(scene.county.years))


def paid_too_little(scene: Scene) -> list[Expected]:
    year = _paid_year(scene)
    student = _pick(scene, year)
    if student is None:
        return []
    student.payments[year][0].amount = scene.rng.choice((1500, 2000))
    return [finding("PAY_AMOUNT", student, year)]


def paid_twice(scene: Scene) -> list[Expected]:
    year = _paid_year(scene)
    student = _pick(scene, year)
    if student is None:
        return []
    scene.paid(student, year, STANDARD)
    return [finding("PAY_DUP", student, year)]


def paid_too_much(scene: Scene) -> list[Expected]:
    year = _paid_year(scene)
    student = _pick(scene, year)
    if student is None:
        return []
    student.payments[year][0].amount = scene.rng.choice((4000, 6000))
    return [finding("PAY_DUP", student, year)]


def never_paid(scene: Scene) -> list[Expected]:
    year = _paid_year(scene)
    student = scene.student(lambda s: year in s.payments and s.person.departure is None)
    if student is None:
        return []
    scene.drop_payments(student, year)
    return [finding("PAY_NOT_PAID", student, year)]


def refused_for_good(scene: Scene) -> list[Expected]:
    year = _paid_year(scene)
    student = _pick(scene, year)
    if student is None:
        return []
    payment = student.payments[year][0]
    payment.is_paid = False
    payment.reason = scene.rng.choice(
        ("户名不符", "账号不存在", "账户冻结", "账户销户")
    )
    return [finding("PAY_FAILED", student, year)]


def refused_twice(scene: Scene) -> list[Expected]:
    year = _paid_year(scene)
    student = _pick(scene, year)
    if student is None:
        return []
    student.payments[year][0].is_paid = False
    student.payments[year][0].reason = "账户睡眠"
    scene.paid(student, year, STANDARD, is_paid=False, reason="账户睡眠")
    return [finding("PAY_FAILED", student, year)]


def paid_off_the_list(scene: Scene) -> list[Expected]:
    """A registered young person on no roster is paid."""
    person = scene.registered(
        lambda p: (
            p is not p.household.head
            and 15 <= scene.county.as_of.year - p.birth.year <= 26
        )
    )
    if person is None:
        return []
    year = _paid_year(scene)
    scene.paid(Student(person), year, STANDARD)
    return [finding("PAY_OFF_LIST", person, year)]


def stranger_paid_off_the_list(scene: Scene) -> list[Expected]:
    year = _paid_year(scene)
    student = scene.stranger((year,))
    scene.drop_year(student, year)
    scene.county.payments = [
        p for p in scene.county.payments if p.person is not student.person
    ]
    scene.paid(student, year, STANDARD)
    return [finding("PAY_OFF_LIST", student, year)]


def result_left_blank(scene: Scene) -> list[Expected]:
    """The bank neither says paid nor refused: no single finding stands for the money."""
    year = _paid_year(scene)
    student = _pick(scene, year)
    if student is None:
        return []
    for column in ("payment_status", "failure_reason", "paid_on"):
        student.payments[year][0].changes[column] = None
    return [Expected("PAY_SUM", "全县", period_no(year))]


ERRORS = (
    listed_again_in_later_batch, listed_twice,
    amount_of_another_province, amount_of_half_a_year,
    amount_without_a_nought, amount_with_a_nought_too_many,
    paid_too_little, paid_twice, paid_too_much,
    never_paid, refused_for_good, refused_twice,
    paid_off_the_list, stranger_paid_off_the_list, result_left_blank,
)  # fmt: skip
