"""A second account of what a file holds, by code that shares nothing with its reader.

Every reader drops something in silence now and then: an error cell, a row out of
order, a text in an unusual wrapping. ``count_book`` walks the file's own bytes;
``disagreement`` compares, row by row, what it saw with what the reader gave.
"""

from __future__ import annotations

from pipelines.ingest.counts.book import count_book, count_old, count_xlsx
from pipelines.ingest.counts.mime import pages_of
from pipelines.ingest.counts.opendocument import count_document
from pipelines.ingest.counts.page import count_pages
from pipelines.ingest.counts.record import (
    Count,
    Counted,
    Facts,
    disagreement,
    side_by_side,
    too_large,
)
from pipelines.ingest.counts.separated import count_text
from pipelines.ingest.counts.sheetml import facts_around
from pipelines.ingest.counts.spreadsheetml import count_tables

__all__ = [
    "Count",
    "Counted",
    "Facts",
    "count_book",
    "count_document",
    "count_old",
    "count_pages",
    "count_tables",
    "count_text",
    "count_xlsx",
    "disagreement",
    "facts_around",
    "pages_of",
    "side_by_side",
    "too_large",
]
