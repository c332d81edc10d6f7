"""Messes 3, 20, 21, 29 and 30: what kind of file the table comes in."""

from __future__ import annotations

from schemas.synth.messes.operator import Mess, Pile, heading_of
from schemas.synth.sheets import Book, Column

_PICTURE = '=_xlfn.DISPIMG("ID_3B1A9C5D4E6F47A1B2C3D4E5F6A7B8C9",1)'


def wrong_dimension(pile: Pile) -> int:
    """``A1`` for the whole sheet: readers that believe it see one cell."""
    for book in pile.books:
        book.has_wrong_dimension = True
    return sum(book.form == "xlsx" for book in pile.books)


def _text(pile: Pile, form: str, ending: str) -> int:
    """As text, where nothing depends on the types of cells or on merged areas."""
    return _become(
        pile,
        form,
        ending,
        one_sheet=True,
        keeps_merges=False,
        says_type=ending == ".xls",
    )


def _become(
    pile: Pile,
    form: str,
    ending: str,
    *,
    one_sheet: bool = False,
    keeps_merges: bool = True,
    keeps_types: bool = False,
    says_type: bool = False,
) -> int:
    written = 0
    for book in pile.books:
        if not book.path.endswith(".xlsx") or book.form != "xlsx" or _is_styled(book):
            continue
        if (book.needs_cells and not keeps_types) or (
            book.needs_merges and not keeps_merges
        ):
            continue
        if one_sheet and (len(book.sheets) > 1 or book.sheets[0].name.endswith("）")):
            continue  # text has no sheet's name, and this one tells something
        book.form = form
        if says_type:
            book.said.add("ING_TYPE_MISMATCH")
        book.path = f"{book.path.partition('.')[0]}{ending}"
        if one_sheet:
            book.sheets[0].name = ""
        written += 1
    return written


def _is_styled(book: Book) -> bool:
    """Whether something is drawn that only a workbook can show."""
    return book.has_wrong_dimension or any(s.has_filter for s in book.sheets)


def csv_ansi(pile: Pile) -> int:
    """GB18030 without a mark, as Excel in Chinese saves csv."""
    return _text(pile, "gb18030", ".csv")


def csv_utf8_mark(pile: Pile) -> int:
    return _text(pile, "utf-8-sig", ".csv")


def csv_utf8(pile: Pile) -> int:
    return _text(pile, "utf-8", ".csv")


def csv_named_xls(pile: Pile) -> int:
    return _text(pile, "gb18030", ".xls")


def tabs_named_xls(pile: Pile) -> int:
    return _text(pile, "tabs", ".xls")


def html_named_xls(pile: Pile) -> int:
    return _become(pile, "html", ".xls", one_sheet=True, says_type=True)


def spreadsheetml_named_xls(pile: Pile) -> int:
    return _become(pile, "spreadsheetml", ".xls", keeps_types=True, says_type=True)


def xlsx_named_xls(pile: Pile) -> int:
    changed = 0
    for book in pile.books:
        if book.form == "xlsx" and book.outcome == "read":
            book.path = f"{book.path.partition('.')[0]}.xls"
            book.said.add("ING_TYPE_MISMATCH")
            changed += 1
    return changed


def double_extension(pile: Pile) -> int:
    """``.xls.xlsx``, by systems that hide endings."""
    changed = 0
    for book in pile.books:
        if book.form == "xlsx" and book.path.endswith(".xlsx"):
            book.path = f"{book.path.partition('.')[0]}.xls.xlsx"
            changed += 1
    return changed


def old_workbook(pile: Pile) -> int:
    return _become(pile, "xls", ".xls", keeps_types=True)


def wps_workbook(pile: Pile) -> int:
    """``.et``: the binary workbook under the name of WPS."""
    return _become(pile, "xls", ".et", keeps_types=True)


def picture_cells(pile: Pile) -> int:
    """A column of WPS pictures, which are formulas elsewhere."""
    written = 0
    for _, sheet in pile.sheets():
        sheet.columns.append(Column("照片"))
        heading_of(sheet).cells.append("照片")
        for line in sheet.data:
            line.cells += [None] * (len(sheet.columns) - 1 - len(line.cells))
            line.cells.append(_PICTURE)
            written += 1
    return written


def password(pile: Pile) -> int:
    """Locked, and no password configured: refused by name, no other file harmed."""
    written = 0
    for book in pile.books:
        if book.form == "xlsx":
            book.form, book.outcome = "encrypted", "refused"
            book.said = {"ING_ENCRYPTED"}
            book.copies = ()
            written += 1
    return written


def archive_with_gbk_names(pile: Pile) -> int:
    """All files in one zip, named in GBK as Chinese Windows does."""
    if any(book.outcome != "read" or book.copies for book in pile.books):
        return 0
    pile.archives["县里发来的.zip"] = list(pile.books)
    return len(pile.books)


CELLS = (Mess(30, picture_cells, "truth"),)
MESSES = (
    Mess(3, wrong_dimension, "truth"),
    Mess(20, csv_ansi, "truth"),
    Mess(20, csv_utf8_mark, "truth"),
    Mess(20, csv_utf8, "truth"),
    Mess(21, csv_named_xls, "noted", ("ING_TYPE_MISMATCH",)),
    Mess(21, tabs_named_xls, "noted", ("ING_TYPE_MISMATCH",)),
    Mess(21, html_named_xls, "noted", ("ING_TYPE_MISMATCH",)),
    Mess(21, spreadsheetml_named_xls, "noted", ("ING_TYPE_MISMATCH",)),
    Mess(21, xlsx_named_xls, "noted", ("ING_TYPE_MISMATCH",)),
    Mess(21, double_extension, "truth"),
    Mess(21, old_workbook, "truth"),
    Mess(30, wps_workbook, "truth"),
    Mess(29, archive_with_gbk_names, "truth"),
    Mess(29, password, "refused", ("ING_ENCRYPTED",)),
)
