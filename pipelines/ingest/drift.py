"""Headings that moved: what is unknown, what its values contradict, what it may be.

Nothing is mapped by likeness. A sheet in which a column that decides is unknown or in
doubt is held whole, with the evidence and the one line that would settle it; a merely
additional heading is only told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines.database import run_sql_file
from pipelines.ingest.accepted import line_for
from pipelines.ingest.exchanged import exchanges
from pipelines.ingest.find import masked
from pipelines.ingest.reports import Shape, address
from pipelines.ingest.shapes import SHAPES
from pipelines.settings import Limits
from schemas.spec import ColumnSpec, SourceSpec

_HERE = Path(__file__).parent
_LONGEST = 30
# The looks that tell one column from all others; a name or a figure may be anything.
_SURE = frozenset({"id_number"})
# What names and numbers look like is no code of a list, and no amount.
_FIGURES = frozenset({"id", "long", "phone"})
_NO_WORD = {
    **dict.fromkeys(("code:sex", "yes_no", "money", "years"), _FIGURES | {"name"}),
    "person_name": _FIGURES,
}
_MOST_SAID = 3
_SIBLING = "同一文件中标题相同的另一张表已发现错列"


@dataclass(frozen=True)
class _Heading:
    column_no: int
    text: str
    column: str | None
    fate: str
    near: str | None


@dataclass(frozen=True)
class _Overlap:
    """Of ``marks`` values ``same`` stood under ``column`` in the last export."""

    column: str
    same: int
    marks: int

    @property
    def share(self) -> float:
        return self.same / self.marks


@dataclass
class _Sheet:
    """What is known about the columns of one sheet."""

    sheet_id: int
    file: str
    source: SourceSpec
    heading_row_no: int
    headings: list[_Heading] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    overlaps: dict[int, list[_Overlap]] = field(default_factory=dict)

    @property
    def layout(self) -> tuple[str, ...]:
        """File, source and headings: sheets alike in all three were made in one go."""
        return (self.file, self.source.name, *(h.text for h in self.headings))

    def overlap(self, column_no: int, column: str) -> _Overlap | None:
        found = self.overlaps.get(column_no, ())
        return next((o for o in found if o.column == column), None)

    def heading(self, column_no: int) -> _Heading:
        return next(h for h in self.headings if h.column_no == column_no)

    def place(self, column_no: int) -> str:
        return address(self.heading_row_no, column_no)


@dataclass(frozen=True)
class _Verdict:
    """One thing said about a column: its code, its heading's number, the words, and
    the line that would settle it."""

    code: str
    column_no: int | None
    column: str | None
    detail: str
    line: str = ""


def judge(
    con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec], limits: Limits
) -> None:
    """Hold sheets whose headings are in doubt; say why, and what settles it."""
    run_sql_file(con, _HERE / "drift.sql")
    past = _past_columns(con)
    exchanged = exchanges(con, sources, limits)
    said: list[tuple[object, ...]] = []
    sheets = _sheets(con, sources)
    judged = {}
    for sheet in sheets:
        judged[sheet.sheet_id] = list(_verdicts(sheet, past, limits))
        for column, words in exchanged.get(sheet.sheet_id, ()):
            judged[sheet.sheet_id].append(
                _Verdict("ING_MOVED_COL", None, column, words)
            )
    moved = {
        sheet.layout
        for sheet in sheets
        if any(v.code == "ING_MOVED_COL" for v in judged[sheet.sheet_id])
    }
    for sheet in sheets:
        verdicts = judged[sheet.sheet_id]
        if sheet.layout in moved and not any(v.code in HOLDING for v in verdicts):
            verdicts.append(_Verdict("ING_MOVED_COL", None, None, _SIBLING))
        _shorten(con, sheet, {v.column for v in verdicts if v.code == _MISSING})
        hold = next((v.code for v in verdicts if v.code in HOLDING), None)
        if hold is not None:
            _hold(con, sheet, hold, sources)
        for v in verdicts:
            cell = None if v.column_no is None else sheet.place(v.column_no)
            said.append((sheet.sheet_id, sheet.heading_row_no, cell, v.column, v.code,
                         v.detail, v.line))  # fmt: skip
    if said:
        con.executemany(
            "insert into tmp_issue (sheet_id, row_no, cell, column_name, issue_code, "
            "detail, line) values (?, ?, ?, ?, ?, ?, ?)",
            said,
        )
    con.execute("drop table tmp_overlap")


_MISSING = "ING_MISSING_COL"
HOLDING = frozenset({_MISSING, "ING_RENAMED_COL", "ING_MOVED_COL", "ING_TWIN_COL"})


def _hold(
    con: duckdb.DuckDBPyConnection,
    sheet: _Sheet,
    code: str,
    sources: Sequence[SourceSpec],
) -> None:
    # rows of one sheet may belong to several sources by now
    for source in sources:
        con.execute(
            f"update load_{source.name} set hold_code = ? where sheet_id = ?",  # noqa: S608
            [code, sheet.sheet_id],
        )
    con.execute(
        "update tmp_sheet set hold_code = ? where sheet_id = ?", [code, sheet.sheet_id]
    )


def _shorten(
    con: duckdb.DuckDBPyConnection, sheet: _Sheet, told: set[str | None]
) -> None:
    """What is said to be missing is not said again where it was probably found."""
    titles = {sheet.source.column(name).title for name in told if name is not None}
    where = "where sheet_id = ? and issue_code = ? and cell is null"
    for (detail,) in con.execute(
        f"select detail from tmp_issue {where}",  # noqa: S608
        [sheet.sheet_id, _MISSING],
    ).fetchall():
        left = [title for title in detail.split("、") if title not in titles]
        if not titles or len(left) == len(detail.split("、")):
            continue
        con.execute(
            f"update tmp_issue set detail = ? {where}",  # noqa: S608
            ["、".join(left), sheet.sheet_id, _MISSING],
        )
        if not left:
            con.execute(
                f"delete from tmp_issue {where}",  # noqa: S608
                [sheet.sheet_id, _MISSING],
            )


def _past_columns(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], int]:
    """(source, column) → how many values the last export had there."""
    counted = con.execute(
        "select source, column_name, count(*) from last_mark group by all"
    ).fetchall()
    return {(source, column): count for source, column, count in counted}


def _sheets(
    con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]
) -> list[_Sheet]:
    by_name = {source.name: source for source in sources}
    sheets = {
        sheet_id: _Sheet(sheet_id, file, by_name[source], row_no)
        for sheet_id, file, source, row_no in con.execute(
            "select sheet_id, file, source, heading_row_no from tmp_sheet "
            "where source is not null order by sheet_id"
        ).fetchall()
        if source in by_name  # a workbook of ours that came back has none
    }
    for sheet_id, *heading in con.execute(
        "select sheet_id, column_no, heading, column_name, fate, near "
        "from tmp_heading order by sheet_id, column_no"
    ).fetchall():
        sheets[sheet_id].headings.append(_Heading(*heading))
    for sheet_id, *shape in con.execute(
        "select sheet_id, min(column_no), column_name, sum(looked)::integer, "
        "sum(misfit)::integer, arg_max(seems, (seeming, seems)), "
        "arg_max(seeming, (seeming, seems)), min(fits), twin_of from tmp_shape "
        # an unknown column is one place, a known one goes by its name
        "group by sheet_id, column_name, twin_of, "
        "case when column_name is null or twin_of is not null then column_no end "
        "order by sheet_id, min(column_no), column_name, twin_of"
    ).fetchall():
        sheets[sheet_id].shapes.append(Shape(*shape))
    for sheet_id, column_no, column, same, marks in con.execute(
        "select sheet_id, column_no, past_column, same, marks from tmp_overlap "
        "order by sheet_id, column_no, same desc, past_column"
    ).fetchall():
        found = sheets[sheet_id].overlaps.setdefault(column_no, [])
        found.append(_Overlap(column, same, marks))
    return list(sheets.values())


def _verdicts(
    sheet: _Sheet, past: dict[tuple[str, str], int], limits: Limits
) -> Iterator[_Verdict]:
    yield from _contradicted(sheet, limits)
    yield from _changed_places(sheet, past, limits)
    yield from _twins(sheet, limits)
    yield from _renamed(sheet, limits)


def _contradicted(sheet: _Sheet, limits: Limits) -> Iterator[_Verdict]:
    """Columns most of whose values cannot be what the heading says."""
    wrong = [
        shape
        for shape in sheet.shapes
        if shape.column_name is not None
        and shape.twin_of is None
        and shape.looked
        and shape.misfit >= shape.looked * limits.drift_share
    ]
    # Three rows prove little, unless two columns of them say the same.
    is_proven = sum(shape.misfit for shape in wrong) >= limits.drift_rows
    for shape in wrong:
        heading = sheet.heading(shape.column_no)
        detail = (
            f"“{_shown(heading.text)}”下面看了{shape.looked}个值，{shape.misfit}个不像"
            f"{sheet.source.column(heading.column or '').title}"
        )
        if shape.seems is not None:
            detail += f"（{shape.seeming}个是{SHAPES[shape.seems]}）"
        code = "ING_MOVED_COL" if is_proven else "ING_ODD_COL"
        yield _Verdict(code, shape.column_no, shape.column_name, detail)


def _changed_places(
    sheet: _Sheet, past: dict[tuple[str, str], int], limits: Limits
) -> Iterator[_Verdict]:
    """Columns whose values stood under another heading in the last export; two columns
    of a few rows that say so together are proof enough."""
    found: list[_Verdict] = []
    proof = 0
    for heading in sheet.headings:
        if heading.fate != "used" or heading.column is None:
            continue
        column = sheet.source.column(heading.column)
        overlaps = sheet.overlaps.get(heading.column_no, ())
        own = sheet.overlap(heading.column_no, column.name)
        others = [o for o in overlaps if o.column != column.name]
        if not others or not column.decides:
            continue
        other = others[0]
        if (
            other.share >= limits.drift_share
            and past.get((sheet.source.name, column.name), 0) >= limits.drift_rows
            and (own.share if own else 0.0) <= limits.drift_own_share
        ):
            title = sheet.source.column(other.column).title
            detail = (
                f"“{_shown(heading.text)}”下面{other.marks}个值，上次导出时"
                f"{other.same}个在“{title}”下，{own.same if own else 0}个在"
                f"“{column.title}”下"
            )
            proof += other.same
            found.append(
                _Verdict("ING_MOVED_COL", heading.column_no, column.name, detail)
            )
    if proof >= (limits.drift_rows if len(found) == 1 else limits.drift_pair_rows):
        yield from found


def _twins(sheet: _Sheet, limits: Limits) -> Iterator[_Verdict]:
    """Two headings for one column whose values differ."""
    for shape in sheet.shapes:
        if shape.twin_of is None or shape.column_name is None or not shape.misfit:
            continue
        column = sheet.source.column(shape.column_name)
        one, two = sheet.heading(shape.twin_of), sheet.heading(shape.column_no)
        detail = (
            f"“{_shown(one.text)}”（{sheet.place(one.column_no)}）和“{_shown(two.text)}”"
            f"（{sheet.place(two.column_no)}）都像{column.title}，"
            f"{shape.looked}行中{shape.misfit}行不同"
        )
        is_certain = column.kind in (
            "person_name",
            "id_number",
            "money",
            "account",
        ) and shape.misfit >= max(2, shape.looked * limits.drift_twin_share)
        code = "ING_TWIN_COL" if is_certain else "ING_TWIN_DIFFERS"
        yield _Verdict(code, shape.column_no, column.name, detail)


def _renamed(sheet: _Sheet, limits: Limits) -> Iterator[_Verdict]:
    """Columns that are missing, with the unknown headings that may be theirs; then
    unknown headings that resemble a column of no weight."""
    claimed = {h.column for h in sheet.headings if h.column is not None}
    unmet = {name for m in sheet.source.marks if not claimed & set(m) for name in m}
    unknown = [h for h in sheet.headings if h.fate == "unknown"]
    looks = {s.column_no: s for s in sheet.shapes if s.column_name is None}
    names = [h for h in unknown if _seems(looks.get(h.column_no)) == "name"]
    told = set()
    for column in sheet.source.columns:
        is_needed = column.required or column.name in unmet
        if column.name in claimed or not (column.decides or is_needed):
            continue
        likely = [
            (proof, heading)
            for heading in unknown
            if (
                proof := _proof(
                    sheet, column, heading, looks.get(heading.column_no), limits,
                    is_needed=is_needed,
                    is_only=names == [heading],
                )
            )
        ]  # fmt: skip
        likely.sort(key=lambda pair: (-pair[0].rank, pair[1].column_no))
        code = "ING_MISSING_COL" if is_needed else "ING_RENAMED_COL"
        for proof, heading in likely[:_MOST_SAID]:
            told.add(heading.column_no)
            detail = (
                f"缺“{column.title}”，“{_shown(heading.text)}”"
                f"（{sheet.place(heading.column_no)}）可能就是：{proof.words}"
            )
            line = line_for(sheet.source, heading.text, column)
            yield _Verdict(code, heading.column_no, column.name, detail, line)
    for heading in unknown:
        if heading.near is not None and heading.column_no not in told:
            column = sheet.source.column(heading.near)
            if _seems(looks.get(heading.column_no)) in _NO_WORD.get(column.kind, ()):
                continue  # 学生性名 is written as 学生性别 is, but names stand below
            detail = f"“{_shown(heading.text)}”，与“{column.title}”相近"
            line = line_for(sheet.source, heading.text, column)
            yield _Verdict("ING_UNKNOWN_HEADER", heading.column_no, None, detail, line)


@dataclass(frozen=True)
class _Proof:
    rank: float
    words: str


def _proof(
    sheet: _Sheet,
    column: ColumnSpec,
    heading: _Heading,
    look: Shape | None,
    limits: Limits,
    *,
    is_needed: bool,
    is_only: bool,
) -> _Proof | None:
    """Why an unknown heading may be a missing column; null when too little says so."""
    words: list[str] = []
    rank = 0.0
    like = _fitting(look, column.name)
    is_like = bool(look and like >= max(1, look.looked * limits.drift_fit_share))
    is_near = heading.near == column.name
    past = sheet.overlap(heading.column_no, column.name)
    best = next(iter(sheet.overlaps.get(heading.column_no, ())), None)
    is_known = (
        past is not None
        and past is best
        and past.same >= min(limits.drift_rows, past.marks)
        and past.share >= limits.drift_share
    )
    if is_near:
        words.append(f"标题与“{column.title}”的写法相近")
        rank += 1
    if look is not None and is_like:
        named = "可选值" if column.kind.startswith("code:") else _looks_like(look)
        words.append(f"前{look.looked}个值中{like}个是{named}")
        rank += like / look.looked
    if past is not None and is_known:
        words.append(f"{past.marks}个值中{past.same}个上次导出时在“{column.title}”下")
        rank += 2 * past.share
    is_told = (
        is_known
        or (is_near and (is_needed or is_like or look is None or not look.looked))
        or (is_needed and is_like and column.kind in _SURE)
        # Majors look like names too: its heading says so, or there is no other.
        or (
            is_needed
            and is_like
            and column.kind == "person_name"
            and (is_only or "名" in heading.text)
        )
    )
    return _Proof(rank, "，".join(words)) if is_told and words else None


def _looks_like(look: Shape) -> str:
    return SHAPES[look.seems or "text"]


def _seems(look: Shape | None) -> str | None:
    return look.seems if look is not None and look.looked else None


def _fitting(look: Shape | None, name: str) -> int:
    if look is None:
        return 0
    for line in look.fits.splitlines():
        column, _, count = line.partition(" ")
        if column == name:
            return int(count)
    return 0


def _shown(text: str) -> str:
    """A heading as it may be quoted: on one line, not long, no number in it."""
    bare = masked(re.sub(r"\s+", " ", text))
    return bare if len(bare) <= _LONGEST else bare[:_LONGEST] + "…"
