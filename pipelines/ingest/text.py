"""Text with separators as one sheet without a name."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from pipelines.ingest.cells import ERROR_TEXTS, ErrorText, PlainRows, Row, Sheet
from pipelines.ingest.container import Refused
from pipelines.ingest.counts import count_text
from pipelines.ingest.encoding import text_encoding
from pipelines.ingest.growing import MOST_COLUMNS

_SAMPLE_LINES = 60
_UNDER = re.compile(
    "[:：]|[合小总共累]计|总数|共[0-9]+|[填制]表|审核|日期|备注|说明|签"
)
_FEW = 3  # lines of one width
_USUAL = (",", "\t")
_OTHERS = (";", "|")
_UNMISTAKABLE = 0.6  # of the lines have the same number of cells, three or more
_STATED = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


def text_sheet(path: Path) -> Sheet:
    """The file's records as rows; raises Refused where quotation marks do not
    pair, or a row is wider than any sheet."""
    encoding = text_encoding(path) or "utf-8"
    mark = separator(path, encoding)
    rows = list(_records(path, encoding, mark))
    _refuse_cut(path, rows)
    return Sheet(
        1,
        "",
        is_hidden=False,
        height=len(rows),
        rows=lambda: PlainRows(rows),
        count=count_text(path, encoding, mark),
    )


def _refuse_cut(path: Path, rows: Sequence[Row]) -> None:
    """Raises Refused when the last line has no end and fewer cells than all others, and
    is no line of words under the table: the file was cut off there, and nobody knows
    what else was in it."""
    if len(rows) < _FEW or len({len(row) for row in rows[:-1]}) > 1:
        return
    first = str(rows[-1][0]) if rows[-1] else ""
    if len(rows[-1]) == 1:
        above = [str(row[0]) for row in rows[1:-1] if row]
        is_data = bool(first) and any(text.startswith(first) for text in above)
    else:
        words = "".join(map(str, rows[-1]))
        is_data = not _UNDER.search(words)
    if not is_data:
        return
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 4))
        is_ended = any(byte in b"\r\n" for byte in file.read().rstrip(b"\0")[-2:])
    if not is_ended and len(rows[-1]) < len(rows[0]):
        raise Refused(
            "ING_BROKEN",
            f"最后一行（第{len(rows)}行）只有{len(rows[-1])}栏，其余各行都是"
            f"{len(rows[0])}栏，文件没有传完",
        )


def separator(path: Path, encoding: str) -> str:
    """What stands between the cells: the candidate that gives most lines one width."""
    with path.open(encoding=encoding, newline="") as file:
        lines = list(islice(_lines(file), _SAMPLE_LINES))
    if not lines:
        return ","
    if stated := _STATED.fullmatch(lines[0].lstrip("\ufeff")):
        return stated[1]
    found = {mark: _agreement(lines, mark) for mark in (*_USUAL, *_OTHERS)}
    usual = max(_USUAL, key=lambda mark: found[mark])
    other = max(_OTHERS, key=lambda mark: found[mark])
    alike, width, records = found[other]
    is_clear = width >= 3 and alike >= records * _UNMISTAKABLE
    return other if is_clear and found[other] > found[usual] else usual


def _lines(file: Iterable[str]) -> Iterator[str]:
    """The lines that hold anything, long ones cut: enough to see the separator."""
    return (line[:100_000] for line in file if line.strip())


def _agreement(lines: Sequence[str], mark: str) -> tuple[int, int, int]:
    """How many records have the commonest number of cells, two or more; that number;
    and how many records there are."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark))
    except csv.Error:
        widths = Counter(line.count(mark) + 1 for line in lines)
    alike, width = max(
        ((lines, width) for width, lines in widths.items() if width > 1), default=(0, 1)
    )
    return alike, width, widths.total()


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        # Strict: an unclosed quotation mark must not swallow the rest of the file.
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        while True:
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise Refused(
                    "ING_BROKEN", f"第{reader.line_num}行附近的引号不成对"
                ) from None
            if len(record) > MOST_COLUMNS:
                raise Refused("ING_TOO_LARGE", f"第{reader.line_num}行的列数过多")
            yield [ErrorText(c) if c in ERROR_TEXTS else c for c in record]
