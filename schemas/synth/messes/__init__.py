"""The field's thirty-seven messes (domain section 1.8) as named operators.

``MESSES`` are operators on the files of one export of any source; with the cells they
change what reading must give. They stand in the order in which several of them are
applied: cells, then pages, headings, rows, and the file last. The names in ``ALL``
are the habits of the clerk who writes a whole invented county.
"""

from __future__ import annotations

from collections.abc import Callable

from schemas.synth import cells
from schemas.synth.messes import (
    dates,
    figures,
    headings,
    ids,
    pages,
    people,
    rows,
    structure,
    values,
    wrapping,
)
from schemas.synth.messes.operator import EFFECTS, Mess, Pile
from schemas.synth.sheets import Sheet

__all__ = [
    "ALL", "EFFECTS", "EXTRA", "MESSES", "STRUCTURE", "WHOLE_FILE", "Mess", "Pile",
]  # fmt: skip

MESSES: tuple[Mess, ...] = (
    *ids.MESSES,
    *values.SINGLE,
    *dates.MESSES,
    *values.LISTED,
    *figures.MESSES,
    *people.MESSES,
    *pages.MESSES,
    *rows.NUMBERED,
    *headings.MESSES,
    *wrapping.CELLS,
    *rows.MESSES,
    *headings.ABOVE,
    *pages.WRAPPED,
    *wrapping.MESSES,
)

# The structure of a county's sheets, in the order in which it is applied.
STRUCTURE: dict[str, Callable[[Sheet, structure.Hand], None]] = {
    mess.__name__: mess
    for mess in (
        structure.running_numbers,
        structure.doubled_heading,
        structure.two_row_heading,
        structure.spacers,
        structure.repeated_headings,
        structure.totals,
        structure.merged_blocks,
        structure.title_rows,
        structure.footer,
    )
}
WHOLE_FILE = (
    "shuffled_columns", "heading_aliases", "heading_decorations", "code_aliases",
    "none_words", "period_in_title", "roster_by_terms", "fewer_columns", "explanation_sheet_first",
    "hidden_sheet", "wrong_dimension", "csv_utf8_mark", "csv_gb18030", "csv_utf8",
    "head_count_in_name", "township_sheets", "township_files",
    "files_by_type", "full_field_layout", "basic_layout", "monthly_list",
    "undated_lists", "whole_file_copy", "saved_again", "double_extension",
    "aid_in_the_same_file", "formula_ids",
)  # fmt: skip
# Harder than the truth allows for: who is paid off the list has then no number.
EXTRA = frozenset({"payments_without_numbers"})
ALL: frozenset[str] = frozenset(
    [*STRUCTURE, *WHOLE_FILE, *cells.ENTRY_FORMS, *cells.TEN_THOUSANDS]
    + [*cells.TEN_THOUSANDS_TEXT, *cells.ID_ACCIDENTS, *cells.STUDENT_ID_ACCIDENTS]
    + [*cells.NAME_ACCIDENTS, *cells.PLACE_ACCIDENTS]
    + [name for forms in cells.COLUMN_FORMS.values() for name in forms]
)
