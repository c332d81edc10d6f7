"""Comma- and tab-separated text as one sheet without a name."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from pipelines.ingest.cells import ERROR_TEXTS, ErrorText, PlainRows, Row, Sheet
from pipelines.ingest.container import Refused
from pipelines.ingest.encoding import text_encoding


def text_sheet(path: Path, delimiter: str) -> Sheet:
    """The file's records as rows; raises Refused where quotation marks do not pair."""
    encoding = text_encoding(path) or "utf-8"
    rows = list(_records(path, encoding, delimiter))
    return Sheet(1, "", is_hidden=False, height=len(rows), rows=lambda: PlainRows(rows))


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
            yield [ErrorText(c) if c in ERROR_TEXTS else c for c in record]
