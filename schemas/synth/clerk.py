"""The clerk who exports a table: which columns, under which headings, typed how."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from schemas.kinds import Cell
from schemas.spec import SourceSpec
from schemas.synth import cells
from schemas.synth.people import Raw, Value
from schemas.synth.sheets import Column
from schemas.text import fold

_ACCIDENT_SHARE = 0.06
# A bare year under these would change what the cell means, not how it is written.
NOT_ALIASES = frozenset({"识别年度", "入学年份", "年度"})
_DECORATIONS: tuple[Callable[[str], str], ...] = (
    lambda heading: f"{heading}*",
    lambda heading: f"{heading[0]} {heading[1:]}",
    lambda heading: heading.replace("（", "(").replace("）", ")"),
    lambda heading: heading.replace("(", " （").replace(")", "）"),
    lambda heading: f"{heading[:2]}\n{heading[2:]}",
)


class Clerk:
    """Draws habits from the active messes; a clean clerk has none."""

    def __init__(self, rng: Random, messes: frozenset[str], often: float) -> None:
        self.rng, self.messes, self._often = rng, messes, often

    @classmethod
    def tidy(cls) -> Clerk:
        """Someone without any habit."""
        return cls(Random(0), frozenset(), 0)

    def does(self, mess: str) -> bool:
        """Whether this mess happens here; a draw is made only when it is active."""
        return mess in self.messes and self.rng.random() < self._often

    def columns(
        self,
        spec: SourceSpec,
        names: Iterable[str],
        extras: Iterable[str] = (),
        width: int | None = None,
    ) -> list[Column]:
        """Columns with headings and typing habits, shuffled when that is a habit.

        ``extras``: undeclared headings, as many as ``width`` leaves room for.
        """
        used: set[str] = set()
        found = [self._column(spec, name, used) for name in names]
        taken = {fold(h) for c in spec.columns for h in c.headings}
        taken |= {fold(heading) for heading in spec.excludes}
        found += [Column(heading) for heading in extras if fold(heading) not in taken]
        found = found[:width]
        if self.does("shuffled_columns"):
            self.rng.shuffle(found)
        return found

    def known(self, spec: SourceSpec, heading: str) -> Column:
        """The column behind a heading of a fixed layout; undeclared ones stay so."""
        for declared in spec.columns:
            if fold(heading) in {fold(h) for h in declared.headings}:
                return self._habit(Column(heading, declared.name, declared.kind))
        return Column(heading)

    def _column(self, spec: SourceSpec, name: str, used: set[str]) -> Column:
        declared = spec.column(name)
        column = self._habit(Column(declared.title, name, declared.kind))
        usable = [
            heading
            for heading in declared.headings
            if heading not in NOT_ALIASES
            and fold(heading) not in used
            and ("万元" in heading) is (column.form == "money_ten_thousands")
        ]
        if column.form == "money_ten_thousands" or self.does("heading_aliases"):
            column.heading = self.rng.choice(usable)
        used.add(fold(column.heading))
        if self.does("heading_decorations"):
            column.heading = self.rng.choice(_DECORATIONS)(column.heading)
        return column

    def _habit(self, column: Column) -> Column:
        forms = dict(cells.COLUMN_FORMS.get(column.kind, {}))
        if column.name == "entry_on":
            forms |= cells.ENTRY_FORMS
        if column.name == "amount_fen":  # nobody writes a month's wage in 万元
            forms |= cells.TEN_THOUSANDS_TEXT | cells.TEN_THOUSANDS
        if column.kind.startswith("code:") and self.does("code_aliases"):
            column.form = "code_aliases"
            column.typed = cells.code_habit(column.kind[5:], self.rng)
            return column
        if column.kind.startswith("codes:") and self.does("code_aliases"):
            column.form = "code_aliases"
            column.typed = cells.code_set_habit(column.kind[6:], self.rng)
            return column
        active = sorted(name for name in forms if name in self.messes)
        if active and self.rng.random() < self._often:
            column.form = self.rng.choice(active)
            column.typed = forms[column.form]
        return column

    def cell(self, column: Column, value: Value, *, is_student: bool = False) -> Cell:
        """One cell; what an error wrote on purpose stays as it is."""
        if isinstance(value, Raw):
            return value.cell
        cell = column.typed(value) if column.typed else cells.plain(column.kind, value)
        if self.messes and self.rng.random() < _ACCIDENT_SHARE:
            cell = self._accident(column, cell, is_student)
        return cell

    def _accident(self, column: Column, cell: Cell, is_student: bool) -> Cell:
        kind = column.kind
        if kind == "text" and cell is None and "none_words" in self.messes:
            return self.rng.choice(cells.NONE_WORDS)
        if not isinstance(cell, str) or not cell:
            return cell
        accidents: dict[str, Callable[[str], str]] = {}
        if kind == "id_number" and column.name != "student_no":
            accidents = dict(cells.ID_ACCIDENTS)
            if is_student and column.name == "id_number" and len(cell) == 18:
                accidents |= cells.STUDENT_ID_ACCIDENTS
        elif kind == "person_name":
            accidents = cells.NAME_ACCIDENTS
        elif kind == "division":
            accidents = cells.PLACE_ACCIDENTS
        active = sorted(name for name in accidents if name in self.messes)
        return accidents[self.rng.choice(active)](cell) if active else cell
