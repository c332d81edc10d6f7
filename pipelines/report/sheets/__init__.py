"""The declaration of every sheet: its query, headings, widths and roles, in one place.

A new output sheet is one entry in a file here, one ``<query>.sql`` beside it whose
columns stand in this order, and its golden dump.
"""

from pipelines.report.sheets.cohort import TOWNSHIP_NEXT
from pipelines.report.sheets.county import (
    COUNTY_SHEETS,
    DISPATCH,
    FINDING,
    HELD,
    NOTICE,
    QUALITY,
    READING,
    RECEIPT,
    RULE,
    SOURCE,
)  # fmt: skip
from pipelines.report.sheets.decide import (
    DECIDE_SHEETS,
    DECISION,
    QUESTION,
    RETURNED,
)  # fmt: skip
from pipelines.report.sheets.declare import Column, Sheet
from pipelines.report.sheets.field import (
    DEFAULT_ANSWERS,
    ITEM,
    TOWNSHIP_DETAIL,
    TOWNSHIP_ITEM,
    TOWNSHIP_QUEUE,
    TOWNSHIP_SUMMARY,
    TOWNSHIP_TABLES,
    WITHDRAWN,
)  # fmt: skip
from pipelines.report.sheets.lists import (
    EMPLOYMENT,
    ENROLLED,
    GRADUATES,
    KEY_PENDING,
    LIST_SHEETS,
    STUDENTS,
)  # fmt: skip
from pipelines.report.sheets.overview import (
    BASIS,
    BY_FAMILY,
    BY_RULE,
    BY_TOWNSHIP,
    GRID,
    GRID_WIDTH,
    HEADLINE,
    NOT_APPLICABLE,
    OVERVIEW,
    STUCK,
    TREND,
    section,
)  # fmt: skip
from pipelines.report.sheets.public import PUBLIC_LIST, PUBLIC_SHEETS, PUBLIC_SUMMARY

SHEETS = (
    *OVERVIEW,
    *COUNTY_SHEETS,
    *LIST_SHEETS,
    *PUBLIC_SHEETS,
    KEY_PENDING,
    ITEM,
    TOWNSHIP_ITEM,
    *TOWNSHIP_TABLES,
    WITHDRAWN,
    *DECIDE_SHEETS,
    RETURNED,
)

__all__ = [
    "BASIS",
    "BY_FAMILY",
    "BY_RULE",
    "BY_TOWNSHIP",
    "COUNTY_SHEETS",
    "DECIDE_SHEETS",
    "DECISION",
    "DEFAULT_ANSWERS",
    "DISPATCH",
    "EMPLOYMENT",
    "ENROLLED",
    "FINDING",
    "GRADUATES",
    "GRID",
    "GRID_WIDTH",
    "HEADLINE",
    "HELD",
    "ITEM",
    "KEY_PENDING",
    "LIST_SHEETS",
    "NOTICE",
    "NOT_APPLICABLE",
    "OVERVIEW",
    "PUBLIC_LIST",
    "PUBLIC_SHEETS",
    "PUBLIC_SUMMARY",
    "QUALITY",
    "QUESTION",
    "READING",
    "RECEIPT",
    "RETURNED",
    "RULE",
    "SHEETS",
    "SOURCE",
    "STUCK",
    "STUDENTS",
    "TOWNSHIP_DETAIL",
    "TOWNSHIP_ITEM",
    "TOWNSHIP_NEXT",
    "TOWNSHIP_QUEUE",
    "TOWNSHIP_SUMMARY",
    "TOWNSHIP_TABLES",
    "TREND",
    "WITHDRAWN",
    "Column",
    "Sheet",
    "section",
]  # fmt: skip
