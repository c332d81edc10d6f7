"""How cells look, by role: a sheet names a role, never a colour or a font.

Fonts are named as Chinese offices have them; where they are absent a substitute of
the same width (one em a character) is taken, so widths and heights still hold.
"""

from __future__ import annotations

from collections.abc import Mapping

SERIF = "宋体"
SANS = "微软雅黑"

INK = "#1F2933"
QUIET = "#5F6B7A"
LINE = "#9AA5B1"
HEAVY = "#323F4B"
HEAD_FILL = "#DCE6F1"
ANSWER_HEAD_FILL = "#FFE9A8"
ANSWER_FILL = "#FFFBEA"
BAND_FILL = "#F3F5F7"
ALERT = "#A61B1B"

Properties = Mapping[str, object]

_BODY: Properties = {
    "font_name": SERIF, "font_size": 10, "font_color": INK, "valign": "vcenter",
}  # fmt: skip
_CELL: Properties = {**_BODY, "border": 1, "border_color": LINE}
# '@' keeps a text a text even when somebody edits the cell: "=1+1" stays "=1+1".
_TEXT: Properties = {**_CELL, "num_format": "@"}
_NUMBER: Properties = {**_CELL, "num_format": "#,##0", "align": "right", "indent": 1}
_EXACT: Properties = {**_NUMBER, "num_format": "#,##0.00"}
_SUM: Properties = {"bold": True, "bg_color": BAND_FILL}
_COVER: Properties = {
    **_BODY, "num_format": "@", "font_size": 12, "text_wrap": True, "valign": "top",
}  # fmt: skip
# What a village team reads is printed at about four fifths: 11 points become nine.
_FIELD: Properties = {**_TEXT, "font_size": 11, "text_wrap": True}

ROLES: Mapping[str, Properties] = {
    # around a table
    "title": {**_BODY, "font_name": SANS, "font_size": 15, "bold": True},
    "mark": {**_BODY, "font_name": SANS, "bold": True, "font_color": ALERT},
    "about": {**_BODY, "font_color": QUIET, "text_wrap": True, "valign": "top"},
    "section": {**_BODY, "font_name": SANS, "font_size": 12, "bold": True},
    "plain": {**_BODY, "num_format": "@", "text_wrap": True, "valign": "top"},
    "sign": {**_BODY, "font_size": 11},
    # the table
    "heading": {
        **_CELL, "font_name": SANS, "bold": True, "bg_color": HEAD_FILL,
        "align": "center", "text_wrap": True,
    },
    "answer_heading": {
        **_CELL, "font_name": SANS, "bold": True, "bg_color": ANSWER_HEAD_FILL,
        "align": "center", "text_wrap": True,
    },
    "text": _TEXT,
    "wrap": {**_TEXT, "text_wrap": True},
    "centre": {**_TEXT, "align": "center", "text_wrap": True},
    "count": _NUMBER,
    "yuan": _NUMBER,
    "yuan_exact": _EXACT,
    "date": {**_CELL, "num_format": "yyyy-mm-dd", "align": "center"},
    "total_text": {**_TEXT, **_SUM},
    "total_count": {**_NUMBER, **_SUM},
    "total_yuan": {**_NUMBER, **_SUM},
    "total_yuan_exact": {**_EXACT, **_SUM},
    # the cover of a follow-up book, and its table: what is asked, what is answered
    "cover": _COVER,
    "cover_strong": {**_COVER, "bold": True},
    "cover_cell": {**_FIELD, "font_size": 12, "valign": "vcenter", "indent": 1},
    # the card of one household, filled in with a pen
    "card": {**_FIELD, "font_size": 12, "valign": "vcenter", "indent": 1},
    "card_strong": {
        **_FIELD, "font_size": 12, "bold": True, "bg_color": BAND_FILL, "indent": 1,
    },
    "card_sign": {**_BODY, "font_size": 12, "valign": "vcenter"},
    "item": _FIELD,
    "item_centre": {**_FIELD, "align": "center"},
    "item_strong": {**_FIELD, "bold": True},
    "answer": {**_FIELD, "bg_color": ANSWER_FILL, "locked": False},
}  # fmt: skip

# Variants of the follow-up roles: a shaded household, the first row of a household.
BAND: Properties = {"bg_color": BAND_FILL}
FIRST: Properties = {"top": 2, "top_color": HEAVY}


def properties(
    role: str, *, band: bool = False, first: bool = False
) -> dict[str, object]:
    """The format properties of a role; ``answer`` cells keep their own colour."""
    found = dict(ROLES[role])
    if band and role != "answer":
        found |= BAND
    if first:
        found |= FIRST
    return found
