"""Named messes of a sheet's structure: what clerks put around and into a table."""

from __future__ import annotations

from random import Random
from typing import Protocol

from schemas.kinds import Cell
from schemas.synth.sheets import Column, Line, Merge, Sheet

_GROUPS = {
    "户主信息": {"head_name", "head_id_number", "household_type", "guardian_name"},
    "学生信息": {"name", "sex", "id_number", "relation", "student_no"},
    "就读信息": {
        "school_name", "school_level", "major", "programme_years", "entry_on",
        "graduation_on", "grade",
    },
    "补助信息": {
        "period_no", "amount_fen", "account_holder", "bank", "account_no",
    },
}  # fmt: skip
BLOCK_COLUMNS = ("township", "village", "household_no", "head_name", "head_id_number")
_FOOT = ("填表人：", "审核人：", "单位（盖章）：", "填报日期：2023年9月21日")
_REPEAT_EVERY = 40


class Hand(Protocol):
    """Whoever does it: all that is needed is what chance decides."""

    rng: Random


def _heading(sheet: Sheet) -> Line:
    return next(line for line in sheet.lines if line.kind == "heading")


def running_numbers(sheet: Sheet, _hand: Hand) -> None:
    """序号 in front, beginning again in every village."""
    place = sheet.place_of("village")
    sheet.columns.insert(0, Column("序号"))
    _heading(sheet).cells.insert(0, "序号")
    number, last = 0, None
    for line in sheet.data:
        here = None if place is None else line.cells[place]
        number, last = (number + 1 if here == last else 1), here
        line.cells.insert(0, number)


def doubled_heading(sheet: Sheet, _hand: Hand) -> None:
    """风险是否已消除 twice: the second column is empty."""
    names = [c for c in sheet.columns if c.name in ("is_risk_done", "phone", "remark")]
    if names:
        sheet.columns.append(Column(names[0].heading))
        _heading(sheet).cells.append(names[0].heading)
        for line in sheet.data:
            line.cells.append(None)


def spacers(sheet: Sheet, hand: Hand) -> None:
    """Blank rows and a remark between the rows."""
    for _ in range(1 + len(sheet.data) // 50 if len(sheet.data) > 1 else 0):
        after = hand.rng.choice(sheet.data[:-1] or sheet.data)
        place = sheet.lines.index(after) + 1
        spoken = sheet.columns[0].name is None and hand.rng.random() < 0.3
        note: list[Cell] = ["以上已核对"] if spoken else []
        sheet.lines.insert(place, Line("note" if note else "blank", note))


def repeated_headings(sheet: Sheet, _hand: Hand) -> None:
    """The heading, with both its rows, again on every printed page."""
    repeat_heading(sheet, _REPEAT_EVERY)


def repeat_heading(sheet: Sheet, every: int) -> None:
    """The heading again after each so many people."""
    heading = [line for line in sheet.lines if line.kind == "heading"]
    areas = [m for m in sheet.merges if m.first in heading]
    for line in sheet.data[every::every]:
        place = sheet.lines.index(line)
        again = {id(h): Line("heading", list(h.cells)) for h in heading}
        sheet.lines[place:place] = again.values()
        for area in areas:
            first, last = again[id(area.first)], again[id(area.last)]
            sheet.merges.append(Merge(first, last, area.left, area.right))


def totals(sheet: Sheet, _hand: Hand) -> None:
    """小计 after each township, 合计 at the end; the counts are right."""
    place, amount = sheet.place_of("township"), sheet.place_of("amount_fen")
    data = sheet.data
    if not data:
        return
    blocks: list[list[Line]] = [[]]
    for line in data:
        last = blocks[-1]
        if last and place is not None and last[-1].cells[place] != line.cells[place]:
            blocks.append([])
        blocks[-1].append(line)
    if 1 < len(blocks) < 15:
        for block in blocks:
            at = sheet.lines.index(block[-1]) + 1
            sheet.lines.insert(at, _total("小计", block, amount))
    sheet.lines.insert(sheet.lines.index(sheet.data[-1]) + 1 + (1 < len(blocks) < 15),
                       _total("合计", data, amount))  # fmt: skip


def _total(word: str, lines: list[Line], amount: int | None) -> Line:
    row: list[Cell] = [word, f"共{len(lines)}人"]
    if amount is not None and amount > 1:
        numbers = [line.cells[amount] for line in lines]
        if all(isinstance(number, int) for number in numbers):
            row += [None] * (amount - 1)
            row[amount] = sum(n for n in numbers if isinstance(n, int))
    return Line("total", row)


def footer(sheet: Sheet, _hand: Hand) -> None:
    sheet.lines.append(Line("note", list(_FOOT)))


def title_rows(sheet: Sheet, _hand: Hand) -> None:
    """A second note under the title: who made the table."""
    if sheet.lines[0].kind == "title":
        sheet.lines.insert(1, Line("note", ["填报单位：县乡村振兴局"]))


def two_row_heading(sheet: Sheet, _hand: Hand) -> None:
    """Groups merged over fields, single headings merged over both rows."""
    groups = [
        next((g for g, names in _GROUPS.items() if column.name in names), "")
        for column in sheet.columns
    ]
    heading = _heading(sheet)
    upper, lower = Line("heading", []), heading
    runs: list[tuple[int, int]] = []
    for place, group in enumerate(groups):
        if runs and group and groups[runs[-1][0]] == group:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    top: list[Cell] = [None] * len(groups)
    if all(first == last for first, last in runs):
        return
    for first, last in runs:
        if first < last:
            top[first] = groups[first]
            sheet.merges.append(Merge(upper, upper, first, last))
        else:
            top[first], lower.cells[first] = lower.cells[first], None
            sheet.merges.append(Merge(upper, lower, first, first))
    upper.cells = top
    sheet.lines.insert(sheet.lines.index(heading), upper)


def merged_blocks(sheet: Sheet, _hand: Hand) -> None:
    """Township, village and head stand only in the first row of their block."""
    found = [sheet.place_of(name) for name in BLOCK_COLUMNS]
    places = [place for place in found if place is not None]
    whole = {id(line): [line.cells[p] for p in places] for line in sheet.data}
    for level, place in enumerate(places):
        run: list[Line] = []
        for line in [*sheet.lines, Line("blank", [])]:
            values = whole.get(id(line), [])[: level + 1]
            if run and values and values == whole[id(run[0])][: level + 1]:
                run.append(line)
                continue
            _merge(sheet, run, place)
            run = [line] if values and values[-1] is not None else []


def _merge(sheet: Sheet, run: list[Line], place: int) -> None:
    if len(run) > 1:
        sheet.merges.append(Merge(run[0], run[-1], place, place))
        for line in run[1:]:
            line.cells[place] = None
