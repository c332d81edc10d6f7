"""Rosters, school registers, accounts and measures of funded students."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from schemas.synth.errors.scene import Expected, Scene, Student, finding
from schemas.synth.names import given_name, surname, words
from schemas.synth.people import Departure, Person, Raw, Value


def _applies(scene: Scene, student: Student) -> bool:
    """On the roster under review, somebody's child, in the middle of the course."""
    review = scene.county.years[2]
    course = student.person.programme_in(review)
    return bool(
        review in student.rows
        and student.person.departure is None
        and student.person is not student.person.household.head
        and course
        and course.ends > review + 1
        and not student.person.remark
    )


def _writes(
    scene: Scene,
    code: str,
    changes: Callable[[Student], dict[str, Value]],
    more: Callable[[Student], bool] = lambda _: True,
    *,
    is_yearly: bool = True,
) -> list[Expected]:
    """The roster under review writes columns otherwise."""
    review = scene.county.years[2]
    student = scene.student(lambda s: _applies(scene, s) and more(s))
    if student is None:
        return []
    for column, value in changes(student).items():
        student.write(column, value, only=review)
    return [finding(code, student, review if is_yearly else None)]


def _answers(scene: Scene, code: str, changes: dict[str, Value]) -> list[Expected]:
    """The school register answers otherwise for the year under review."""
    review = scene.county.years[2]
    student = scene.student(lambda s: _applies(scene, s))
    if student is None:
        return []
    student.person.changes[f"school_register {review}"] = changes
    return [finding(code, student, review)]


def _strange_name(scene: Scene) -> str:
    name = ""
    while not name or scene.names[name]:
        name = surname(scene.rng) + given_name(scene.rng, "男") + "川"
    return name


def head_of_another_family(scene: Scene) -> list[Expected]:
    name = _strange_name(scene)
    return _writes(
        scene,
        "LNK_HEAD_DIFF",
        lambda _: {
            "head_name": Raw(name),
            "head_id_number": None,
            "household_no": None,
        },
        is_yearly=False,
    )


def relation_of_another(scene: Scene) -> list[Expected]:
    return _writes(
        scene,
        "LNK_REL_DIFF",
        lambda s: {"relation": "之孙子" if s.person.relation[1] in "子女" else "之子"},
        lambda s: s.person.relation in ("之子", "之女", "之孙子", "之孙女"),
        is_yearly=False,
    )


def household_of_another_kind(scene: Scene) -> list[Expected]:
    """脱贫户 on the roster, monitored and no 脱贫户 in the register."""
    review = scene.county.years[2]

    def suits(student: Student) -> bool:
        home = student.person.household
        return home.type == "一般农户" and scene.is_entitled(student.person, review)

    return _writes(
        scene,
        "HH_TYPE_DIFF",
        lambda _: {"household_type": "脱贫户"},
        suits,
        is_yearly=False,
    )


def graduation_before_entry(scene: Scene) -> list[Expected]:
    def dates(student: Student) -> dict[str, Value]:
        course = student.person.programme_in(scene.county.years[2])
        year = course.entry.year if course else scene.county.years[2]
        return {"graduation_on": date(year, 7, 1)}

    return _writes(scene, "EDU_DATES", dates)


def school_written_short(scene: Scene) -> list[Expected]:
    return _writes(
        scene, "EDU_SCHOOL_UNKNOWN", lambda _: {"school_name": Raw("忻州那边的")}
    )


def school_of_another_kind(scene: Scene) -> list[Expected]:
    return _writes(
        scene, "EDU_SCHOOL_KIND", lambda _: {"school_name": Raw("五寨县第一中学")}
    )


def progress_without_papers(scene: Scene) -> list[Expected]:
    """高职 begun, and the row names neither the entry nor a class."""
    review = scene.county.years[2]

    def suits(student: Student) -> bool:
        now = student.person.programme_in(review)
        before = student.person.programme_in(review - 1)
        return bool(
            review - 1 in student.rows
            and now
            and before
            and now.kind == "higher"
            and before.kind == "secondary"
        )

    return _writes(
        scene, "EDU_PROGRESS", lambda _: {"entry_on": None, "grade": None}, suits
    )


def suspended(scene: Scene) -> list[Expected]:
    on = date(scene.county.years[2], 10, 8)
    return _answers(scene, "EDU_STATUS", {"register_status": "休学", "status_on": on})


def withdrawn(scene: Scene) -> list[Expected]:
    on = date(scene.county.years[2], 9, 25)
    return _answers(scene, "EDU_STATUS", {"register_status": "退学", "status_on": on})


def part_time(scene: Scene) -> list[Expected]:
    return _answers(scene, "EDU_NOT_FULLTIME", {"study_form": "非全日制"})


def at_another_school(scene: Scene) -> list[Expected]:
    review = scene.county.years[2]
    student = scene.student(lambda s: _applies(scene, s))
    course = student.person.programme_in(review) if student else None
    if student is None or course is None:
        return []
    schools = [s for s in words()["schools"]["secondary"] if s != course.school]
    student.person.changes[f"school_register {review}"] = {
        "school_name": scene.rng.choice(schools)
    }
    return [finding("EDU_SCHOOL_DIFF", student, review)]


def not_in_the_school_register(scene: Scene) -> list[Expected]:
    review = scene.county.years[2]
    student = scene.student(lambda s: _applies(scene, s))
    if student is None:
        return []
    student.person.left_out.add(f"school_register {review}")
    return [finding("EDU_NO_RECORD", student, review)]


def only_the_school_knows(scene: Scene) -> list[Expected]:
    """Enrolled by the school register; neither on the roster nor marked in school."""
    review = scene.county.years[2]
    student = scene.student(
        lambda s: (
            s.years == [review] and _applies(scene, s) and scene.studies_on(s, review)
        )
    )
    if student is None:
        return []
    scene.drop_year(student, review)
    student.person.shown_states = ("", "")
    student.person.shown_education = "初中"
    return [finding("OMI_SCHOOL_SIDE", student, review)]


def sibling_never_applied(scene: Scene) -> list[Expected]:
    review = scene.county.years[2]

    def has_sibling(student: Student) -> bool:
        home = student.person.household
        return any(
            row.person.household is home and row.person is not student.person
            for row in scene.county.roster
            if row.year == review
        )

    student = scene.student(
        lambda s: (
            s.years == [review]
            and _applies(scene, s)
            and scene.studies_on(s, review)
            and has_sibling(s)
        )
    )
    if student is None:
        return []
    scene.drop_year(student, review)
    return [finding("OMI_SIBLING", student, review)]


def rejected_without_reason(scene: Scene) -> list[Expected]:
    return _writes(
        scene, "OMI_REJECTED", lambda _: {"review_status": "未通过", "remark": None}
    )


def waived_without_paper(scene: Scene) -> list[Expected]:
    return _writes(scene, "OMI_WAIVER", lambda _: {"remark": Raw("自愿放弃")})


def measure_not_entered(scene: Scene) -> list[Expected]:
    """A monitored household's funded child without the measure in the register."""
    review = scene.county.years[2]

    def suits(student: Student) -> bool:
        home = student.person.household
        return bool(
            home.category
            and home.identified
            and home.identified < date(review, 9, 1)
            and home.eliminated is None
            and not home.is_flipped_back
        )

    student = scene.student(lambda s: _applies(scene, s) and suits(s))
    if student is None:
        return []
    student.person.changes["monitored_person"] = {"education_help": "教育资助"}
    return [
        replace(
            finding("REC_MEASURE_MISSING", student, review), column="education_help"
        )
    ]


def school_s_nature_left_open(scene: Scene) -> list[Expected]:
    return _writes(scene, "REC_MODULE_GAPS", lambda _: {"school_nature": None})


def _paid(student: Student, year: int) -> bool:
    payments = student.payments.get(year, [])
    return len(payments) == 1 and payments[0].is_paid and not student.person.departure


def account_of_a_stranger(scene: Scene) -> list[Expected]:
    year = scene.county.years[1]
    name = _strange_name(scene)
    student = scene.student(lambda s: _paid(s, year))
    if student is None:
        return []
    student.write("account_holder", Raw(name), only=year)
    student.payments[year][0].changes["holder_name"] = Raw(name)
    return [finding("PAY_HOLDER", student, year)]


def account_of_two_families(scene: Scene) -> list[Expected]:
    year = scene.county.years[1]
    pair = [scene.student(lambda s: _paid(s, year)) for _ in range(2)]
    students = [s for s in pair if s is not None]
    if len(students) < 2:
        return []
    account = scene.numbers.account()
    for student in students:
        student.write("account_no", account, only=year)
        student.payments[year][0].changes["account_no"] = account
    first = min(students, key=lambda s: s.person.known_as)
    return [finding("PAY_ACC_SHARED", first, year)]


def account_too_short(scene: Scene) -> list[Expected]:
    return _writes(scene, "PAY_ACC_BAD", lambda _: {"account_no": Raw("62128000")})


def paid_after_death(scene: Scene) -> list[Expected]:
    """Dead in the second funded year, after its reference day."""
    year, review = scene.county.years[1:]
    student = scene.student(lambda s: _paid(s, year) and _is_no_head(s.person))
    if student is None:
        return []
    scene.drop_year(student, review)
    student.person.departure = Departure("死亡", date(year + 1, 2, 11))
    return [finding("PAY_DEAD", student, year)]


def _is_no_head(person: Person) -> bool:
    return person is not person.household.head


def paid_after_leaving(scene: Scene) -> list[Expected]:
    """The roster itself notes that the student had left, and the bank paid."""
    year, review = scene.county.years[1:]

    def suits(student: Student) -> bool:
        course = student.person.programme_in(year)
        return bool(
            _paid(student, year)
            and course
            and course.ends == review
            and not student.person.programme_in(review)
        )

    student = scene.student(suits)
    if student is None:
        return []
    student.write("remark", Raw(f"{year}年11月已退学"), only=year)
    return [finding("PAY_AFTER_STOP", student, year)]


def paid_very_late(scene: Scene) -> list[Expected]:
    year = scene.county.years[1]
    student = scene.student(lambda s: _paid(s, year))
    if student is None:
        return []
    student.payments[year][0].paid_on = date(year + 1, 12, 10)
    return [finding("PAY_LATE", student, year)]


ERRORS = (
    head_of_another_family, relation_of_another, household_of_another_kind,
    graduation_before_entry, school_written_short, school_of_another_kind,
    progress_without_papers, suspended, withdrawn, part_time, at_another_school,
    not_in_the_school_register, only_the_school_knows, sibling_never_applied,
    rejected_without_reason, waived_without_paper, measure_not_entered,
    school_s_nature_left_open, account_of_a_stranger, account_of_two_families,
    account_too_short, paid_after_death, paid_after_leaving, paid_very_late,
)  # fmt: skip
