"""How a source is declared: one pandera model whose columns carry headings and kind.

From the class come the heading map, the validation, the tables, the data dictionary
and the invented rows. ``schemas.spec`` is the same declaration without pandera,
small enough to hand to a reading process.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pandera.pandas as pa

from schemas.kinds import Kind
from schemas.spec import ColumnSpec, SourceSpec


def column(
    kind: Kind, title: str, *aliases: str, required: bool = False, **checks: Any
) -> Any:
    """A pandera field that carries its headings and kind.

    ``checks`` are pandera's own (``ge``, ``isin``, ``str_matches`` …). Every column is
    nullable: what is missing is a finding or an issue, never a reason to drop a row.
    """
    return pa.Field(
        nullable=True,
        coerce=False,
        title=title,
        description=checks.pop("description", ""),
        metadata={"kind": kind.name, "aliases": aliases, "required": required},
        **checks,
    )


def facts(
    *,
    grain: str,
    marks: tuple[tuple[str, ...], ...],
    excludes: tuple[str, ...] = (),
    proofs: tuple[str, ...] = (),
    derived: tuple[tuple[str, str], ...] = (),
    newest_by: tuple[str, ...] = (),
    unused: str = "",
) -> dict[str, Any]:
    """What a source's ``Config.metadata`` says; see ``SourceSpec`` for the words.

    ``unused``: known headings of the source that nothing here needs, joined by 、.
    """
    return {
        "grain": grain,
        "marks": marks,
        "excludes": excludes,
        "proofs": proofs,
        "derived": derived,
        "newest_by": newest_by,
        "unused": tuple(unused.split("、")) if unused else (),
    }


class Source(pa.DataFrameModel):
    """Base of the sources; a subclass states its columns, and facts in its Config."""

    class Config:
        strict = False
        coerce = False
        metadata: dict[str, Any] = {}  # noqa: RUF012


@cache
def spec(source: type[Source]) -> SourceSpec:
    """The declaration of a source as plain data, columns in declared order."""
    schema = source.to_schema()
    stated = source.Config.metadata
    return SourceSpec(
        name=_snake(source.__name__),
        title=schema.title,
        grain=stated["grain"],
        columns=tuple(
            ColumnSpec(
                name=name,
                kind=field.metadata["kind"],
                title=field.title,
                aliases=tuple(field.metadata["aliases"]),
                required=field.metadata["required"],
                description=field.description or "",
            )
            for name, field in schema.columns.items()
        ),
        derived=stated["derived"],
        marks=stated["marks"],
        excludes=stated["excludes"],
        proofs=stated["proofs"],
        newest_by=stated["newest_by"],
        ignored=stated["unused"],
    )


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
