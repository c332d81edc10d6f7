"""One sheet, read whole: its heading, its rows by class, its columns as CSV lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import TextIO

from pipelines.ingest.block import BlockWriter
from pipelines.ingest.cells import Ahead, Row
from pipelines.ingest.grid import Sheet
from pipelines.ingest.headings import (
    RETURN_HEADING,
    SEARCHED_ROWS,
    Heading,
    HeadingFinder,
    Layout,
    is_ignored,
)
from pipelines.ingest.helpers import Helpers
from pipelines.ingest.hints import SheetHints, sheet_hints
from pipelines.ingest.looks import (
    UNKNOWN_SAMPLE,
    first_number,
    note_known,
    note_unknown,
)
from pipelines.ingest.reports import (
    CellIssue,
    HeadingFate,
    Line,
    Lists,
    SheetReport,
    address,
)
from pipelines.ingest.returned import form_of, is_other_sheet, take_return
from pipelines.ingest.rows import Body, is_note, limit_stated, read_body
from schemas.idnumber import parse_id
from schemas.kinds import Cell, as_text, parse_fen
from schemas.spec import SourceSpec
from schemas.text import fold

_LONG = 1_000  # rows of which several processes make lines together
_TOGETHER = 1_000
_OWN_SHARE = 0.8  # who leaves lines to others has the looks of columns to note as well
_WIDE = 6  # so many filled cells are a table's row, not an explanation


def read_sheet(
    sheet: Sheet,
    sheet_id: int,
    file: str,
    finder: HeadingFinder,
    folder: Path,
    helpers: Helpers | None = None,
) -> tuple[SheetReport, Lists]:
    """What a sheet is and holds; its data rows are added to ``<source>.csv``."""
    rows = Ahead(sheet.rows(), SEARCHED_ROWS + 1 + UNKNOWN_SAMPLE)
    head = rows.head[: SEARCHED_ROWS + 1]
    report = SheetReport(
        sheet_id, sheet.number, sheet.name, sheet.is_hidden, sheet.height
    )
    lists = Lists()
    if (form := form_of(rows.head)) is not None:
        if is_other_sheet(rows.head, form):
            report.other = form.title
            _pass_over(rows, lists, f"{form.title}（已有的答复，只供查看）")
        else:
            take_return(rows, sheet, form, report, lists)
        return report, lists
    report.is_return = any(_says_return(row) for row in head)
    layout = None if report.is_return else finder.find(head, sheet.merges)
    other = None if report.is_return else finder.other(head)
    if other is not None and (layout is None or layout.missing):
        report.other = other.title
        _pass_over(rows, lists, f"{other.title}（{other.why}）")
        return report, lists
    if layout is None:
        # A list of explained headings stands so too, but without anybody's number.
        has_numbers = any(_is_number(cell) for row in head for cell in row)
        report.is_transposed = has_numbers and finder.is_transposed(head)
        if report.is_transposed:
            lists.issues.append(CellIssue(None, None, None, "ING_TRANSPOSED", ""))
        _account_for(rows, lists, is_table=report.is_transposed)
        report.is_blank = all(line.disposition == "blank" for line in lists.lines)
        report.nearest = finder.nearest(head) or first_number(head)
        return report, lists
    above = [_joined(row) for row in head[: layout.first_row]]
    hints = sheet_hints(file, sheet.name, [text for text in above if text])
    _note_hints(report, layout, hints, above)
    _note_layout(lists, layout)
    heading_rows = head[layout.first_row : layout.last_row + 1]
    # Columns nobody declared are only seen here: further down they are not read.
    note_unknown(lists, layout, rows.head[layout.last_row + 1 :])
    rows.skip(layout.last_row + 1)
    body = read_body(rows, sheet, layout, finder, heading_rows)
    _note_above(lists, head[: layout.first_row], finder)
    _note_lines(lists, layout, body)
    target = folder / f"{layout.source.name}.csv"
    with target.open("a", encoding="utf-8", newline="") as out:
        for block in body.blocks:
            writer = BlockWriter(layout, block, hints, lists, sheet)
            later = _write_lines(out, writer, sheet_id, helpers)
            note_known(lists, layout.source, writer)
            report.data_rows += len(block.row_nos)
            report.id_total += writer.id_total
            report.fen_total += writer.fen_total
            _write_later(target, writer, later, helpers)
            if block is body.blocks[0]:
                _note_headings(lists, layout, writer.used)
    _note_totals(report, body, hints)
    limits = [n for text in above if (n := limit_stated(text)) is not None]
    report.stated_limit = max([*limits, *body.limits], default=None)
    report.tables = len(body.blocks)
    _note_facts(report, sheet)
    return report, lists


def _write_lines(
    out: TextIO, writer: BlockWriter, sheet_id: int, helpers: Helpers | None
) -> list[int]:
    """The first lines of a block; those behind them are left to the helpers that are
    told, who make them meanwhile."""
    if helpers is None or helpers.count < 2 or writer.height < _LONG:
        out.writelines(writer.lines(sheet_id, 0, writer.height))
        return []
    others = helpers.count - 1
    own = int(writer.height * _OWN_SHARE / (others + _OWN_SHARE))
    rest = writer.height - own
    ends = [own + rest * turn // others for turn in range(others + 1)]
    later = [
        helpers.start(partial(_lines, writer, sheet_id, first, last))
        for first, last in pairwise(ends)
    ]
    out.writelines(writer.lines(sheet_id, 0, own))
    return later


def _write_later(
    target: Path, writer: BlockWriter, later: Sequence[int], helpers: Helpers | None
) -> None:
    """What helpers made, in files beside the ``target``."""
    for number, helper in enumerate(later, start=2):
        beside = target.with_suffix(f".{number}.csv")
        with beside.open("a", encoding="utf-8", newline="") as more:
            for found in helpers.results(helper) if helpers else ():
                if isinstance(found, str):
                    more.write(found)
                else:
                    writer.issues.extend(found)


def _lines(
    writer: BlockWriter, sheet_id: int, first: int, last: int
) -> Iterator[object]:
    """In a helper: lines, many at a time; then the issues that came up with them."""
    before = len(writer.issues)
    lines = writer.lines(sheet_id, first, last)
    while some := "".join(islice(lines, _TOGETHER)):
        yield some
    yield writer.issues[before:]


def _note_facts(report: SheetReport, sheet: Sheet) -> None:
    """What is out of sight in the sheet; known once its rows have been read."""
    facts = sheet.count.facts if sheet.count else sheet.facts and sheet.facts()
    if facts:
        report.hidden_rows = facts.hidden_rows
        report.hidden_columns = facts.hidden_columns
        report.is_filtered = facts.is_filtered
        report.formulas = facts.formulas


def _says_return(row: Row) -> bool:
    return any(c.__class__ is str and fold(str(c)) == RETURN_HEADING for c in row)


def _joined(row: Sequence[Cell]) -> str:
    """The texts of a row, each once: a title may be written into every merged cell."""
    texts = (as_text(cell) for cell in row)
    return " ".join(dict.fromkeys(t.strip() for t in texts if t and t.strip()))


def _account_for(rows: Iterator[Row], lists: Lists, *, is_table: bool) -> None:
    """Class the rows of a sheet that is no known source: none may be lost."""
    reason = "ING_TRANSPOSED" if is_table else "ING_NO_HEADER"
    for row_no, row in enumerate(rows, start=1):
        filled = sum(1 for cell in row if cell not in ("", None))
        if not filled:
            _line(lists, row_no, "blank")
        elif filled >= _WIDE or any(map(_is_number, row)) or (is_table and filled > 1):
            _line(lists, row_no, "held", reason)
        else:
            _line(lists, row_no, "note")


def _pass_over(rows: Iterator[Row], lists: Lists, what: str) -> None:
    """Class the rows of a table that is known and not needed."""
    for row_no, row in enumerate(rows, start=1):
        is_blank = all(cell in ("", None) for cell in row)
        _line(lists, row_no, "blank" if is_blank else "note")
    lists.issues.append(CellIssue(None, None, None, "ING_NOT_NEEDED", what))


def _is_number(cell: Cell) -> bool:
    return parse_id(cell).form in ("id18", "id15", "disability", "student_no")


def _line(
    lists: Lists, row_no: int, disposition: str, reason: str | None = None
) -> None:
    """Add one row; equal neighbours become one run."""
    if lists.lines:
        before = lists.lines[-1]
        if before[1:] == (row_no - 1, disposition, reason):
            lists.lines[-1] = before._replace(last=row_no)
            return
    lists.lines.append(Line(row_no, row_no, disposition, reason))


def _note_hints(
    report: SheetReport, layout: Layout, hints: SheetHints, above: list[str]
) -> None:
    report.source = layout.source.name
    report.heading_row_no = layout.last_row + 1
    report.title_text = next((t for t in above if t and not is_note(t)), "")[:200]
    report.snapshot_on = hints.snapshot_on.isoformat() if hints.snapshot_on else None
    report.dated_by = hints.dated_by
    report.is_applied = hints.is_applied
    report.is_policy_off = hints.is_policy_off
    report.is_other_programme = hints.is_other_programme
    if hints.period is not None:
        report.period_no, report.period_term = hints.period
        report.period_from = hints.period_from


def _note_layout(lists: Lists, layout: Layout) -> None:
    row_no = layout.last_row + 1
    if layout.rival:
        lists.issues.append(
            CellIssue(row_no, None, None, "ING_CLOSE_CALL", f"也像{layout.rival}")
        )
    if layout.missing:
        detail = "、".join(layout.missing)
        lists.issues.append(CellIssue(row_no, None, None, "ING_MISSING_COL", detail))


def _note_above(lists: Lists, rows: Sequence[Row], finder: HeadingFinder) -> None:
    """Every row over the heading: words, or a smaller table of another kind, which is
    held."""
    is_table = False
    for row_no, row in enumerate(rows, start=1):
        text = _joined(row)
        if not text:
            is_table = False
            _line(lists, row_no, "blank")
        elif is_table or any(map(_is_number, row)) or finder.is_any(row):
            if not is_table:
                _note_second(lists, row_no)
            is_table = True
            _line(lists, row_no, "held", "ING_SECOND_TABLE")
        else:
            _line(lists, row_no, "note" if is_note(text) else "title")


def _note_second(lists: Lists, row_no: int) -> None:
    detail = f"从第{row_no}行起"
    lists.issues.append(CellIssue(row_no, None, None, "ING_SECOND_TABLE", detail))


def _note_lines(lists: Lists, layout: Layout, body: Body) -> None:
    """Every row from the heading on that is no data."""
    for row_no in range(layout.first_row + 1, layout.last_row + 2):
        _line(lists, row_no, "heading")
    for row_no, disposition in body.lines:
        reason = "ING_SECOND_TABLE" if disposition == "held" else None
        _line(lists, row_no, disposition, reason)
    for row_no in body.foreign:
        _note_second(lists, row_no)


def _note_headings(
    lists: Lists, layout: Layout, used: dict[str, tuple[int, ...]]
) -> None:
    """The fate of each heading; equal headings are issues."""
    twins = Counter(fold(heading.text) for heading in layout.headings)
    row_no = layout.last_row + 1
    for heading in layout.headings:
        no, column = heading.column_no, heading.column
        fate = _fate(
            heading, used, layout.source, is_twin=twins[fold(heading.text)] > 1
        )
        near = next(
            (c.name for c in layout.source.columns if heading.near in c.headings), None
        )
        lists.headings.append(HeadingFate(no, heading.text, column, fate, near))
        cell = address(row_no, no)
        if fate == "duplicate":
            lists.issues.append(
                CellIssue(row_no, cell, column, "ING_DUP_HEADER", heading.text)
            )


def _fate(
    heading: Heading,
    used: dict[str, tuple[int, ...]],
    source: SourceSpec,
    *,
    is_twin: bool,
) -> str:
    if heading.column is None:
        return "ignored" if is_ignored(heading.text, source) else "unknown"
    if heading.column_no - 1 in used.get(heading.column, ()):
        return "used"
    return "duplicate" if is_twin else "ignored"


def _note_totals(report: SheetReport, body: Body, hints: SheetHints) -> None:
    """Head counts stated by total lines, title and sheet name; the stated sum."""
    grand = [total for total in body.totals if total.is_grand]
    counts = [total.people for total in grand if total.people is not None]
    if counts:
        # One total a page, or one for all at the end: whichever adds up.
        last, together = counts[-1], sum(counts)
        report.stated_people.append(together if last != report.data_rows else last)
    if hints.stated_people is not None:
        report.stated_people.append(hints.stated_people)
    if len(grand) == 1:
        parsed = parse_fen(grand[0].amount)
        fen = parsed.values[0]
        # A total of 0.3 means thirty fen, not three thousand yuan.
        if isinstance(fen, int) and parsed.problem is None:
            report.stated_fen = fen
