"""What happens to a number on its way into a roster."""

from __future__ import annotations

from datetime import date

from schemas.idnumber import check_digit
from schemas.synth import numbers as wrong
from schemas.synth.damage.case import Case, Damage, Stage
from schemas.synth.people import Raw


def _spare(stage: Stage, number: str) -> bool:
    """Nobody's number, and none that reads as cut by Excel."""
    return number[15:] != "000" and stage.numbers.take(number)


def _written(stage: Stage, case: Case, number: str | None) -> bool:
    if number is None or number == case.person.pid or not _spare(stage, number):
        return False
    case.write_number(number)
    return True


def untouched(_: Stage, _case: Case) -> bool:
    return True


def disability_card(stage: Stage, case: Case) -> bool:
    mark = stage.rng.choice(("43", "12", "71B1", "24B2"))
    case.write_number(case.person.pid + mark)
    return True


def letter_before(stage: Stage, case: Case) -> bool:
    case.write_number(stage.rng.choice("GJL") + case.person.pid)
    return True


def only_the_school_number(stage: Stage, case: Case) -> bool:
    case.without_number()
    case.roster["student_no"] = stage.rng.choice("GJL") + case.person.pid
    return True


def blanks_and_marks(stage: Stage, case: Case) -> bool:
    pid = case.person.pid
    forms = (
        "'{pid}", "\t{pid}", '="{pid}"', "{pid}\u200b", "{pid}\n", "{area}-{birth}{rest}",
        "{area} {birth} {rest}",
    )  # fmt: skip
    parts = {"pid": pid, "area": pid[:6], "birth": pid[6:14], "rest": pid[14:]}
    case.write_number(stage.rng.choice(forms).format(**parts))
    return True


def wide_or_look_alike_characters(stage: Stage, case: Case) -> bool:
    pid = case.person.pid
    wide = "".join(chr(ord(c) + 0xFEE0) for c in pid)
    case.write_number(
        stage.rng.choice(
            (wide, pid.lower(), pid.replace("X", "Х"), pid.replace("0", "O"))
        )
    )
    return True


def as_number_cell(_: Stage, case: Case) -> bool:
    case.write_number(int(case.person.pid[:15]) * 1000)
    return True


def zeros_at_the_end(_: Stage, case: Case) -> bool:
    text = case.person.pid[:15] + "000"
    if check_digit(text[:17]) == "0":
        return False
    case.write_number(text)
    return True


def scientific_long(_: Stage, case: Case) -> bool:
    pid = case.person.pid
    case.write_number(f"{pid[0]}.{pid[1:15]}E+17")
    return True


def scientific_ten_digits(stage: Stage, case: Case) -> bool:
    pid, kept = case.person.pid, stage.rng.randint(10, 13)
    case.write_number(f"{pid[0]}.{pid[1:kept]}E+17")
    return True


def scientific_short(_: Stage, case: Case) -> bool:
    """Too few digits to be evidence: name and home are left."""
    pid = case.person.pid
    case.write_number(f"{pid[0]}.{pid[1:5]}E+17")
    return True


def first_fifteen_as_text(_: Stage, case: Case) -> bool:
    """Looks like an old number of somebody born in 1920."""
    case.write_number(case.person.pid[:15])
    return True


def tail_missing(stage: Stage, case: Case) -> bool:
    return _written(stage, case, case.person.pid[: stage.rng.choice((16, 17))])


def only_the_beginning(stage: Stage, case: Case) -> bool:
    case.write_number(case.person.pid[: stage.rng.randint(8, 14)])
    return True


def check_character_wrong(stage: Stage, case: Case) -> bool:
    pid = case.person.pid
    last = stage.rng.choice([c for c in "0123456789X" if c != pid[17]])
    return _written(stage, case, pid[:17] + last)


def one_digit_wrong(stage: Stage, case: Case) -> bool:
    pid, place = case.person.pid, stage.rng.randrange(6, 17)
    digit = str((int(pid[place]) + stage.rng.randrange(1, 10)) % 10)
    return _written(stage, case, pid[:place] + digit + pid[place + 1 :])


def digit_of_the_area_wrong(stage: Stage, case: Case) -> bool:
    pid, place = case.person.pid, stage.rng.randrange(0, 6)
    digit = str((int(pid[place]) + stage.rng.randrange(1, 10)) % 10)
    return _written(stage, case, pid[:place] + digit + pid[place + 1 :])


def two_digits_wrong(stage: Stage, case: Case) -> bool:
    pid = list(case.person.pid)
    for place in stage.rng.sample(range(6, 17), 2):
        pid[place] = str((int(pid[place]) + stage.rng.randrange(1, 10)) % 10)
    return _written(stage, case, "".join(pid))


def two_digits_wrong_and_valid(stage: Stage, case: Case) -> bool:
    """A digit mistyped and the check character made to fit."""
    case.write_number(wrong.two_digits_off(case.person.pid, stage.rng, stage.numbers))
    return True


def neighbours_swapped(stage: Stage, case: Case) -> bool:
    number = wrong.transposed(case.person.pid, stage.rng, stage.numbers)
    if number is not None:
        case.write_number(number)
    return number is not None


def digit_missing(stage: Stage, case: Case) -> bool:
    pid, place = case.person.pid, stage.rng.randrange(6, 17)
    return _written(stage, case, pid[:place] + pid[place + 1 :])


def digit_too_many(stage: Stage, case: Case) -> bool:
    pid, place = case.person.pid, stage.rng.randrange(6, 17)
    return _written(stage, case, pid[: place + 1] + pid[place:])


def _other_birth(stage: Stage, birth: date, field: str) -> date | None:
    year, month, day = birth.year, birth.month, birth.day
    step = stage.rng.choice((-2, -1, 1, 2))
    if field == "year":
        year += step
    elif field == "month":
        month = stage.rng.choice([m for m in range(1, 13) if m != month])
    else:
        day = stage.rng.choice([d for d in range(1, 29) if d != day])
    return date(year, month, min(day, 28))


def _birth_off(field: str, is_valid: bool) -> Damage:
    def damage(stage: Stage, case: Case) -> bool:
        pid = case.person.pid
        birth = date(int(pid[6:10]), int(pid[10:12]), int(pid[12:14]))
        other = _other_birth(stage, birth, field)
        if other is None or (other.year >= 2000) != (birth.year >= 2000):
            return False
        first17 = f"{pid[:6]}{other:%Y%m%d}{pid[14:17]}"
        last = check_digit(first17) if is_valid else pid[17]
        return _written(stage, case, first17 + last)

    damage.__name__ = f"birth_{field}_off" + ("_and_valid" if is_valid else "")
    return damage


def number_missing(stage: Stage, case: Case) -> bool:
    case.without_number()
    return stage.is_alone(case.person)


def number_a_none_word(stage: Stage, case: Case) -> bool:
    case.write_number(stage.rng.choice(("无", "/", "-", "待补", "不详", "0")))
    return stage.is_alone(case.person)


def head_s_number_typed(_: Stage, case: Case) -> bool:
    head = case.home.head
    if head is case.person or len(head.number) != 18 or head.name == case.person.name:
        return False
    case.write_number(head.pid)
    return True


def head_s_number_typed_no_head_columns(stage: Stage, case: Case) -> bool:
    if not head_s_number_typed(stage, case):
        return False
    case.roster |= {"head_name": None, "head_id_number": None}
    return True


def guardian_s_number_typed(stage: Stage, case: Case) -> bool:
    """The mother's or a grandparent's number stands in the student's column."""
    born = case.person.birth.year
    others = [
        m
        for m in case.home.members
        if m is not case.home.head and m.birth.year < born - 15 and len(m.number) == 18
        and m.departure is None
    ]  # fmt: skip
    if not others:
        return False
    case.write_number(stage.rng.choice(others).pid)
    return True


def numbers_of_head_and_student_swapped(stage: Stage, case: Case) -> bool:
    if not head_s_number_typed(stage, case):
        return False
    case.roster["head_id_number"] = case.person.pid
    return True


def student_s_number_for_the_head_s(_: Stage, case: Case) -> bool:
    case.roster["head_id_number"] = case.person.pid
    return case.person is not case.home.head


def only_in_the_head_s_column(_: Stage, case: Case) -> bool:
    """The student's number stands in the head's column, its own is empty."""
    if case.person is case.home.head:
        return False
    case.without_number()
    case.roster["head_id_number"] = case.person.pid
    return True


def placeholder_number(stage: Stage, case: Case) -> bool:
    case.write_number(stage.rng.choice(("1" * 18, "0" * 18, "123456789012345678")))
    return stage.is_alone(case.person)


def number_as_raw_float(_: Stage, case: Case) -> bool:
    case.write_number(Raw(float(case.person.pid[:15]) * 1000))
    return True


DAMAGES: tuple[Damage, ...] = (
    untouched, disability_card, letter_before, only_the_school_number, blanks_and_marks,
    wide_or_look_alike_characters, as_number_cell, zeros_at_the_end, scientific_long,
    scientific_ten_digits, scientific_short, first_fifteen_as_text, tail_missing,
    only_the_beginning, check_character_wrong, one_digit_wrong, digit_of_the_area_wrong,
    two_digits_wrong, two_digits_wrong_and_valid, neighbours_swapped, digit_missing,
    digit_too_many,
    *(_birth_off(f, v) for f in ("year", "month", "day") for v in (False, True)),
    number_missing, number_a_none_word, head_s_number_typed,
    head_s_number_typed_no_head_columns, guardian_s_number_typed,
    numbers_of_head_and_student_swapped, student_s_number_for_the_head_s,
    only_in_the_head_s_column, placeholder_number, number_as_raw_float,
)  # fmt: skip
