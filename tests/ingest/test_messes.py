"""The field's thirty-seven messes, each alone, and many of them together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.ingest.sniff import REFUSED
from schemas.synth.messes import EFFECTS, MESSES, Mess
from schemas.synth.table import TABLES
from tests.evaluation.piles import Told, complaints, make, make_random, read

READ = [m for m in MESSES if m.name != "archive_with_gbk_names" or "zip" not in REFUSED]


def test_every_row_of_the_list_has_an_operator():
    assert sorted({mess.number for mess in MESSES}) == list(range(1, 38))


def test_names_are_names_and_effects_are_declared():
    names = [mess.name for mess in MESSES]
    assert len(set(names)) == len(names)
    assert {mess.effect for mess in MESSES} == set(EFFECTS)
    told = {"null", "held", "refused", "noted"}
    assert [m.name for m in MESSES if m.effect in told and not m.codes] == []


def _alone(mess: Mess, at: int) -> Told:
    """The mess on the first source, from a rotating start, that has a place for it."""
    for turn in range(len(TABLES)):
        source = TABLES[(at + turn) % len(TABLES)]
        told = make(f"{at:03d}", source, [mess], seed=11)
        if told.applied:
            return told
    raise AssertionError(f"{mess.name} changes nothing anywhere")


@pytest.fixture(scope="module")
def alone(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[str, Told]]]:
    """One night over one export a mess."""
    piles = {mess.name: _alone(mess, at) for at, mess in enumerate(MESSES)}
    con = read(tmp_path_factory.mktemp("alone"), list(piles.values()))
    yield con, piles
    con.close()


@pytest.mark.parametrize("mess", READ, ids=lambda mess: f"{mess.number}-{mess.name}")
def test_each_mess_alone(alone, mess: Mess):
    con, piles = alone
    assert complaints(con, piles[mess.name]) == []


@pytest.mark.parametrize("mess", MESSES, ids=lambda mess: mess.name)
def test_the_truth_changes_as_the_mess_declares(alone, mess: Mess):
    _, piles = alone
    books = piles[mess.name].pile.books
    wanted = [
        line.wanted
        for book in books
        for sheet in book.sheets
        for line in sheet.data
        if line.wanted
    ]
    said = {code for book in books for code in book.said}
    said |= {code for w in wanted for code in w.problems.values()}
    assert set(mess.codes) <= said
    fates = {w.fate for w in wanted}
    assert ("held" in fates) == (mess.effect == "held")
    outcomes = {book.outcome for book in books}
    assert ("refused" in outcomes) == (mess.effect == "refused")


def _wrong(folder: Path, piles: list[Told]) -> list[str]:
    con = read(folder, piles)
    try:
        return [line for told in piles for line in complaints(con, told)]
    finally:
        con.close()


def test_what_was_split_is_split_again(tmp_path: Path):
    names = {"split_in_two", "sheet_per_township", "sheet_per_village"}
    again = [mess for mess in MESSES if mess.name in names]
    piles = [
        make(f"{source.name}-{rows}", source, again, seed=13, rows=rows)
        for source in TABLES
        for rows in (1, 40)
    ]
    assert {len(told.applied) for told in piles} >= {0, 3}
    assert _wrong(tmp_path, piles) == []


def test_random_messes_together(tmp_path: Path):
    assert _wrong(tmp_path, [make_random(n, 1, messes=READ) for n in range(25)]) == []


@pytest.mark.slow
def test_two_hundred_random_exports(tmp_path: Path):
    assert _wrong(tmp_path, [make_random(n, 2, messes=READ) for n in range(200)]) == []


@pytest.mark.slow
def test_each_mess_on_each_source(tmp_path: Path):
    piles = [
        make(f"{source.name}-{mess.name}", source, [mess], seed=12)
        for mess in READ
        for source in TABLES
    ]
    assert _wrong(tmp_path, piles) == []
