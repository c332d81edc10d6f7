"""The declarations agree with themselves."""

from __future__ import annotations

import duckdb
import pytest

from schemas import codes
from schemas.kinds import kind_named
from schemas.source import spec
from schemas.sources import SOURCES, SPECS
from schemas.spec import heading_map, raw_table_sql, stg_columns, stg_table_sql


@pytest.mark.parametrize("source", SPECS, ids=lambda s: s.name)
def test_every_source_makes_its_tables_and_claims_each_heading_once(source):
    con = duckdb.connect()
    con.execute(raw_table_sql(source))
    con.execute(stg_table_sql(source))
    assert heading_map(source)
    assert len({name for name, _ in stg_columns(source)}) == len(stg_columns(source))


@pytest.mark.parametrize("source", SPECS, ids=lambda s: s.name)
def test_every_declared_kind_exists_and_marks_are_columns(source):
    names = {column.name for column in source.columns}
    for column in source.columns:
        assert kind_named(column.kind).fields
    assert {name for group in source.marks for name in group} <= names


@pytest.mark.parametrize("model", SOURCES, ids=lambda s: s.__name__)
def test_text_columns_of_a_model_are_text_in_its_table(model):
    types = dict(stg_columns(spec(model)))
    for name, column in model.to_schema().columns.items():
        is_text = str(column.dtype) in ("str", "string[python]")
        assert is_text == (types[name] == "varchar")


def test_specs_come_from_the_models():
    assert tuple(spec(source) for source in SOURCES) == SPECS


@pytest.mark.parametrize("name", codes.names())
def test_code_lists_map_into_their_own_labels(name):
    code_list = codes.load(name)
    known = {code.label for code in code_list.codes if code.fate == "known"}
    assert {code.label for code in code_list.codes if code.fate == "mapped"} <= known
