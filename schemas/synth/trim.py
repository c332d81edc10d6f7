"""Bringing the funded counts to stated figures without anything becoming wrong."""

from __future__ import annotations

from schemas.synth.errors.scene import Student, drop_year, students_of
from schemas.synth.people import County


def trim(county: County, funded: tuple[int, int], used: set[int]) -> None:
    """Leave exactly ``funded`` people in the two funded years.

    Only first applications are put off, or all years of someone who has finished:
    neither is a break nor an omission. ``used``: households that carry an error.
    Raises ValueError when the county has too few funded people to begin with.
    """
    students = students_of(county)
    free = [s for s in students if _is_free(s, used)]
    first, second, review = county.years
    counts = {y: sum(y in s.rows for s in students) for y in (first, second)}
    excess = [counts[first] - funded[0], counts[second] - funded[1]]
    if min(excess) < 0:
        raise ValueError(f"too few funded people: {counts[first]}, {counts[second]}")
    for student in free:
        has_first, has_second = first in student.rows, second in student.rows
        if excess[1] and has_second and not has_first:
            drop_year(county, student, second)
            excess[1] -= 1
        elif excess[1] and excess[0] and has_second and _is_over(student, review):
            drop_year(county, student, first)
            drop_year(county, student, second)
            excess = [excess[0] - 1, excess[1] - 1]
    for student in free:
        if excess[0] and first in student.rows:
            drop_year(county, student, first)
            excess[0] -= 1
    if any(excess):
        raise ValueError("the funded counts cannot be reached with this seed")


def _is_over(student: Student, review: int) -> bool:
    return review not in student.rows and not student.person.programme_in(review)


def _is_free(student: Student, used: set[int]) -> bool:
    home, person = student.person.household, student.person
    return (
        home.is_registered
        and id(home) not in used
        and not (home.trap or home.former or person.trap)
    )
