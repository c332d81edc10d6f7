"""Policy rows are sound, and periods and standards follow from them alone."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

import pytest

from schemas import policy
from schemas.periods import funded_levels, funding_periods, standards
from schemas.policy import Policy, read_row
from schemas.policy.tables import BY_NAME, TABLES

DAY = date(2024, 10, 8)
SHANXI, CHONGQING, YUNNAN, NINGXIA = "14", "50", "53", "64"


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_row_is_readable_dated_and_names_what_decided_it(table):
    rows = policy.rows(table.name)
    assert rows
    for row in rows:
        assert tuple(row.fields) == tuple(column.name for column in table.every)
        for column in table.every:
            assert column.read(row.fields[column.name]) == row.fields[column.name]
        assert row.valid_to is None or row.valid_from <= row.valid_to


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_no_fact_is_decided_twice_on_one_day(table):
    for one, other in combinations(policy.rows(table.name), 2):
        if all(one.fields[at] == other.fields[at] for at in table.key):
            first = max(one, other, key=lambda row: row.valid_from)
            assert not (one if first is other else other).holds_on(first.valid_from)


@pytest.mark.parametrize(
    ("province", "expected"),
    [
        (
            SHANXI,
            ["2023-2024 2023-09-01 term_start", "2024-2025 2024-09-01 term_start"],
        ),
        (
            CHONGQING,
            [
                "2023-2024-1 2023-09-01 term_start",
                "2023-2024-2 2024-03-01 term_start",
                "2024-2025-1 2024-09-01 term_start",
                "2024-2025-2 2025-03-01 term_start",
            ],
        ),
        # its rows begin in 2024, and name no reference day
        (
            NINGXIA,
            [
                "2023-2024-2 None new_only",
                "2024-2025-1 None new_only",
                "2024-2025-2 None new_only",
            ],
        ),
        (
            YUNNAN,
            [
                "2023-2024-1 None None",
                "2023-2024-2 None None",
                "2024-2025-1 None None",
                "2024-2025-2 None None",
            ],
        ),
    ],
)
def test_four_provinces_have_their_own_periods_days_and_modes(province, expected):
    found = funding_periods(province, DAY)
    assert [
        f"{p.period_no} {p.reference_on if p.is_reference_decided else None} "
        f"{p.risk_mode}"
        for p in found
        if p.start_year in (2023, 2024)
    ] == expected
    for before, after in pairwise(found):
        assert after.previous_no == before.period_no
        assert (after.starts_on - before.ends_on).days == 1


@pytest.mark.parametrize(
    ("province", "expected"),
    [
        (SHANXI, {"secondary": 3000, "vocational_senior": 3000, "higher": 3000,
                  "technician": 3000}),
        (CHONGQING, {}),
        (NINGXIA, {"secondary": 4000, "vocational_senior": 4000, "higher": 4000,
                   "technician": 4000}),
        (YUNNAN, {"secondary": 4000, "vocational_senior": 3000, "higher": 5000}),
    ],
)  # fmt: skip
def test_a_year_adds_up_to_the_same_in_halves_as_whole(province, expected):
    """3,000 a year is 1,500 a term, and 2,000 a term is 4,000 a year."""
    for told_whole in ((), ("2024-2025",)):
        found = funding_periods(province, DAY, told_whole=told_whole)
        year = {p.period_no for p in found if p.school_year == "2024-2025"}
        assert len(year) == (1 if told_whole or province == SHANXI else 2)
        yuan: dict[str, int] = {}
        for standard in standards(province, "140928", found):
            if standard.period_no in year:
                yuan[standard.level] = (
                    yuan.get(standard.level, 0) + standard.amount_fen // 100
                )
        assert yuan == expected


def test_yunnan_pays_more_from_2023_on_and_names_no_technician_college():
    found = funding_periods(YUNNAN, DAY)
    given = {
        (s.period_no, s.level): s.amount_fen // 100
        for s in standards(YUNNAN, "530000", found)
    }
    assert given["2022-2023-1", "secondary"] == given["2022-2023-1", "higher"] == 1500
    assert [
        given["2022-2023-2", level]
        for level in ("vocational_senior", "secondary", "higher")
    ] == [1500, 2000, 2500]
    assert ("2024-2025-1", "technician") not in funded_levels(YUNNAN, found)


def test_a_county_of_its_own_standard_beats_its_province():
    own = read_row(
        "amount",
        {"province_code": "14", "county_code": "140928", "level": "higher",
         "period_unit": "year", "amount_yuan": "3500", "valid_from": "2024-09-01",
         "valid_to": "", "document": "县文件", "note": ""},
    )  # fmt: skip
    imagined = Policy((*policy.declared().rows, own))
    found = funding_periods(SHANXI, DAY)
    for county, yuan in (("140928", 3500), ("140925", 3000)):
        given = standards(SHANXI, county, found, policy=imagined)
        assert {
            s.amount_fen // 100
            for s in given
            if (s.period_no, s.level) == ("2024-2025", "higher")
        } == {yuan}


def test_a_new_row_closes_what_it_replaces_and_only_for_its_days():
    row = {"province_code": "14", "county_code": "", "level": "secondary",
           "period_unit": "year", "amount_yuan": "3600", "valid_from": "2023-09-01",
           "valid_to": "2024-08-31", "document": "试算", "note": ""}  # fmt: skip
    changed = policy.declared().changed([read_row("amount", row)])
    days = [
        (r.fields["amount_yuan"], str(r.valid_from), str(r.valid_to))
        for r in changed.of("amount")
        if (r.fields["province_code"], r.fields["level"]) == ("14", "secondary")
    ]
    assert days == [
        ("3000", "2015-09-01", "2023-08-31"),
        ("3000", "2024-09-01", "None"),
        ("3600", "2023-09-01", "2024-08-31"),
    ]


def test_terms_put_in_the_place_of_a_year_begin_with_a_new_school_year():
    """A school year that began as one whole is paid as one."""
    base = {"province_code": "14", "reference_on": "", "valid_to": "",
            "valid_from": "2023-12-01", "document": "试算", "note": ""}  # fmt: skip
    changed = policy.declared().changed(
        read_row("period", base | {"term": term, "starts_on": day})
        for term, day in (("1", "09-01"), ("2", "03-01"))
    )
    found = [p.period_no for p in funding_periods(SHANXI, DAY, policy=changed)]
    assert found[-6:-2] == ["2022-2023", "2023-2024", "2024-2025-1", "2024-2025-2"]


@pytest.mark.parametrize(
    ("table", "column", "text", "advice"),
    [
        ("amount", "level", "小学", "中职"),
        ("amount", "amount_yuan", "三千", "3000"),
        ("period", "starts_on", "13-01", "09-01"),
        ("risk_mode", "valid_from", "2024.9", "2025-09-01"),
        ("stop", "register_status", "", "空"),
    ],
)
def test_what_cannot_stand_in_a_column_says_what_could(table, column, text, advice):
    declared = {one.name: one for one in BY_NAME[table].every}[column]
    with pytest.raises(ValueError, match=advice):
        declared.read(text)
