"""What the register itself has wrong about a person; the roster is right."""

from __future__ import annotations

from schemas.synth.damage import numbers
from schemas.synth.damage.case import Case, Damage, Stage
from schemas.synth.names import in_traditional
from schemas.synth.people import Raw


def _same_number_everywhere(case: Case, number: object) -> None:
    text = Raw(number) if isinstance(number, int) else Raw(str(number or "") or None)
    case.register["id_number"] = case.former["id_number"] = text


def _mistyped(damage: Damage) -> Damage:
    def register(stage: Stage, case: Case) -> bool:
        if len(case.person.number) != 18 or not damage(stage, case):
            return False
        case.register["id_number"] = case.former["id_number"] = case.roster["id_number"]
        case.roster["id_number"] = case.person.pid
        return stage.is_alone(case.person)

    register.__name__ = f"register_{damage.__name__}"
    return register


def register_has_no_number(stage: Stage, case: Case) -> bool:
    _same_number_everywhere(case, None)
    return stage.is_alone(case.person)


def register_wrote_old_number_first(stage: Stage, case: Case) -> bool:
    """Corrected since June; the roster, and its school number, have the old one."""
    old = stage.beside(case.person.pid, (100, 120, -100, -140, 260, -260))
    if old is None or len(case.person.number) != 18:
        return False
    case.former["id_number"] = old
    case.roster |= {"id_number": old, "student_no": "G" + old}
    return True


def school_number_keeps_the_former(stage: Stage, case: Case) -> bool:
    """The roster's own number is missing; the school never changed the old one."""
    if not register_wrote_old_number_first(stage, case):
        return False
    case.roster["id_number"] = None
    return True


def school_number_before_the_correction(stage: Stage, case: Case) -> bool:
    """The roster has a new number that the register does not know yet."""
    new = stage.beside(case.person.pid, (100, 120, -100, -140, 260, -260))
    if new is None:
        return False
    case.roster |= {"id_number": new, "student_no": "G" + case.person.pid}
    return True


def register_in_traditional(stage: Stage, case: Case) -> bool:
    name = in_traditional(case.person.name)
    case.register["name"] = case.former["name"] = name
    case.without_number()
    return name != case.person.name and stage.is_alone(case.person)


DAMAGES: tuple[Damage, ...] = (
    *(
        _mistyped(damage)
        for damage in (
            numbers.one_digit_wrong, numbers.neighbours_swapped, numbers.digit_missing,
            numbers.check_character_wrong, numbers.as_number_cell,
            numbers.disability_card,
        )
    ),
    register_has_no_number, register_wrote_old_number_first,
    school_number_keeps_the_former, school_number_before_the_correction,
    register_in_traditional,
)  # fmt: skip
