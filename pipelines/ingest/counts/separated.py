"""Text with separators, counted by a tokenizer of our own."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.ingest.container import Refused
from pipelines.ingest.counts.record import Count

_LINE_END = re.compile(r"\r\n|\r|\n")


def count_text(path: Path, encoding: str, separator: str) -> Count:
    """Filled cells record by record; raises Refused where a quotation mark does not
    pair. A cell may hold line ends when it begins with a quotation mark."""
    with path.open(encoding=encoding, newline="") as file:
        text = file.read()
    count = Count()
    filled = count.filled
    mark = re.escape(separator)
    # The quoted form must reach the cell's end; else the mark is one of its letters.
    field = re.compile(
        rf'(?:"((?:[^"]|"")*+)"|((?!")[^{mark}\r\n]*+))({mark}|\r\n|\r|\n|\Z)'
    )
    at, end = 0, len(text)
    while at < end:
        found = _LINE_END.search(text, at)
        line_end, after = found.span() if found else (end, end)
        if text.find('"', at, line_end) < 0:
            cells = text[at:line_end].split(separator)
            filled.append(len(cells) - cells.count(""))
            at = after
            continue
        cells_here = 0
        while True:
            token = field.match(text, at)
            if token is None:
                line = len(_LINE_END.findall(text, 0, at)) + 1
                raise Refused("ING_BROKEN", f"第{line}行附近的引号不成对")
            cells_here += bool(token[1] or token[2])
            at = token.end()
            if token[3] != separator:
                break
        filled.append(cells_here)
    return count
