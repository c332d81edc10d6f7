"""Places that nobody knows, or that are no longer: ARE_*."""

from __future__ import annotations

from schemas.synth.errors.scene import Expected, Scene, Student, finding
from schemas.synth.people import Raw


def _student(scene: Scene, is_homonym: bool = False) -> Student | None:
    review = scene.county.years[2]
    return scene.student(
        lambda s: (
            review in s.rows
            and s.person.departure is None
            and (scene.villages[s.person.household.place.village] > 1) is is_homonym
        )
    )


def _place(code: str, name: str) -> Expected:
    return Expected(code, name, None)


def township_abolished(scene: Scene) -> list[Expected]:
    student = _student(scene)
    if student is None or not scene.county.old_places:
        return []
    place = scene.rng.choice(scene.county.old_places)
    review = scene.county.years[2]
    student.write("township", Raw(place.township), only=review)
    student.write("village", Raw(place.village), only=review)
    return [_place("ARE_OLD_TOWN", place.township)]


def village_unknown(scene: Scene) -> list[Expected]:
    student = _student(scene)
    if student is None:
        return []
    town = student.person.household.place.township
    village = scene.rng.choice(("那边洼村", "新修沟村", "后山顶村"))
    review = scene.county.years[2]
    student.write("township", Raw(town), only=review)
    student.write("village", Raw(village), only=review)
    return [_place("ARE_UNKNOWN", town + village)]


def village_of_two_townships(scene: Scene) -> list[Expected]:
    student = _student(scene, is_homonym=True)
    if student is None:
        return []
    review = scene.county.years[2]
    student.write("township", Raw(None), only=review)
    village = student.person.household.place.village
    student.write("village", Raw(village), only=review)
    return [finding("ARE_AMBIGUOUS", student)]


ERRORS = (township_abolished, village_unknown, village_of_two_townships)
