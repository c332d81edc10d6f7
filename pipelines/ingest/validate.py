"""The accepted rows against the sources' pandera models.

A value that a check refuses becomes null plus an issue; a row whose person would be
lost with it is held. Rows are always named by their row id, and what remains is
validated again.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipelines.errors import YuluError
from schemas.spec import SourceSpec

# Without these a row belongs to nobody.
_ATTRIBUTING = frozenset({"name", "id_number"})

_NULLABLE = frozenset({"boolean", "Int64"})
_TEXTS = frozenset({"str", "string[python]"})

Failure = tuple[int, str]  # row id and column


def validate(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]) -> None:
    """Cleans ``stg_`` tables until their models pass; raises YuluError when they
    still do not."""
    for source in sources:
        failures = _failures(con, source)
        if not failures:
            continue
        held = sorted({row for row, name in failures if name in _ATTRIBUTING})
        _hold(con, source, held)
        _empty(con, source, [f for f in failures if f[0] not in set(held)])
        if _failures(con, source):
            raise YuluError(
                f"{source.title} 清理后仍不符合校验规则，没有发布任何内容。"
                "请把这一行告诉维护人员。"
            )


def _failures(con: duckdb.DuckDBPyConnection, source: SourceSpec) -> list[Failure]:
    import pandera.errors

    from schemas.sources import SOURCES, SPECS

    any_row = f"select 1 from stg_{source.name} limit 1"  # noqa: S608
    if not con.execute(any_row).fetchall():
        return []
    schema = SOURCES[SPECS.index(source)].to_schema()
    # A text that nobody checks is what its table says: a null or a text.
    names = [
        name
        for name, column in schema.columns.items()
        if column.checks or str(column.dtype) not in _TEXTS
    ]
    schema = schema.select_columns(names)
    listed = ", ".join(["row_id", *(f'"{name}"' for name in names)])
    frame = con.execute(
        f"select {listed} from stg_{source.name} order by row_id"  # noqa: S608
    ).df()
    # DuckDB gives bool or boolean, int64 or Int64, as the nulls fall.
    frame = frame.astype(
        {
            name: str(column.dtype)
            for name, column in schema.columns.items()
            if str(column.dtype) in _NULLABLE
        }
    )
    try:
        schema.validate(frame.set_index("row_id"), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases[["index", "column"]]
    else:
        return []
    if cases["index"].isna().any():
        # A failure of the whole column is no doubtful cell but our own mistake.
        raise YuluError(f"{source.title} 的列类型与声明不符。请把这一行告诉维护人员。")
    pairs = zip(cases["index"], cases["column"], strict=True)
    return sorted({(int(row), str(name)) for row, name in pairs})


def _hold(con: duckdb.DuckDBPyConnection, source: SourceSpec, rows: list[int]) -> None:
    con.execute(
        f"delete from stg_{source.name} where row_id in (select unnest(?))",  # noqa: S608
        [rows],
    )
    con.execute(
        "update tmp_row set disposition = 'held', reason_code = 'ING_BAD_ROW' "
        "where row_id in (select unnest(?))",
        [rows],
    )


def _empty(
    con: duckdb.DuckDBPyConnection, source: SourceSpec, failures: list[Failure]
) -> None:
    for name in sorted({name for _, name in failures}):
        rows = [row for row, column in failures if column == name]
        con.execute(
            f'update stg_{source.name} set "{name}" = null '  # noqa: S608
            "where row_id in (select unnest(?))",
            [rows],
        )
        con.execute(
            "insert into tmp_issue select one.sheet_id, one.row_no, "
            "cell_address(one.row_no, heading.column_no), heading.column_name, "
            "'ING_BAD_VALUE', '', null, null from tmp_row as one "
            "left join tmp_heading as heading on one.sheet_id = heading.sheet_id "
            "and heading.fate = 'used' and heading.column_name = ? "
            "where one.row_id in (select unnest(?))",
            [name, rows],
        )
