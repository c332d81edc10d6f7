"""However a value is typed, its kind reads the same out of it."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.kinds import Cell, kind_named
from schemas.synth import cells
from schemas.synth.people import Value
from schemas.text import written_name

SAMPLES: dict[str, tuple[Value, ...]] = {
    "day": (date(2005, 10, 9), date(1948, 1, 31)),
    "entry_day": (date(2021, 9, 1), date(2022, 3, 1)),
    "leaving_day": (date(2024, 7, 1), date(2023, 6, 30)),
    "month_start": (date(2021, 10, 1), date(2020, 9, 1)),
    "month_end": (date(2021, 10, 31), date(2020, 9, 30)),
    "money": (3000, 1500, 300, 30000),
    "years": (2, 3, 5),
    "period": ("2021-2022", "2021-2022-1", "2021-2022-2"),
    "yes_no": (True, False),
    "account": ("6212801234567890123",),
    "phone": ("14100000001",),
}
PID = "14223020050101131X"


@pytest.mark.parametrize(
    ("kind", "form"),
    [(kind, form) for kind, forms in cells.COLUMN_FORMS.items() for form in forms],
)
def test_a_column_form_keeps_the_value(kind: str, form: str) -> None:
    parse = kind_named(kind).parse
    for value in SAMPLES[kind]:
        typed = cells.COLUMN_FORMS[kind][form](value)
        assert parse(read_back(typed)) == parse(read_back(cells.plain(kind, value)))
    assert parse(cells.COLUMN_FORMS[kind][form](None)).values[0] is None


@pytest.mark.parametrize("form", sorted(cells.TEN_THOUSANDS | cells.TEN_THOUSANDS_TEXT))
def test_ten_thousands_are_yuan(form: str) -> None:
    typed = (cells.TEN_THOUSANDS | cells.TEN_THOUSANDS_TEXT)[form](3000)
    assert kind_named("money").parse(typed).values == (300000,)


@pytest.mark.parametrize("form", sorted(cells.ENTRY_FORMS))
def test_an_entry_form_keeps_the_year(form: str) -> None:
    (day,) = kind_named("day").parse(cells.ENTRY_FORMS[form](date(2021, 9, 1))).values
    assert isinstance(day, date)
    assert day.year == 2021


@pytest.mark.parametrize(
    "accident", sorted(cells.ID_ACCIDENTS | cells.STUDENT_ID_ACCIDENTS)
)
def test_an_id_accident_keeps_the_person(accident: str) -> None:
    damage = (cells.ID_ACCIDENTS | cells.STUDENT_ID_ACCIDENTS)[accident]
    _, pid, form, _ = kind_named("id_number").parse(damage(PID)).values
    assert pid == PID
    assert form in ("id18", "disability", "student_no")


@pytest.mark.parametrize("accident", sorted(cells.NAME_ACCIDENTS))
def test_a_name_accident_keeps_the_name(accident: str) -> None:
    assert written_name(cells.NAME_ACCIDENTS[accident]("张晓明")) == "张晓明"


@pytest.mark.parametrize("accident", sorted(cells.PLACE_ACCIDENTS))
@pytest.mark.parametrize("place", ["三岔村", "大村", "小刘家湾村"])
def test_a_place_accident_keeps_the_place(accident: str, place: str) -> None:
    key = kind_named("division").parse(place).values[1]
    damaged = cells.PLACE_ACCIDENTS[accident](place)
    assert kind_named("division").parse(damaged).values[1] == key


def read_back(cell: Cell) -> Cell:
    """The cell as a reader of workbooks gives it: every number is a float."""
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell
