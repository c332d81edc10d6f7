"""Wrong numbers and names: IDN_* and LNK_*, one error a function."""

from __future__ import annotations

from schemas.idnumber import check_digit
from schemas.synth import numbers as wrong
from schemas.synth.errors.scene import Expected, Scene, Student, finding
from schemas.synth.names import given_name, in_traditional
from schemas.synth.people import Person, Raw
from schemas.text import name_key


def _has_rows(student: Student) -> bool:
    return student.person.departure is None


def _rewrite(student: Student, text: str | int | None, *, paid: bool) -> None:
    """The roster, and if ``paid`` the bank file made from it, write this number."""
    student.write("id_number", Raw(text))
    student.write("student_no", None)
    if paid:
        student.write_paid("id_number", Raw(text))


def id_left_blank(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    if student is None:
        return []
    _rewrite(student, None, paid=False)
    return [finding("IDN_MISSING", student)]


def id_placeholder(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    if student is None:
        return []
    _rewrite(student, scene.rng.choice(("无", "/", "-", "待补")), paid=False)
    return [finding("IDN_MISSING", student)]


def id_blank_in_newest_row(scene: Scene) -> list[Expected]:
    student = scene.student(lambda s: _has_rows(s) and len(s.rows) > 1)
    if student is None:
        return []
    student.write("id_number", Raw(None), only=student.years[-1])
    student.write("student_no", None, only=student.years[-1])
    return [finding("IDN_MISSING", student)]


def id_truncated(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    if student is None:
        return []
    text = student.person.pid[: scene.rng.randint(11, 14)]
    if not scene.numbers.take(text):
        return []
    _rewrite(student, text, paid=True)
    return [finding("IDN_LENGTH", student)]


def id_one_short_of_a_stranger(scene: Scene) -> list[Expected]:
    student = scene.stranger((scene.rng.choice(scene.county.years),))
    text = student.person.pid[:17]
    _rewrite(student, text, paid=True)
    return [finding("IDN_LENGTH", student, subject=text)]


def id_scientific_short(scene: Scene) -> list[Expected]:
    """``1.4223E+17``: too few digits to be evidence (ruling 5), the name still is."""
    student = scene.student(_has_rows)
    if student is None:
        return []
    pid, digits = student.person.pid, scene.rng.randint(4, 8)
    text = f"{pid[0]}.{pid[1 : digits + 1]}E+17"
    if not scene.numbers.take(text):
        return []
    _rewrite(student, text, paid=False)
    return [finding("IDN_PRECISION", student)]


def _reads_as_cut(pid: str) -> bool:
    """A csv shows a cut number as text; one in eleven then looks whole."""
    return check_digit(pid[:15] + "00") != "0"


def id_numeric_of_a_stranger(scene: Scene) -> list[Expected]:
    student = scene.stranger((scene.rng.choice(scene.county.years),))
    while not _reads_as_cut(student.person.pid):
        _everywhere(
            student, scene.numbers.pid(student.person.birth, student.person.sex)
        )
    number = int(student.person.pid[:15]) * 1000
    _rewrite(student, number, paid=True)
    return [finding("IDN_PRECISION", student, subject=str(number))]


def _everywhere(student: Student | Person, number: str) -> None:
    person = student.person if isinstance(student, Student) else student
    person.pid = person.number = number


def id_check_wrong_everywhere(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    if student is None:
        return []
    number = wrong.wrong_check(student.person.pid, scene.rng, scene.numbers)
    _everywhere(student, number)
    return [finding("IDN_CHECKSUM", student)]


def id_check_wrong_of_a_stranger(scene: Scene) -> list[Expected]:
    student = scene.stranger((scene.rng.choice(scene.county.years),))
    number = wrong.wrong_check(student.person.pid, scene.rng, scene.numbers)
    _everywhere(student, number)
    return [finding("IDN_CHECKSUM", student)]


def _in_scope(scene: Scene) -> Person | None:
    """Aged 14 to 30, in an entitled household, on no roster."""
    return scene.registered(
        lambda p: (
            p is not p.household.head
            and 16 <= scene.county.as_of.year - p.birth.year <= 28
            and p.household.type == "脱贫户"
            and not p.household.is_policy_off
        )
    )


def id_check_wrong_in_register(scene: Scene) -> list[Expected]:
    person = _in_scope(scene)
    if person is None:
        return []
    _everywhere(person, wrong.wrong_check(person.pid, scene.rng, scene.numbers))
    return [finding("IDN_CHECKSUM", person)]


def id_day_impossible_everywhere(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    if student is None:
        return []
    number = wrong.impossible_day(student.person.pid, scene.rng, scene.numbers)
    _everywhere(student, number)
    return [finding("IDN_DATE", student)]


def id_day_impossible_of_a_stranger(scene: Scene) -> list[Expected]:
    student = scene.stranger((scene.rng.choice(scene.county.years),))
    number = wrong.impossible_day(student.person.pid, scene.rng, scene.numbers)
    _everywhere(student, number)
    return [finding("IDN_DATE", student)]


def id_day_impossible_in_register(scene: Scene) -> list[Expected]:
    person = _in_scope(scene)
    if person is None:
        return []
    _everywhere(person, wrong.impossible_day(person.pid, scene.rng, scene.numbers))
    return [finding("IDN_DATE", person)]


def name_of_somebody_else(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    if student is None:
        return []
    person = student.person
    name = person.name
    while name == person.name or scene.names[name]:
        name = person.name[0] + given_name(scene.rng, person.sex) + "华"
    student.write("name", Raw(name))
    return [finding("IDN_SAME_ID_2NAMES", student)]


def name_one_character_off(scene: Scene) -> list[Expected]:
    student = scene.student(lambda s: _has_rows(s) and len(s.person.name) == 3)
    if student is None:
        return []
    name = student.person.name
    other = scene.rng.choice([c for c in "晓燕晶辉宏丹" if c != name[1]])
    student.write("name", Raw(name[0] + other + name[2]))
    return [finding("IDN_SAME_ID_2NAMES", student)]


def name_of_the_head(scene: Scene) -> list[Expected]:
    """The head's name typed in the student's column (mess 32)."""
    student = scene.student(
        lambda s: _has_rows(s) and s.person is not s.person.household.head
    )
    if student is None:
        return []
    student.write("name", Raw(student.person.household.head.name))
    return [finding("IDN_SAME_ID_2NAMES", student)]


def name_in_traditional(scene: Scene) -> list[Expected]:
    student = scene.student(
        lambda s: (
            _has_rows(s)
            and in_traditional(s.person.name) != s.person.name
            and name_key(in_traditional(s.person.name)) == s.person.name
        )
    )
    if student is None:
        return []
    student.write("name", Raw(in_traditional(student.person.name)))
    return [finding("IDN_NAME_VARIANT", student)]


def name_with_inner_space(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    if student is None:
        return []
    name = student.person.name
    space = scene.rng.choice(("\u3000", " ", "·"))
    student.write("name", Raw(name[0] + space + name[1:]))
    return [finding("IDN_NAME_VARIANT", student)]


def _near(
    scene: Scene, student: Student | None, text: str | int | None
) -> list[Expected]:
    if student is None or text is None:
        return []
    _rewrite(student, text, paid=scene.rng.random() < 0.5)
    return [finding("IDN_NEAR_ID", student)]


def id_one_digit_off(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    pid = student.person.pid if student else ""
    text = wrong.one_digit_off(pid, scene.rng, scene.numbers) if student else None
    return _near(scene, student, text)


def id_transposed(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    pid = student.person.pid if student else ""
    text = wrong.transposed(pid, scene.rng, scene.numbers) if student else None
    return _near(scene, student, text)


def id_off_but_valid(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    pid = student.person.pid if student else ""
    text = wrong.two_digits_off(pid, scene.rng, scene.numbers) if student else None
    return _near(scene, student, text)


def id_digit_left_out(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    if student is None:
        return []
    pid, place = student.person.pid, scene.rng.randrange(10, 17)
    return _near(scene, student, pid[:place] + pid[place + 1 :])


def id_digit_doubled(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    if student is None:
        return []
    pid, place = student.person.pid, scene.rng.randrange(10, 17)
    return _near(scene, student, pid[: place + 1] + pid[place:])


def id_as_number(scene: Scene) -> list[Expected]:
    """A numeric cell keeps fifteen digits: linked through them and the name."""
    student = scene.student(lambda s: _has_rows(s) and _reads_as_cut(s.person.pid))
    number = int(student.person.pid[:15]) * 1000 if student else None
    return _near(scene, student, number)


def id_scientific_long(scene: Scene) -> list[Expected]:
    student = scene.student(_has_rows)
    pid = student.person.pid if student else ""
    return _near(scene, student, f"{pid[0]}.{pid[1:15]}E+17" if student else None)


def id_wrong_in_register(scene: Scene) -> list[Expected]:
    """The register is the side that is mistyped; its number is the subject."""
    student = scene.student(_has_rows)
    if student is None:
        return []
    person = student.person
    person.number = wrong.one_digit_off(person.pid, scene.rng, scene.numbers)
    student.write("student_no", None)
    return [finding("IDN_NEAR_ID", student)]


def id_blank_in_register(scene: Scene) -> list[Expected]:
    """The roster's number is all there is: it is the subject."""
    student = scene.student(lambda s: _has_rows(s) and len(s.person.number) == 18)
    if student is None:
        return []
    student.person.shown_number = Raw(None)
    return [finding("IDN_MISSING", student)]


def id_as_number_in_register(scene: Scene) -> list[Expected]:
    student = scene.student(
        lambda s: (
            _has_rows(s) and len(s.person.number) == 18 and _reads_as_cut(s.person.pid)
        )
    )
    if student is None:
        return []
    number = int(student.person.pid[:15]) * 1000
    student.person.shown_number, student.person.number = Raw(number), str(number)
    return [finding("IDN_NEAR_ID", student)]


def not_in_register(scene: Scene) -> list[Expected]:
    first, second, review = scene.county.years
    years = scene.rng.choice(((first,), (first, second), (second, review), (review,)))
    return [finding("LNK_NOT_IN_M", scene.stranger(years))]


def only_the_head_in_register(scene: Scene) -> list[Expected]:
    person = scene.registered(lambda p: p is p.household.head and len(p.number) == 18)
    if person is None:
        return []
    first, second, review = scene.county.years
    years = scene.rng.choice(((first, second), (second, review), (review,)))
    return [finding("LNK_HEAD_ONLY", scene.stranger(years, head=person))]


def twin_not_in_register(scene: Scene) -> list[Expected]:
    """A twin nobody registered: two digits from the registered one, and not him."""
    student = scene.student(
        lambda s: _has_rows(s) and s.person is not s.person.household.head
    )
    if student is None:
        return []
    person = student.person
    twin = scene.stranger((student.years[-1],), head=person.household.head).person
    twin.sex, twin.relation, twin.birth = person.sex, person.relation, person.birth
    twin.pid = twin.number = scene.numbers.twin_of(person.pid)
    return [finding("LNK_HEAD_ONLY", twin)]


def place_in_other_village(scene: Scene) -> list[Expected]:
    return _elsewhere(scene, same_township=True)


def place_in_other_township(scene: Scene) -> list[Expected]:
    return _elsewhere(scene, same_township=False)


def _elsewhere(scene: Scene, same_township: bool) -> list[Expected]:
    review = scene.county.years[2]
    student = scene.student(lambda s: _has_rows(s) and review in s.rows)
    if student is None:
        return []
    here = student.person.household.place
    there = scene.rng.choice([
        place
        for place in scene.county.places
        if place.village != here.village
        and (place.township == here.township) is same_township
        and scene.villages[place.village] == 1
    ])  # fmt: skip
    student.write("township", there.township, only=review)
    student.write("village", there.village, only=review)
    return [finding("LNK_PLACE_DIFF", student)]


ERRORS = (
    id_left_blank, id_placeholder, id_blank_in_newest_row,
    id_truncated, id_one_short_of_a_stranger,
    id_scientific_short, id_numeric_of_a_stranger,
    id_check_wrong_everywhere, id_check_wrong_of_a_stranger, id_check_wrong_in_register,
    id_day_impossible_everywhere, id_day_impossible_of_a_stranger,
    id_day_impossible_in_register,
    name_of_somebody_else, name_one_character_off, name_of_the_head,
    name_in_traditional, name_with_inner_space,
    id_one_digit_off, id_transposed, id_off_but_valid, id_digit_left_out,
    id_digit_doubled, id_as_number, id_scientific_long, id_wrong_in_register,
    id_blank_in_register, id_as_number_in_register,
    not_in_register, only_the_head_in_register, twin_not_in_register,
    place_in_other_village, place_in_other_township,
)  # fmt: skip
