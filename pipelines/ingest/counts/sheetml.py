"""A sheet part of an xlsx, counted: by an XML parser, or by its bytes where ordinary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipelines.ingest.container import Refused
from pipelines.ingest.counts.record import (
    Count,
    Explained,
    Facts,
    is_inside,
    is_long,
)
from pipelines.ingest.counts.xml import feed, local, safe_parser


@dataclass(frozen=True)
class Texts:
    """Which of the shared texts are nothing, and which only white space."""

    empty: frozenset[int] = field(default_factory=frozenset)
    blank: frozenset[int] = field(default_factory=frozenset)


def count_texts(chunks: Iterable[bytes]) -> Texts:
    """The shared texts, told apart by their emptiness alone."""
    parser = safe_parser()
    number = -1
    is_phonetic = False
    pieces: list[str] = []
    empty: set[int] = set()
    blank: set[int] = set()

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal number, is_phonetic
        match local(name):
            case "si":
                number += 1
                pieces.clear()
            case "rPh":
                is_phonetic = True
            case "t" if not is_phonetic:
                parser.CharacterDataHandler = pieces.append

    def end(name: str) -> None:
        nonlocal is_phonetic
        match local(name):
            case "t":
                parser.CharacterDataHandler = None
            case "rPh":
                is_phonetic = False
            case "si":
                text = "".join(pieces)
                if not text:
                    empty.add(number)
                elif text.isspace():
                    blank.add(number)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    feed(parser, chunks)
    return Texts(frozenset(empty), frozenset(blank))


def count_part(chunks: Iterable[bytes], texts: Texts) -> Count:
    """One sheet part, element by element; raises Refused when it is no XML, declares a
    document type, or has cells beyond a sheet's end."""
    reader = _Part(texts)
    feed(reader.parser, chunks)
    return reader.count


class _Part:
    """What the parser's calls add up to; a cell's own address stands over its row's."""

    def __init__(self, texts: Texts) -> None:
        self.count = Count()
        self.parser = safe_parser()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self._pieces: list[str] = []
        # Always on: to switch it for every value would cost more than to forget.
        self.parser.CharacterDataHandler = self._pieces.append
        self._nothing = texts.empty
        self._blank = texts.blank
        self._row = self._column = -1
        self._row_text = self._kind = self._text = ""
        self._is_in_cell = self._is_phonetic = False
        self._has_formula = self._has_value = False
        self._columns: dict[str, int] = {}
        self._rare: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._start_row,
            "col": self._hide_columns,
            "filterColumn": self._filter,
        }

    def _begin(self, name: str, _: dict[str, str]) -> None:
        """The outermost element: any other part would be a sheet without cells."""
        if local(name) != "worksheet":
            raise Refused("ING_BROKEN", "有工作表的内容不是表格")
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, given: dict[str, str]) -> None:
        if ":" in name:
            name = local(name)
        if name == "c":
            self._is_in_cell, self._text = True, ""
            self._has_formula = self._has_value = False
            self._kind = given.get("t", "n")
            place = given.get("r")
            if place is None:
                self._column += 1
                return
            letters = place.rstrip("0123456789")
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = column_of(letters)
            self._column = column
            if place[len(letters) :] != self._row_text:
                self._row_text = place[len(letters) :]
                self._row = _row(_number(self._row_text) - 1)
        elif name in ("v", "t"):
            self._pieces.clear()
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._is_phonetic = True
        elif name in self._rare:
            self._rare[name](given)

    def _end(self, name: str) -> None:
        if ":" in name:
            name = local(name)
        if name == "c":
            self._is_in_cell = False
            if self._text or self._has_formula or self._kind != "n":
                self._end_cell(self._row, self._column)
        elif name == "v":  # of two values the last one is shown
            self._text = "".join(self._pieces)
            self._has_value = True
        elif name == "t":
            if self._is_in_cell and not self._is_phonetic:
                self._text += "".join(self._pieces)
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "row":
            self._pieces.clear()

    def _start_row(self, given: dict[str, str]) -> None:
        number = given.get("r")
        self._row = _row(_number(number) - 1 if number else self._row + 1)
        self._row_text = str(self._row + 1)
        self._column = -1
        if given.get("hidden") in ("1", "true"):
            self.count.facts.hidden_rows += 1

    def _end_cell(self, row: int, column: int) -> None:
        count, text, kind = self.count, self._text, self._kind
        if not is_inside(row, column):
            raise Refused("ING_UNSAFE", "有超出工作表范围的单元格")
        if self._has_formula:
            count.facts.formulas += 1
        if kind == "e":
            count.errors[row, column] = text or "#N/A"
        elif not text:
            # An empty text may be what the formula came to.
            if self._has_formula and not (kind == "str" and self._has_value):
                count.valueless.add((row, column))
            count.extend(row, column)
            return
        elif kind == "s":
            if self._nothing or self._blank:
                index = _number(text)
                if index in self._nothing:
                    count.extend(row, column)
                    return
                if index in self._blank:
                    count.explain(Explained.BLANK, row)
        elif text.isspace():
            count.explain(Explained.BLANK, row)
        elif kind == "n" and is_long(text):
            count.long_numbers.add((row, column))
        count.add(row, column)

    def _hide_columns(self, given: dict[str, str]) -> None:
        if given.get("hidden") in ("1", "true"):
            first, last = given.get("min", "1"), given.get("max", "1")
            self.count.facts.hidden_columns += max(
                0, _number(last) - _number(first) + 1
            )

    def _filter(self, _: dict[str, str]) -> None:
        self.count.facts.is_filtered = True


def _row(row: int) -> int:
    """A row's place; raises Refused when no sheet is so long."""
    if not is_inside(row, 0):
        raise Refused("ING_UNSAFE", "有超出工作表范围的单元格")
    return row


def _number(text: str) -> int:
    """A row, column or index; raises Refused for anything else."""
    text = text.strip()
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Refused("ING_BROKEN", "单元格位置无法识别")
    return int(text)


def column_of(letters: str) -> int:
    """``A`` → 0, ``AA`` → 26; raises Refused for what is no column."""
    letters = letters.upper().replace("$", "")
    if not (letters.isascii() and letters.isalpha()) or len(letters) > 3:
        raise Refused("ING_BROKEN", "单元格位置无法识别")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


_HIDDEN_COLUMN = re.compile(rb'<col [^>]*hidden="(?:1|true)"[^>]*>')
_COLUMNS = re.compile(rb'\b(?:min|max)="([0-9]{1,5})"')


def facts_around(data: bytes) -> Facts:
    """What stands before and behind the rows of an ordinary part."""
    hidden = 0
    start, end = data.find(b"<sheetData>"), data.rfind(b"</sheetData>")
    tail = data[max(end, 0) :]
    for found in _HIDDEN_COLUMN.finditer(data, 0, max(start, 0)):
        ends = sorted(int(number) for number in _COLUMNS.findall(found[0]))
        hidden += ends[-1] - ends[0] + 1 if ends else 0
    return Facts(hidden_columns=hidden, is_filtered=b"<filterColumn" in tail)
