"""Tables of a web page, counted from its text by a tokenizer of our own.

Stricter than a browser where a browser drops what a page holds: a table's cell may not
end up in a comment, in a quotation mark or outside of every table.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.ingest.container import Refused
from pipelines.ingest.counts.record import Count, Counted

_TOKEN = re.compile(
    r"""<!--(?:-?>|(?P<remark>.*?)(?P<close>--!?\s*>|\Z))
      | <!\[CDATA\[(?P<kept>.*?)(?P<kept_end>\]\]\s*>|\Z)
      | <(?P<raw>script|style)(?=[\s>])(?:[^"'>]|"[^"]*+"|'[^']*+')*+(?<!/)>
        (?P<code>.*?)(?P<shut></(?P=raw)\s*>|\Z)
      | <(?P<end>/?)(?P<name>[a-z][^\s/>]*+)
        (?P<about>(?:[\s/]++
            |[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))?+
            |=)*+)>
      | <!\[(?P<section>[^>]*+)>
      | <(?:[!?]|/(?![a-z]))[^>]*+>
      | (?P<text>[^<]++|<)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ABOUT = re.compile(
    r"""([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|((?!["'])[^\s>]*+)))?+"""
)
# A mark of which the end is missing: many of them would be searched for it to the end
# of the page, each time anew.
_MARK = re.compile("<[a-z/!?]", re.IGNORECASE)
_CELL_MARK = re.compile(r"</?(?:table|t[rdh])\b", re.IGNORECASE)
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_OUT_OF_SIGHT = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE
)
_BLANK = re.compile("[ \t\r\n\f\xa0]*")
_NOT_SHOWN = frozenset({"comment", "head", "title", "xml", "script", "style"})
_LINES = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "hr", "center"})
_WIDEST, _MOST_PLACES, _MOST_DEPTH = 16_384, 5_000_000, 50


def count_pages(pages: Sequence[str]) -> tuple[Counted, ...]:
    """The tables of pages in the order in which they are read as sheets; raises Refused
    when the page is broken in a way that hides cells."""
    return tuple(Counted("", count) for page in pages for count in _Page().tables(page))


@dataclass
class _Cell:
    first: int
    last: int
    is_hidden: bool
    is_filled: bool = False


@dataclass
class _Table:
    """``lines``: rows of text that stand above it, among which it is placed."""

    rows: list[list[_Cell]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)  # columns
    hidden_rows: set[int] = field(default_factory=set)
    described: int = 0  # columns
    held: dict[int, int] = field(default_factory=dict)  # column → last row of a span
    cell: _Cell | None = None
    at: int = 0
    places: int = 0  # that cells take or leave to those that reach down

    @property
    def width(self) -> int:
        return max((row[-1].last + 1 for row in self.rows if row), default=0)

    @property
    def filled(self) -> list[int]:
        return [sum(cell.is_filled for cell in row) for row in self.rows]

    def begin_cell(self, about: dict[str, str]) -> None:
        if not self.rows:
            self.rows.append([])
        row = len(self.rows) - 1
        first = self.at
        while self.held.get(self.at, -1) >= row:
            self.at += 1
        across, down = (_span(about.get(way)) for way in ("colspan", "rowspan"))
        self.places += self.at - first + across
        if self.places > _MOST_PLACES:
            raise Refused("ING_TOO_LARGE", "表格的范围过大")
        last = self.at + across - 1
        self.cell = _Cell(self.at, last, _is_hidden(about))
        self.rows[-1].append(self.cell)
        if down > 1:
            self.held |= dict.fromkeys(range(self.at, last + 1), row + down - 1)
        self.at = last + 1

    def count(self, above: int, below: int) -> Count:
        """The table between so many lines of text."""
        found = Count()
        for at in range(above):
            found.add(at, 0)
        shown: set[int] = set()
        unseen: set[int] = set()
        for at, row in enumerate(self.rows, start=above):
            for cell in row:
                columns = range(cell.first, cell.last + 1)
                (unseen if cell.is_hidden else shown).update(columns)
                if cell.is_filled:
                    found.add(at, cell.first)
        for at in range(below):
            found.add(above + len(self.rows) + at, 0)
        filled, width = self.filled, found.reach[1]
        found.facts.hidden_rows = sum(1 for at in self.hidden_rows if filled[at])
        found.facts.hidden_columns = sum(
            1 for at in self.hidden | (unseen - shown) if at < width
        )
        return found


class _Page:
    """What the tokens of one page come to."""

    def __init__(self) -> None:
        self._open: list[tuple[int, _Table]] = []  # by the order of their beginning
        self._found: dict[int, _Table] = {}
        self._begun = 0
        self._not_shown = 0
        self._loose: dict[int, list[str]] = {}  # text before that table
        self._is_stray = False  # a cell outside of every table is open

    def tables(self, page: str) -> Iterator[Count]:
        unfinished = _MARK.findall(page, page.rfind(">") + 1)
        if len(unfinished) > 1:
            raise Refused("ING_BROKEN", "网页不完整，标记没有结尾")
        for token in _TOKEN.finditer(page):
            name = token["name"]
            if name is not None:
                self._tag(name.lower(), token)
            elif token["text"] is not None:
                self._text(html.unescape(token["text"]))
            else:
                _refuse_swallowed(token)
                self._text(token["kept"] or "")  # a browser drops it, a reader may
        if self._open:
            raise Refused("ING_BROKEN", "网页不完整，表格没有结尾")
        return self._placed()

    def _tag(self, name: str, token: re.Match[str]) -> None:
        about = token["about"]
        if _CELL_MARK.search(about) or "<" in name + _QUOTED.sub("", about):
            raise Refused("ING_MISREAD", "网页的引号或括号不成对")
        if not token["end"]:
            self._begin(name, _about(about))
        if token["end"] or about.endswith("/"):
            self._end(name)

    def _begin(self, name: str, about: dict[str, str]) -> None:
        if name == "table":
            if len(self._open) >= _MOST_DEPTH:
                raise Refused("ING_UNSAFE", "表格套得过深")
            self._open.append((self._begun, _Table()))
            self._begun += 1
            self._not_shown, self._is_stray = 0, False
        elif name in _NOT_SHOWN:
            self._not_shown += 1
        elif name == "body":
            self._not_shown = 0
        elif name in _LINES:
            self._line()
        elif not self._open:
            self._is_stray |= name in ("td", "th")
        elif name == "tr":
            table = self._open[-1][1]
            table.cell, table.at = None, 0
            if _is_hidden(about):
                table.hidden_rows.add(len(table.rows))
            table.rows.append([])
        elif name in ("td", "th"):
            self._open[-1][1].begin_cell(about)
        elif name == "col":
            table = self._open[-1][1]
            first = table.described
            table.described = min(_WIDEST, first + _span(about.get("span")))
            if _is_hidden(about):
                table.hidden.update(range(first, table.described))

    def _end(self, name: str) -> None:
        if name in _NOT_SHOWN:
            self._not_shown = max(0, self._not_shown - 1)
        elif name in _LINES and name != "br":
            self._line()
        elif name in ("body", "html"):
            while self._open:
                self._end_table()
        elif name in ("td", "th", "tr"):
            self._is_stray = False
            if self._open:
                self._open[-1][1].cell = None
        elif name == "table" and self._open:
            self._end_table()

    def _end_table(self) -> None:
        place, table = self._open.pop()
        is_small = len(table.rows) < 2 or table.width < 2
        cell = self._open[-1][1].cell if self._open else None
        if is_small and cell is not None:
            cell.is_filled |= any(table.filled)
        elif table.rows:
            self._found[place] = table

    def _line(self) -> None:
        if not self._open:
            self._loose.setdefault(self._begun, []).append("\n")

    def _text(self, text: str) -> None:
        if self._not_shown:
            return
        is_blank = _BLANK.fullmatch(text) is not None
        if not self._open:
            if self._is_stray and not is_blank:
                raise Refused("ING_MISREAD", "有格子不在表格里")
            self._loose.setdefault(self._begun, []).append(text.replace("\n", " "))
        elif not is_blank:
            cell = self._open[-1][1].cell
            if cell is not None:
                cell.is_filled = True
                return
            # A browser shows it above the table in which it stands.
            line = text.replace("\n", " ")
            self._loose.setdefault(self._open[0][0], []).append(f"\n{line}\n")

    def _placed(self) -> Iterator[Count]:
        """Narrow tables are lines of text between the others, unless all are narrow."""
        wide = [place for place, table in self._found.items() if table.width > 1]
        if not wide:
            for place in sorted(self._found):
                yield self._found[place].count(0, 0)
            return
        placed: list[tuple[_Table, int]] = []
        lines = 0
        for place in range(self._begun + 1):
            text = "".join(self._loose.get(place, ()))
            lines += sum(1 for line in text.split("\n") if line.strip())
            table = self._found.get(place)
            if table is not None and table.width > 1:
                placed.append((table, lines))
                lines = 0
            elif table is not None:
                lines += sum(1 for cells in table.filled if cells)
        for table, above in placed:
            yield table.count(above, lines if table is placed[-1][0] else 0)


def _refuse_swallowed(token: re.Match[str]) -> None:
    """A remark or a style that does not end where it should hides cells; the library
    looks for its end again and again."""
    if token["close"] == "" or token["kept_end"] == "":
        raise Refused("ING_BROKEN", "网页的注释没有结尾")
    if not (token["section"] or "]").endswith("]"):
        raise Refused("ING_BROKEN", "网页里有无法识别的标记")
    is_suspect = token["shut"] == "" or (token["raw"] or "").lower() == "style"
    if is_suspect and _CELL_MARK.search(token["code"]):
        raise Refused("ING_MISREAD", "网页的样式没有结尾")


def _about(text: str) -> dict[str, str]:
    """A tag's attributes by their names; of two the first one stands."""
    found: dict[str, str] = {}
    for name, *values in _ABOUT.findall(text):
        found.setdefault(name.lower(), "".join(values))
    return found


def _is_hidden(about: dict[str, str]) -> bool:
    return "hidden" in about or bool(_OUT_OF_SIGHT.search(about.get("style", "")))


def _span(stated: str | None) -> int:
    words = (stated or "").strip()
    is_number = words.isascii() and words.isdigit() and len(words) < 9
    return max(1, min(int(words), _WIDEST)) if is_number else 1
