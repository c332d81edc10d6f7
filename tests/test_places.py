"""Places as people write them, and which county they are of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import duckdb
import pytest

from pipelines.county import county_of
from pipelines.places import Places
from schemas import reference

KNOWN = Places(
    {"三岔": {"三岔", "羊坊", "大村"}, "李家坪": {"羊坊", "李家坪"}, "砚城": {"城内"}}
)


@pytest.mark.parametrize(
    ("township", "village", "read"),
    [
        ("三岔", "羊坊", ("三岔", "羊坊")),
        ("五寨县三岔", "羊坊", ("三岔", "羊坊")),
        ("山西省忻州市五寨县三岔", "羊坊", ("三岔", "羊坊")),
        ("140928102", "羊坊", ("三岔", "羊坊")),
        ("140928102000", "羊坊", ("三岔", "羊坊")),
        ("140928102三岔", "羊坊", ("三岔", "羊坊")),
        (None, "三岔镇羊坊", ("三岔", "羊坊")),
        (None, "五寨县李家坪乡羊坊", ("李家坪", "羊坊")),
        ("三岔", "三岔镇羊坊", ("三岔", "羊坊")),
        ("三岔", "五寨县羊坊", ("三岔", "羊坊")),
        ("三岔镇羊坊", None, ("三岔", "羊坊")),
        ("三岔", "三岔镇三岔", ("三岔", "三岔")),
        (None, "140928102201", ("三岔", "140928102201")),
        # two cells that contradict each other are left as they are
        ("砚城", "三岔镇羊坊", ("砚城", "三岔镇羊坊")),
        ("三岔", "没有的", ("三岔", "没有的")),
        ("没有的", "羊坊", ("没有的", "羊坊")),
        (None, None, (None, None)),
    ],
)
def test_read(
    township: str | None, village: str | None, read: tuple[str | None, str | None]
) -> None:
    assert KNOWN.read(township, village) == read


@cache
def database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def found(rows: Iterable[tuple[str | None, str | None, str | None]]) -> str:
    con = database()
    con.execute(
        "create or replace table stg_monitored_person "
        "(county varchar, township_key varchar, village_key varchar)"
    )
    for row in rows:
        con.execute("insert into stg_monitored_person values (?, ?, ?)", list(row))
    return county_of(con)


def towns_of(code: str) -> list[str]:
    places = reference.places(code)
    return sorted(
        {p.township_key for p in places if p.village is None and p.township_key}
    )


def test_every_county_by_its_townships() -> None:
    codes = sorted({code for code in reference.township_keys() if towns_of(code)})
    assert len(codes) > 100
    assert [c for c in codes if found((None, t, None) for t in towns_of(c)) != c] == []


def test_every_county_by_the_older_grouping() -> None:
    """A register of 2020, with townships that were abolished since."""
    codes = sorted(reference.county_names())
    old = {
        code: {p.township_key for p in reference.places(code) if p.village}
        for code in codes
    }
    assert [c for c in codes if found((None, t, None) for t in old[c]) != c] == []


def test_one_township_of_a_common_name() -> None:
    """A township login sees one township: its villages tell, or the county's column."""
    bearers: dict[str, list[str]] = {}
    for code in reference.county_names():
        for town in towns_of(code):
            bearers.setdefault(town, []).append(code)
    town, codes = max(sorted(bearers.items()), key=lambda item: len(item[1]))
    assert len(codes) > 2
    assert found([(None, town, None)]) == ""
    for code in codes:
        name = reference.county_names()[code]
        assert found([(f"山西省{name}", town, None)]) == code
        villages = [
            (None, town, p.village_key)
            for p in reference.places(code)
            if p.village and p.township_key == town
        ]
        assert found(villages) == (code if villages else "")


def test_a_county_that_no_list_knows() -> None:
    assert found([("承德市滦平县", "甲乙丙", None), ("滦平县", "丁戊", None)]) == ""
    assert found([("承德市滦平县", "城关", None)]) == ""
    assert found([]) == ""
