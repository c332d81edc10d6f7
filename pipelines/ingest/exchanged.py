"""Columns under a wrong heading whose values look as that heading's would.

Looks tell nothing then, and on the first night there is no last export either. What the
rows themselves, and the other files of the night, cannot be otherwise is the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from pipelines.settings import Limits
from schemas.spec import SourceSpec

_HERE = Path(__file__).parent
# The second of two days is never long before the first.
_IN_TURN = (
    ("identified_on", "eliminated_on"),
    ("entry_on", "graduation_on"),
    ("started_on", "ended_on"),
)
_GROWN = 40
Said = tuple[str, str]  # a column, and why it is another


def exchanges(
    con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec], limits: Limits
) -> dict[int, list[Said]]:
    """By sheet: columns under each other's heading, with the evidence in Chinese."""
    found: dict[int, list[Said]] = {}
    _note_known(con, sources)
    for source in sources:
        names = {column.name for column in source.columns}
        told: list[tuple[int, Said]] = []
        if {"id_number", "head_id_number"} <= names:
            told += _older_than_their_heads(con, source, limits)
        if {"name", "head_name", "id_number"} <= names:
            told += _called_as_their_heads(con, source, limits)
        if {"township", "village"} <= names:
            told += _towns_in_villages(con, source, limits)
        if {"id_number", "period_no", "school_name"} <= names:
            told += _no_students(con, source, limits)
        for first, second in _IN_TURN:
            if {first, second} <= names:
                told += _over_before_begun(con, source, (first, second), limits)
        for sheet_id, said in told:
            found.setdefault(sheet_id, []).append(said)
    con.execute("drop table tmp_called")
    return found


def _asked(
    con: duckdb.DuckDBPyConnection, query: str, **words: str
) -> list[tuple[int, ...]]:
    text = (_HERE / query).read_text(encoding="utf-8")
    for word, meant in words.items():
        text = text.replace(word, meant)
    return con.execute(text).fetchall()


def _note_known(con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec]) -> None:
    """Who a number belongs to, by each source that knows people apart from money."""
    con.execute(
        "create or replace temp table tmp_called "
        "(source varchar, pid varchar, name_key varchar)"
    )
    for source in sources:
        names = {column.name for column in source.columns}
        # Beside accounts it is often the holder who is named, with a child's number.
        if {"name", "id_number"} <= names and "holder_name" not in names:
            con.execute(
                "insert into tmp_called select distinct ?, id_number_pid, name_key "  # noqa: S608
                f"from load_{source.name} "
                "where id_number_pid is not null and name_key is not null",
                [source.name],
            )


def _older_than_their_heads(
    con: duckdb.DuckDBPyConnection, source: SourceSpec, limits: Limits
) -> Iterator[tuple[int, Said]]:
    """Sheets in which nearly every person was born long before the head of the
    household: the two numbers stand under each other's heading."""
    counted = _asked(con, "exchanged_numbers.sql", load_source=f"load_{source.name}")
    for sheet_id, rows, older in counted:
        if older >= limits.drift_rows and older >= rows * limits.drift_older_share:
            words = f"{rows}行中{older}行的人比户主还大十岁以上，两列号码可能颠倒"
            yield sheet_id, ("id_number", words)


def _called_as_their_heads(
    con: duckdb.DuckDBPyConnection, source: SourceSpec, limits: Limits
) -> Iterator[tuple[int, Said]]:
    """Sheets in which one household has one person's name and many heads, or in which
    the other sources know the people by the heads' names."""
    names = {column.name for column in source.columns}
    house = "household_no" if "household_no" in names else "null"
    head = "head_id_number_pid" if "head_id_number" in names else "null"
    columns = source.column("name").title, source.column("head_name").title
    own, other = (f"“{title}”" for title in columns)
    for sheet_id, one_name, one_head, as_head, as_own in _asked(
        con,
        "exchanged_names.sql",
        load_source=f"load_{source.name}",
        this_source=source.name,
        own_house=house,
        own_head=head,
    ):
        homes = one_name + one_head
        if (
            one_name >= limits.drift_pair_rows
            and one_name >= homes * limits.drift_share
        ):
            words = (
                f"{homes}户有两口人以上，其中{one_name}户全户{own}相同而{other}各不相同，"
                "两列姓名可能颠倒"
            )
            yield sheet_id, ("name", words)
        elif (
            # A household with one head and several names is no exchange, whatever
            # others say: then theirs is the one.
            one_head <= one_name
            and as_head >= limits.drift_pair_rows
            and as_own <= (as_own + as_head) * limits.drift_own_share
        ):
            words = (
                f"按别的表中同一证件号码的姓名核对，{as_own + as_head}处中{as_head}处"
                f"是{other}下的姓名，两列姓名可能颠倒"
            )
            yield sheet_id, ("name", words)


def _towns_in_villages(
    con: duckdb.DuckDBPyConnection, source: SourceSpec, limits: Limits
) -> Iterator[tuple[int, Said]]:
    """Sheets in which villages are named as townships, and townships as villages."""
    for sheet_id, rows, wrong in con.execute(
        "select sheet_id, count(*), count(*) filter ("  # noqa: S608
        r"regexp_matches(raw_township, '(村|村委会|居委会|社区)\s*$') "
        r"and regexp_matches(raw_village, '(乡|镇|街道|办事处)\s*$')) "
        f"from load_{source.name} where raw_township is not null "
        "and raw_village is not null group by sheet_id order by sheet_id"
    ).fetchall():
        if wrong >= limits.drift_pair_rows and wrong >= rows * limits.drift_share:
            own, other = (
                f"“{source.column(name).title}”" for name in ("township", "village")
            )
            words = f"{rows}行中{wrong}行的{own}是村名而{other}是乡镇名，两列可能颠倒"
            yield sheet_id, ("township", words)


def _no_students(
    con: duckdb.DuckDBPyConnection, source: SourceSpec, limits: Limits
) -> Iterator[tuple[int, Said]]:
    """Rosters in which nearly everybody is of their parents' age: the number is
    another person's."""
    for sheet_id, rows, older in con.execute(
        f"select sheet_id, count(*), count(*) filter (where born + {_GROWN} <= year) "  # noqa: S608
        "from (select sheet_id, try_cast(substr(id_number_pid, 7, 4) as integer) "
        "as born, try_cast(left(period_no, 4) as integer) as year "
        f"from load_{source.name} where id_number_form = 'id18') as aged "
        "where born between 1900 and 2100 and year is not null "
        "group by sheet_id order by sheet_id"
    ).fetchall():
        if older >= limits.drift_rows and older >= rows * limits.drift_older_share:
            words = (
                f"{rows}行中{older}行的人当年已满{_GROWN}岁，"
                f"“{source.column('id_number').title}”可能是户主或家长的号码"
            )
            yield sheet_id, ("id_number", words)


def _over_before_begun(
    con: duckdb.DuckDBPyConnection,
    source: SourceSpec,
    days: tuple[str, str],
    limits: Limits,
) -> Iterator[tuple[int, Said]]:
    """Sheets in which nearly everything ended long before it began."""
    first, second = days
    for sheet_id, rows, backwards in con.execute(
        f"select sheet_id, count(*), count(*) filter (where {second} + 31 < {first}) "  # noqa: S608
        f"from load_{source.name} where {first} is not null and {second} is not null "
        "group by sheet_id order by sheet_id"
    ).fetchall():
        if (
            backwards >= limits.drift_rows
            and backwards >= rows * limits.drift_older_share
        ):
            titles = (source.column(name).title for name in days)
            one, two = (f"“{title}”" for title in titles)
            words = f"{rows}行中{backwards}行的{two}早于{one}，两列可能颠倒"
            yield sheet_id, (first, words)
