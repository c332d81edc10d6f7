"""What a sheet and its columns are; the sheets themselves stand in the files beside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

QUERIES = Path(__file__).parent


@dataclass(frozen=True)
class Column:
    """One column: name in the query, heading, width in digits, role.

    ``span`` is for stacked tables that share one grid of columns. A composed column is
    put together from the query's; an answer column has no counterpart in it:
    ``choices`` are its drop-down (none: free text), ``by_rule`` takes the rule's own.
    """

    name: str
    title: str
    width: float
    role: str = "text"
    span: int = 1
    is_composed: bool = False
    is_answer: bool = False
    choices: tuple[str, ...] = ()
    by_rule: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table: ``query`` is its file's stem, ``frozen`` the columns kept in view.

    ``unit`` says what one row is, in the reader's words. The query's first columns,
    ``carries``, steer the layout and are not written. With ``has_total`` the last row
    is a sum. Beyond ``most`` rows
    the sheet says where the ``rest`` stands: no program opens a million notes.
    """

    query: str
    title: str
    heading: str
    unit: str
    columns: tuple[Column, ...]
    frozen: int = 0
    carries: tuple[str, ...] = ()
    has_total: bool = False
    most: int = 100_000
    rest: str = ""

    @property
    def path(self) -> Path:
        return QUERIES / f"{self.query}.sql"

    @property
    def plain(self) -> tuple[Column, ...]:
        """The columns that come straight from the query."""
        return tuple(c for c in self.columns if not c.is_answer and not c.is_composed)

    @property
    def query_columns(self) -> tuple[str, ...]:
        return self.carries + tuple(column.name for column in self.plain)


def col(
    name: str, title: str, width: float, role: str = "text", span: int = 1
) -> Column:
    return Column(name, title, width, role, span)
