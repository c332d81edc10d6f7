"""School states that contradict the roster, and children left out: EDU_*, OMI_*."""

from __future__ import annotations

from dataclasses import replace

from schemas.synth.careers import state_of
from schemas.synth.county import STANDARD, pay
from schemas.synth.errors.scene import Expected, Scene, Student, finding
from schemas.synth.people import RosterRow


def _goes_on(scene: Scene, student: Student) -> bool:
    """On the roster under review, and not in the last year of the course."""
    review = scene.county.years[2]
    course = student.person.programme_in(review)
    return bool(
        review in student.rows
        and student.person.departure is None
        and course
        and course.ends > review + 1
    )


def _show(scene: Scene, student: Student, june: str, september: str) -> None:
    """What the register shows; September's only where everybody has moved up."""
    is_promoted = student.person.household.place.township in scene.county.promoted
    student.person.shown_states = (june, september if is_promoted else june)


def state_is_senior_school(scene: Scene) -> list[Expected]:
    student = scene.student(lambda s: _goes_on(scene, s))
    if student is None:
        return []
    _show(scene, student, "普通高中一年级", "普通高中二年级")
    return [finding("EDU_NOT_VOC", student, scene.county.years[2])]


def state_is_degree(scene: Scene) -> list[Expected]:
    student = scene.student(lambda s: _goes_on(scene, s))
    if student is None:
        return []
    _show(scene, student, "本科一年级", "本科二年级")
    return [finding("EDU_NOT_VOC", student, scene.county.years[2])]


def state_left_blank(scene: Scene) -> list[Expected]:
    student = scene.student(lambda s: _goes_on(scene, s))
    if student is None:
        return []
    student.person.shown_states = ("", "")
    student.person.shown_education = scene.rng.choice(("初中", "高中"))
    return [finding("EDU_BLANK", student, scene.county.years[2])]


def state_of_other_level(scene: Scene) -> list[Expected]:
    """The roster says 中职 where the register says 高职, or the reverse."""
    review = scene.county.years[2]

    def suits(student: Student) -> bool:
        course = student.person.programme_in(review)
        plain = course is not None and course.kind in ("secondary", "higher")
        return plain and _goes_on(scene, student) and scene.studies_on(student, review)

    student = scene.student(suits)
    if student is None:
        return []
    course = student.person.programme_in(review)
    is_secondary = course is not None and course.kind == "secondary"
    other = "higher" if is_secondary else "secondary"
    grade = student.person.schooling[review].grade
    _show(scene, student, state_of(other, grade), state_of(other, min(grade + 1, 3)))
    return [finding("EDU_LEVEL_DIFF", student, review)]


def _funded_once_more(scene: Scene, year: int) -> Student | None:
    """A student whose course ended as ``year`` began gets one more row."""

    def suits(student: Student) -> bool:
        course = student.person.programme_in(year - 1)
        return bool(
            year - 1 in student.rows
            and course
            and course.ends == year
            and student.person.departure is None
            and scene.is_entitled(student.person, year)
            and not any(student.person.programme_in(y) for y in range(year, year + 4))
            and not student.person.schooling.get(year)
        )

    student = scene.student(suits)
    if student is not None:
        person = student.person
        row = RosterRow(person, year, "第一批", STANDARD)
        # The roster goes on naming the course that is over.
        person.schooling[year] = person.schooling[year - 1]
        scene.county.roster.append(row)
        student.rows[year] = [row]
        if year != scene.county.years[2]:
            pay(scene.county, person, year, scene.rng)
    return student


def funded_after_the_course(scene: Scene) -> list[Expected]:
    year = scene.county.years[1]
    student = _funded_once_more(scene, year)
    return [finding("EDU_OVERLONG", student, year)] if student else []


def applied_after_the_course(scene: Scene) -> list[Expected]:
    """The register still shows the last year, as the family says."""
    year = scene.county.years[2]
    student = _funded_once_more(scene, year)
    if student is None:
        return []
    state = student.person.schooling[year].state
    student.person.shown_states = (state, state)
    return [finding("EDU_OVERLONG", student, year)]


def _left_out(scene: Scene, student: Student, year: int) -> str:
    """A funded brother or sister says more than the household's standing alone."""
    home = student.person.household
    siblings = (
        row.person.household is home and row.person is not student.person
        for row in scene.county.roster
        if row.year == year
    )
    return "OMI_SIBLING" if any(siblings) else "OMI_VOC_NO_YULU"


def never_applied(scene: Scene) -> list[Expected]:
    review = scene.county.years[2]
    student = scene.student(
        lambda s: (
            s.years == [review]
            and s.person.departure is None
            and scene.studies_on(s, review)
        )
    )
    if student is None:
        return []
    scene.drop_year(student, review)
    return [finding(_left_out(scene, student, review), student, review)]


def never_applied_first_year_shown(scene: Scene) -> list[Expected]:
    """A first-year state in September may already be this year's: held."""
    review = scene.county.years[2]
    student = scene.student(
        lambda s: (
            s.years == [review]
            and s.person.departure is None
            and s.person.schooling[review].grade == 1
            and s.person.programme_in(review + 1) is not None
            and s.person.household.place.township not in scene.county.promoted
        )
    )
    if student is None:
        return []
    scene.drop_year(student, review)
    found = finding(_left_out(scene, student, review), student, review)
    return [replace(found, is_held=True)]


def _break(scene: Scene, year: int, *, studies_on: bool) -> Student | None:
    def suits(student: Student) -> bool:
        course = student.person.programme_in(year)
        return bool(
            {year - 1, year} <= set(student.rows)
            and course
            and course is student.person.programme_in(year - 1)
            and student.person.departure is None
            and (not studies_on or scene.studies_on(student, year))
        )

    student = scene.student(suits)
    if student is not None:
        scene.drop_year(student, year)
    return student


def break_in_the_last_year(scene: Scene) -> list[Expected]:
    year = scene.county.years[2]
    student = _break(scene, year, studies_on=True)
    return [finding("OMI_BREAK", student, year)] if student else []


def break_in_between(scene: Scene) -> list[Expected]:
    """Funded before and after, not in the second year."""
    second, review = scene.county.years[1:]

    def suits(student: Student) -> bool:
        course = student.person.programme_in(second)
        return bool(
            set(student.rows) == set(scene.county.years)
            and course
            and course is student.person.programme_in(second - 1)
            and course is student.person.programme_in(review)
            and student.person.departure is None
        )

    student = scene.student(suits)
    if student is None:
        return []
    scene.drop_year(student, second)
    return [finding("OMI_BREAK", student, second)]


def dropped_out(scene: Scene) -> list[Expected]:
    """Left school after the second funded year; nobody has said so."""
    year = scene.county.years[2]
    student = _break(scene, year, studies_on=False)
    if student is None:
        return []
    for later in range(year, year + 6):
        student.person.schooling.pop(later, None)
    student.person.education = {0: "初中"}
    return [finding("OMI_BREAK", student, year)]


ERRORS = (
    state_is_senior_school, state_is_degree, state_left_blank, state_of_other_level,
    funded_after_the_course, applied_after_the_course,
    never_applied, never_applied_first_year_shown,
    break_in_the_last_year, break_in_between, dropped_out,
)  # fmt: skip
