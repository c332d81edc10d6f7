"""What each physical row below a heading is: data, total, heading again, note, blank.

Data rows are kept as tuples of the declared cells only; of every other row the place
and the class are kept. Nothing is left without a class.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from operator import itemgetter

from pipelines.ingest.cells import Merge, Row, Rows, Several
from pipelines.ingest.grid import Sheet
from pipelines.ingest.headings import Heading, HeadingFinder, Layout
from schemas.dates import parse_period
from schemas.idnumber import parse_id
from schemas.kinds import Cell, as_text
from schemas.text import is_none_word

# Columns that say who a row is about; a bank's file may know only the account.
_PERSON = ("name", "id_number")
_PAYEE = ("holder_name", "account_no")

_TOTAL = re.compile(
    r"(?P<label>.{0,8}?)(?P<word>合计|小计|总计|共计|累计|总数)[人数金额元]*(?:[:：(（].*|[0-9].*)?"
)
_COUNTED = re.compile(r"(?:以上|本表|本页)?共(?:计)?[0-9,]+[人名户].*")
_NOTE = re.compile(
    r"填表|制表|审核人|复核人|负责人|经办人|填报|盖章|签字|签名|签章|导出时间|导出日期|"
    r"打印时间|打印日期|统计时间|数据时间|截止|截至|仅导出|以下|以上|第[0-9]+页|共[0-9]+页|"
    r"^(?:备注|注|说明|单位|日期|联系电话|联系人|制表单位|年月日)[:：0-9]|"
    r"^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$"
)
# A row that shows how to fill in the form, or what may be left out.
_EXAMPLE = re.compile(r"[（(]?(?:填写|填表)?(?:示例|样例|范例|例)(?:[:：]|[0-9]|$).*")
_FORM_WORDS = frozenset(
    {
        "必填",
        "选填",
        "非必填",
        "必填项",
        "选填项",
        "可选",
        "可不填",
        "文本",
        "数字",
        "日期",
        "下拉选择",
    }
)
# 村支书：王五 — an office and a name, or a line to sign on.
_SIGNED = re.compile("[\u4e00-\u9fff（）()]{2,10}[:：].{0,8}")
_DAY = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
_MEN = re.compile(
    r"(?<![0-9等])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\s*[人名](?![次口编均册单])"
)
# A text without any of these is neither a total nor a note: most cells end here.
_TELLING = frozenset("计共数表审核复负经填盖签章导打统截仅以页备注说单日联月")
_LIMITED = re.compile(
    r"(?:仅|只|最多)(?:能|可)?(?:导出|显示|下载|查询)了?前?([0-9,]{1,9})(?:条|行|笔)"
)
_SPACE = re.compile(r"\s+")
_LONG_NAME = 15
_LONGEST_VALUE = 35
_FEW = 2
_SOME = 3
_LEFT = 3


@dataclass
class Block:
    """Data rows under one heading: numbers from 1, and cells by ``indexes``.

    ``periods``: lines between the tables of the sheet that name a school year, which
    is that of the rows below.
    """

    headings: tuple[Heading, ...]
    indexes: tuple[int, ...]
    row_nos: list[int] = field(default_factory=list)
    periods: list[tuple[int, str]] = field(default_factory=list)
    _columns: dict[int, list[Cell]] = field(default_factory=dict)
    _single: list[tuple[Cell, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._columns = {index: [] for index in self.indexes}
        # itemgetter of one index gives the bare cell: ask for it twice and never mind.
        wanted = self.indexes if len(self.indexes) > 1 else self.indexes * 2
        self._pick = itemgetter(*wanted)

    @property
    def columns(self) -> dict[int, list[Cell]]:
        """The cells of each column by its index."""
        single, self._single = self._single, []
        if single:
            for column, cells in zip(
                self._columns.values(), zip(*single, strict=True), strict=False
            ):
                column.extend(cells)
        return self._columns

    def add(self, row_no: int, row: Row) -> None:
        """One row."""
        self.row_nos.append(row_no)
        self._single.append(self._pick(row))

    def add_several(self, several: Several, begin: int, end: int) -> None:
        """Some of several rows, by their places among them."""
        if begin < end:
            self.row_nos.extend(range(several.first + begin, several.first + end))
            for index, column in self.columns.items():
                column.extend(several.columns[index][begin:end])


@dataclass(frozen=True)
class Total:
    """A total line: whether it adds up everything, and the figures it shows."""

    is_grand: bool
    people: int | None
    amount: Cell


@dataclass
class Body:
    """All rows below the heading: data in blocks, others by number and disposition.

    ``foreign``: rows that are the heading of a table of another kind; what follows
    until the next heading of this kind is held.
    """

    blocks: list[Block] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)
    foreign: list[int] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)


def read_body(
    rows: Rows,
    sheet: Sheet,
    layout: Layout,
    finder: HeadingFinder,
    heading_rows: Sequence[Row],
) -> Body:
    """Class every row after ``layout.last_row``; ``rows`` goes on from there."""
    reader = _Reader(layout, finder, heading_rows, rows)
    starts = _downward(sheet.merges, layout.last_row)
    active: dict[int, tuple[int, Cell]] = {}
    at = layout.last_row  # the row given last
    while True:
        # What merged ranges hand down from row to row is seen row by row.
        if not starts and (several := reader.several()) is not None:
            at = reader.take_several(several)
            continue
        row = next(rows, None)
        if row is None:
            return reader.body
        at += 1
        if reader.is_plain(row):
            if active or at in starts:
                _fill(row, at, starts.get(at, ()), active)
            reader.keep(at + 1, row)
            continue
        own = rows.whole()
        row = list(own)
        if active or at in starts:
            _fill(row, at, starts.get(at, ()), active)
        reader.take(at + 1, row, own)


def _downward(
    merges: Sequence[Merge], heading_row: int
) -> dict[int, list[tuple[int, int]]]:
    """Ranges merged down the body: first row → (column, last row)."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in merges:
        if top > heading_row and bottom > top:
            starts.setdefault(top, []).append((left, bottom))
    return starts


def _fill(
    row: Row,
    at: int,
    starting: Sequence[tuple[int, int]],
    active: dict[int, tuple[int, Cell]],
) -> None:
    """Write the values of ranges that began above into the row."""
    for column, (bottom, value) in list(active.items()):
        if at > bottom:
            del active[column]
        elif column < len(row):
            row[column] = value
    for column, bottom in starting:
        active[column] = (bottom, row[column] if column < len(row) else None)


class _Reader:
    """Takes the rows one by one; the common data row is told by two cells."""

    def __init__(
        self,
        layout: Layout,
        finder: HeadingFinder,
        heading_rows: Sequence[Row],
        rows: Rows,
    ) -> None:
        self.body = Body()
        self._rows = rows
        self._source = layout.source
        self._finder = finder
        self._repeated = [[_bare(cell) for cell in row] for row in heading_rows]
        self._words = {word for row in self._repeated for word in row if word}
        self._odd: dict[Cell, bool] = {}
        self._periods: list[tuple[int, str]] = []
        self._is_foreign = False
        names = {column.name for column in layout.source.columns}
        self._person = _PERSON + (_PAYEE if "holder_name" in names else ())
        self._open(layout.headings, layout.places)

    def _open(
        self, headings: tuple[Heading, ...], places: dict[str, tuple[int, ...]]
    ) -> None:
        indexes = tuple(sorted({i for at in places.values() for i in at}))
        self._block = Block(headings, indexes, periods=self._periods)
        self.body.blocks.append(self._block)
        self._places = places
        self._width = (indexes[-1] + 1) if indexes else 0
        self._who = [places[name][0] for name in self._person if name in places]
        self._id = places["id_number"][0] if "id_number" in places else None
        # A total's word stands at the latest where the first person column is; on a
        # line that also has a number it stands at the very left or in the name.
        self._lead = range(min(self._who) + 1) if self._who else range(1)
        self._telling = sorted({*self._lead[:_LEFT], *self._who[:1]})
        self._amount = places.get("amount_fen", (None,))[0]
        self._rows.want({*indexes, *self._telling})

    def take(self, row_no: int, row: Row, own: Row) -> None:
        """Class a row; ``own`` is it without what merged ranges filled in."""
        self._pad(row)
        disposition = self._class(row_no, row, own)
        if disposition is None:
            self.keep(row_no, row)
        else:
            self.body.lines.append((row_no, disposition))
            if disposition == "note":
                self._note_period(row_no, own)

    def _note_period(self, row_no: int, own: Row) -> None:
        text = " ".join(dict.fromkeys(t for cell in own if (t := _bare(cell))))
        if "以上" not in text and parse_period(text) is not None:
            self._periods.append((row_no, text))

    def keep(self, row_no: int, row: Row) -> None:
        """Take a data row."""
        self._block.add(row_no, row)

    def several(self) -> Several | None:
        """The next rows at once, where they may be judged so."""
        is_told_by_two = len(self._who) > 1 and not self._is_foreign
        return self._rows.several() if is_told_by_two else None

    def take_several(self, several: Several) -> int:
        """Keep the rows that are a person's at a glance, class the others; gives the
        place from 0 of the last row that was taken: behind a new heading the others
        have to be read anew."""
        begin, block = 0, self._block
        for at in self._not_plain(several):
            block.add_several(several, begin, at)
            number, begin = several.first + at, at + 1
            self._rows.go_on_behind(number)
            own = self._rows.whole()
            self.take(number, list(own), own)
            if self._block is not block or self._is_foreign:
                return number - 1
        block.add_several(several, begin, several.after - several.first)
        self._rows.go_on_behind(several.after - 1)
        return several.after - 2

    def _not_plain(self, several: Several) -> list[int]:
        """The places of rows that ``is_plain`` would not take for a person's."""
        columns = several.columns
        names, numbers = (columns[index] for index in self._who[:2])
        found = {
            at
            for at, (name, number) in enumerate(zip(names, numbers, strict=True))
            if not _is_person(name, number)
        }
        for index in self._telling:
            cells = columns[index]
            odd = {c for c in set(cells) if c.__class__ is str and self._known_odd(c)}
            if odd:
                found.update(at for at, cell in enumerate(cells) if cell in odd)
        return sorted(found)

    def _pad(self, row: Row) -> None:
        if len(row) < self._width:
            row.extend([""] * (self._width - len(row)))

    def is_plain(self, row: Row) -> bool:
        """Whether a row is a person's at a glance: a name, a number, no odd word."""
        self._pad(row)
        if self._is_foreign or len(self._who) < 2:
            return False
        if not _is_person(row[self._who[0]], row[self._who[1]]):
            return False
        return not any(
            cell.__class__ is str and self._known_odd(cell)
            for cell in (row[index] for index in self._telling)
        )

    def _known_odd(self, text: Cell) -> bool:
        known = self._odd.get(text)
        if known is None:
            known = self._odd[text] = self._is_odd(str(text))
        return known

    def _is_odd(self, text: str) -> bool:
        bare = text if text.isalnum() else _SPACE.sub("", text)
        if not bare:
            return bool(text)
        if len(bare) > _LONGEST_VALUE or bare in self._words:
            return True
        if bare in self._finder.known:  # the heading of another table
            return True
        if bare in _FORM_WORDS or ("例" in bare and _EXAMPLE.fullmatch(bare)):
            return True
        if not bare.isascii() and not (bare.isalpha() or any(map(str.isalpha, bare))):
            return True  # ① （1）
        if bare.isascii() or _TELLING.isdisjoint(bare):
            return False
        return bool(
            _TOTAL.fullmatch(bare) or _COUNTED.match(bare) or _NOTE.search(bare)
        )

    def _class(self, row_no: int, row: Row, own: Row) -> str | None:
        """The disposition of a row that is no data; null for data."""
        texts = {at: text for at, cell in enumerate(own) if (text := _bare(cell))}
        if not texts:
            return "blank"
        if self._is_heading(row, texts):
            self._is_foreign = False
            return "heading"
        if self._is_foreign or self._begins_another(row_no, texts, own):
            return "held"
        first = next(iter(texts.values()))
        if _EXAMPLE.fullmatch(first) or _FORM_WORDS.issuperset(texts.values()):
            return "note"
        if self._has_number(row):
            return None
        who = [t for i in self._who if (t := _bare(row[i])) and not is_none_word(t)]
        told = list(texts.values())
        if who and len(who[0]) <= _LONG_NAME and len(texts) > _FEW:
            # A student's remark may speak of totals and signatures: only what stands
            # before the name tells.
            told = [
                text
                for at, text in texts.items()
                # a day before the name is the day of entry, not that of signing
                if at in self._lead and not _DAY.fullmatch(text)
            ]
        total = next((m for t in told if (m := _TOTAL.fullmatch(t))), None)
        if total is None:
            total = _TOTAL.fullmatch(_spread_word(texts))
        if total or any(_COUNTED.match(text) for text in told):
            self._note_total(total, row, texts)
            return "total"
        if any(_NOTE.search(text) for text in told):
            self.body.limits += [n for t in told if (n := limit_stated(t)) is not None]
            return "note"
        if len(set(texts.values())) == 1:
            is_name = len(texts) == 1 and len(first) <= _LONG_NAME
            return None if who and is_name else "note"
        if all(_SIGNED.fullmatch(text) for text in texts.values()):
            return "note"
        if self._begins_unknown(row_no, texts):
            return "held"
        declared = [at for at in texts if at in self._block.indexes]
        return None if who or declared else "note"

    def _begins_another(self, row_no: int, texts: dict[int, str], own: Row) -> bool:
        """Whether the heading of a table of another kind stands here."""
        known = self._finder.known
        if sum(text in known for text in texts.values()) < _FEW:
            return False
        self._is_foreign = self._finder.is_any(own)
        if self._is_foreign:
            self.body.foreign.append(row_no)
        return self._is_foreign

    def _begins_unknown(self, row_no: int, texts: dict[int, str]) -> bool:
        """Whether a table that nobody declared begins here: after a gap, words without
        any figure, none of which stood in its column before, where people had numbers.
        """
        lines, columns = self.body.lines, self._block.columns
        is_gap = bool(lines) and lines[-1][0] == row_no - 1
        if not is_gap or self._id is None or len(texts) < _FEW:
            return False
        if len(self._block.row_nos) < _SOME:
            return False
        if any(any(map(str.isdigit, text)) for text in texts.values()):
            return False
        numbers = columns[self._id][-_SOME:]
        if any(parse_id(number).form in ("bad", "missing") for number in numbers):
            return False
        for index, cells in columns.items():
            text = texts.get(index)
            if text and any(_bare(cell) == text for cell in cells):
                return False
        self._is_foreign = True
        self.body.foreign.append(row_no)
        return True

    def _has_number(self, row: Row) -> bool:
        if self._id is None:
            return False
        return parse_id(row[self._id]).form not in ("bad", "missing")

    def _is_heading(self, row: Row, texts: dict[int, str]) -> bool:
        for repeated in self._repeated:
            same = sum(
                at < len(repeated) and repeated[at] == text
                for at, text in texts.items()
            )
            if same >= 2 and same * 2 >= len(texts):
                return True
        if not any(text in self._words for text in texts.values()):
            return self._is_column_numbers(texts)
        headings = self._finder.again(row, self._source)
        if headings is None:
            return False
        fresh = Layout(self._source, 0, 0, headings)
        if fresh.places != self._places:
            self._open(headings, fresh.places)
            self._repeated.append([_bare(cell) for cell in row])
        return True

    def _is_column_numbers(self, texts: dict[int, str]) -> bool:
        """A line 1, 2, 3 … right under the heading, as printed forms have."""
        if self._block.row_nos or len(texts) < 3:
            return False
        marks = [
            unicodedata.normalize("NFKC", text)
            .removesuffix(".0")
            .strip("()[]【】<>.、")
            for text in texts.values()
        ]
        for stems in ("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", ""):
            lead = 0
            while lead < min(len(marks), len(stems)) and marks[lead] == stems[lead]:
                lead += 1
            rest = marks[lead:]
            first = int(rest[0]) if rest and rest[0] in ("0", "1") else 1
            if rest == [str(n) for n in range(first, first + len(rest))]:
                return True
        return False

    def _note_total(
        self, total: re.Match[str] | None, row: Row, texts: dict[int, str]
    ) -> None:
        is_grand = total is None or (
            total["word"] != "小计" and total["label"] in ("", "本表", "全县", "以上")
        )
        people = next(
            (
                int(m[1].replace(",", ""))
                for t in texts.values()
                if (m := _MEN.search(t))
            ),
            None,
        )
        if people is None:
            # A bare figure under the name or the number is a head count too.
            figures = [
                figure
                for i in self._who
                if isinstance(figure := row[i], int | float) and isfinite(figure)
            ]
            figures += [
                int(t)
                for i in self._who
                if re.fullmatch("[0-9]{1,6}", t := texts.get(i, ""))
            ]
            people = int(figures[0]) if figures else None
        amount = row[self._amount] if self._amount is not None else None
        self.body.totals.append(Total(is_grand, people, amount))


def limit_stated(text: str) -> int | None:
    """How many rows a notice says were exported at most (``仅导出前5000条``)."""
    found = _LIMITED.search(text)
    return int(found[1].replace(",", "")) if found else None


def _spread_word(texts: dict[int, str]) -> str:
    """合 and 计 in two cells as one word; the figures behind them are left out."""
    words = [text for text in texts.values() if not text[:1].isdigit()]
    return "".join(words) if all(len(word) == 1 for word in words) else ""


def people_stated(text: str) -> int | None:
    """The head count a text states (``风险未消除608人``); null when it states none."""
    found = _MEN.findall(text)
    return int(found[-1].replace(",", "")) if found else None


def is_note(text: str) -> bool:
    """Whether a line of text above a heading is a note rather than a title."""
    bare = _SPACE.sub("", text)
    return bool(_NOTE.search(bare)) or "：" in bare or ":" in bare


def _bare(cell: Cell) -> str:
    text = cell if isinstance(cell, str) else as_text(cell)
    return _SPACE.sub("", text) if text else ""


def _is_person(name: Cell, number: Cell) -> bool:
    """Whether a name and a number beside it are a person's at a glance."""
    # A word where the number should be: perhaps the heading of another table. A line
    # of column numbers has figures for names; Latin names are looked at twice; a title
    # may be written into every cell of its row.
    if name.__class__ is not str or name.isascii() or name == number:
        return False
    if number.__class__ is str:
        return number[-2:-1].isdigit()
    return number is not None
