"""A source as plain data: headings, kinds and tables, without its validation.

Kept apart from ``schemas.source`` because a reading process that imports pandera
would spend more time on imports than on its file.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.kinds import kind_named
from schemas.text import fold

_DECIDING = frozenset(
    {"person_name", "money", "account", "month_start", "month_end", "division"}
    | {"code:household_type", "code:monitored_category", "code:school_state"}
    | {"code:payment_status", "code:departure_reason", "code:register_status"}
    | {"code:funded_household", "code:destination", "yes_no"}
)


@dataclass(frozen=True)
class ColumnSpec:
    """One declared column: its main heading, the aliases seen, what its cells mean.

    ``required``: a sheet without this heading is not this source. ``weak``: the
    heading is so common that it does not speak for the source.
    """

    name: str
    kind: str
    title: str
    aliases: tuple[str, ...]
    required: bool
    description: str

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.title, *self.aliases)

    @property
    def decides(self) -> bool:
        """Whether a wrong reading of this column could name or pay the wrong person:
        then nothing is taken from a sheet until it is certain."""
        if self.kind == "id_number":  # 学籍号 and 学号 may be any figures
            return self.name.endswith("id_number")
        return self.required or self.kind in _DECIDING


@dataclass(frozen=True)
class SourceSpec:
    """A source without its validation: what a reading process has to know.

    ``excludes``: headings that prove a sheet to be something else, unless it shows one
    of ``proofs``, which only this source has.
    ``derived``: typed columns that come from the whole sheet, not from one cell.

    ``marks``: groups of columns, of which a sheet must show at least one column each
    to be taken for this source; that is how a roster differs from a payment file. A
    source without marks is never found by headings: its rows come out of another's.
    ``ignored``: headings that somebody said carry nothing of it.

    ``newest_by``: typed columns of which a newer list replaces an older one; a list
    without any adds up with the lists before it.
    """

    name: str
    title: str
    grain: str
    columns: tuple[ColumnSpec, ...]
    derived: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, ...], ...]
    excludes: tuple[str, ...]
    newest_by: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()

    @property
    def is_snapshot(self) -> bool:
        return bool(self.newest_by)

    @property
    def describes_now(self) -> bool:
        """Whether an old list says nothing of today; those of a period stay true."""
        return self.is_snapshot and "period_no" not in self.newest_by

    def column(self, name: str) -> ColumnSpec:
        return next(column for column in self.columns if column.name == name)


def heading_map(source: SourceSpec) -> dict[str, str]:
    """Folded heading → column name; raises ValueError when two columns claim one."""
    found: dict[str, str] = {}
    for declared in source.columns:
        for heading in declared.headings:
            if found.setdefault(fold(heading), declared.name) != declared.name:
                raise ValueError(f"{source.name}: {heading} belongs to two columns")
    return found


_KEY = (
    ("row_id", "bigint"),
    ("file", "varchar"),
    ("sheet", "varchar"),
    ("row_no", "integer"),
)
_SNAPSHOT = (("snapshot_on", "date"), ("is_current", "boolean"))


def raw_columns(source: SourceSpec) -> tuple[tuple[str, str], ...]:
    """(name, SQL type) of ``raw_<source>``: the address, then text as read."""
    return _KEY + tuple((declared.name, "varchar") for declared in source.columns)


def stg_columns(source: SourceSpec) -> tuple[tuple[str, str], ...]:
    """(name, SQL type) of ``stg_<source>``: the address, the date, typed values."""
    typed = tuple(
        (declared.name + suffix, sql_type)
        for declared in source.columns
        for suffix, sql_type in kind_named(declared.kind).fields
    )
    return _KEY + _SNAPSHOT + typed + source.derived


def _create(table: str, columns: tuple[tuple[str, str], ...]) -> str:
    body = ",\n".join(f"    {name} {sql_type}" for name, sql_type in columns)
    return f"create or replace table {table} (\n{body}\n)"


def raw_table_sql(source: SourceSpec) -> str:
    """The statement that creates ``raw_<source>``."""
    return _create(f"raw_{source.name}", raw_columns(source))


def stg_table_sql(source: SourceSpec) -> str:
    """The statement that creates ``stg_<source>``."""
    return _create(f"stg_{source.name}", stg_columns(source))
