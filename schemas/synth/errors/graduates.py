"""What became of graduates, told wrongly or not at all: GRD_*."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from schemas.synth.careers import state_of
from schemas.synth.errors.scene import Expected, Scene, Student, finding
from schemas.synth.people import Programme, Value
from schemas.synth.work import jobs_of

_NOTHING: dict[str, Value] = {
    "destination": None, "employer": None, "work_place": None, "job_form": None,
    "job_started_on": None, "wage_fen": None, "study_school": None,
    "unemployed_reason": None, "willingness": None, "help": None, "posts_offered": None,
}  # fmt: skip


def _last_course(student: Student) -> Programme | None:
    return student.person.programme_in(student.years[-1])


def _graduate(
    scene: Scene, more: Callable[[Student], bool] = lambda _: True
) -> Student | None:
    """Finished more than three months ago, funded to the end, and no further study."""

    def suits(student: Student) -> bool:
        person, course = student.person, _last_course(student)
        return bool(
            course
            and course.ends < scene.county.as_of.year
            and student.years[-1] == course.ends - 1
            and person.departure is None
            and person is not person.household.head
            and not person.household.is_policy_off
            and not any(year >= course.ends for year in person.schooling)
            and more(student)
        )

    return scene.student(suits)


def _works(scene: Scene, student: Student) -> bool:
    jobs = jobs_of(scene.county, student.person)
    return len(jobs) == 1 and jobs[0].ended is None


def _idle(scene: Scene, student: Student) -> bool:
    return not jobs_of(scene.county, student.person)


def _told(
    scene: Scene,
    code: str,
    changes: dict[str, Value],
    more: Callable[[Scene, Student], bool] = _idle,
) -> list[Expected]:
    student = _graduate(scene, lambda s: more(scene, s))
    if student is None:
        return []
    student.person.changes["graduate_destination"] = _NOTHING | changes
    return [finding(code, student)]


def graduate_not_listed(scene: Scene) -> list[Expected]:
    student = _graduate(scene)
    if student is None:
        return []
    student.person.left_out.add("graduate_destination")
    return [finding("GRD_NOT_LISTED", student)]


def destination_left_empty(scene: Scene) -> list[Expected]:
    return _told(scene, "GRD_NO_DEST", {})


def employed_without_record(scene: Scene) -> list[Expected]:
    student = _graduate(scene, lambda s: _works(scene, s))
    if student is None:
        return []
    student.person.left_out.add("monitored_job")
    return [finding("GRD_JOB_NO_RECORD", student)]


def record_without_job(scene: Scene) -> list[Expected]:
    changes: dict[str, Value] = {
        "destination": "求职中", "willingness": "愿意", "help": "推荐岗位", "posts_offered": 2,
    }  # fmt: skip
    return _told(scene, "GRD_RECORD_NO_JOB", changes, _works)


def study_without_school(scene: Scene) -> list[Expected]:
    student = _graduate(
        scene,
        lambda s: (
            _idle(scene, s)
            and (course := _last_course(s)) is not None
            and course.ends == scene.county.as_of.year - 1
        ),
    )
    if student is None:
        return []
    student.person.changes["graduate_destination"] = _NOTHING | {"destination": "升学"}
    return [finding("GRD_STUDY_NO_SCHOOL", student)]


def willing_and_not_helped(scene: Scene) -> list[Expected]:
    changes: dict[str, Value] = {"destination": "未就业", "willingness": "愿意"}
    return _told(scene, "GRD_UNEMPLOYED", changes)


def idle_at_an_employer_s(scene: Scene) -> list[Expected]:
    changes: dict[str, Value] = {
        "destination": "暂不就业", "willingness": "不愿意", "employer": "昆山某电子厂",
    }  # fmt: skip
    return _told(scene, "GRD_CONFLICT", changes)


def job_ended_since(scene: Scene) -> list[Expected]:
    year = scene.county.as_of.year
    told = date(year, 5, 10)
    student = _graduate(
        scene,
        lambda s: (
            _works(scene, s) and jobs_of(scene.county, s.person)[0].started < told
        ),
    )
    if student is None:
        return []
    student.person.changes["monitored_job"] = {"ended_on": date(year, 8, 31)}
    student.person.changes["graduate_destination"] = {"reported_on": told}
    return [finding("GRD_CHANGED", student)]


def wage_of_another_unit(scene: Scene) -> list[Expected]:
    student = _graduate(scene, lambda s: _works(scene, s))
    if student is None:
        return []
    student.person.changes["monitored_job"] = {"wage_fen": 38}
    return [finding("GRD_WAGE", student)]


def _final_state(student: Student) -> str:
    course = _last_course(student)
    return state_of(course.kind, course.years) if course else ""


def still_shown_in_school(scene: Scene) -> list[Expected]:
    student = _graduate(scene)
    if student is None:
        return []
    state = _final_state(student)
    student.person.shown_states = (state, state)
    student.person.left_out.add("graduate_destination")
    return [finding("GRD_STILL_IN", student)]


def education_not_raised(scene: Scene) -> list[Expected]:
    student = _graduate(scene)
    if student is None:
        return []
    student.person.shown_education = "初中"
    return [finding("GRD_EDU_STALE", student)]


ERRORS = (
    graduate_not_listed, destination_left_empty, employed_without_record,
    record_without_job, study_without_school, willing_and_not_helped,
    idle_at_an_employer_s, job_ended_since, wage_of_another_unit,
    still_shown_in_school, education_not_raised,
)  # fmt: skip
