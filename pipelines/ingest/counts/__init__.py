"""A second account of what a file holds, by code that shares nothing with its reader.

Every reader drops something in silence now and then: an error cell, a row out of
order, a text in an unusual wrapping. ``count_book`` walks the file's own bytes;
``disagreement`` compares, row by row, what it saw with what the reader gave.
"""

from __future__ import annotations

from pipelines.ingest.counts.book import count_book, count_xlsx
from pipelines.ingest.counts.record import (
    Count,
    Counted,
    Facts,
    disagreement,
    too_large,
)
from pipelines.ingest.counts.separated import count_text
from pipelines.ingest.counts.sheetml import cells_with_body, facts_around

__all__ = [
    "Count",
    "Counted",
    "Facts",
    "cells_with_body",
    "count_book",
    "count_text",
    "count_xlsx",
    "disagreement",
    "facts_around",
    "too_large",
]
