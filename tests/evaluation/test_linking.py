"""A slice of the measure of linking: every kind of damage, and every order of rows."""

from __future__ import annotations

import json

import pytest

from pipelines.link import link_people
from pipelines.link.evidence import parse, spoken
from schemas.synth.damage import DAMAGES
from tests.evaluation.linking import World, as_table, judge, make_world

SEED = 8  # figures are told from seeds beyond LAST_TUNED


@pytest.fixture(scope="module")
def world() -> World:
    made = make_world(SEED, 4000)
    link_people(made.con)
    return made


def links(world: World) -> list[tuple[object, ...]]:
    """Everything that is told of every roster row, in the roster's own order."""
    told = world.con.execute(
        "select row_id, person_key, person_id, tier, standing, evidence, "
        "evidence_sentence from lnk_roster"
    ).fetchall()
    return sorted((world.cases[row_id].no, *rest) for row_id, *rest in told)


def test_every_kind_of_damage(world: World) -> None:
    scores = judge(world)
    missed = sum(score.known - score.right for score in scores)
    assert not [score.kind for score in scores if score.wrong], as_table(scores)
    assert missed <= sum(score.known for score in scores) * 0.005, as_table(scores)
    assert len({score.kind for score in scores}) >= len(DAMAGES) - 8


def test_sentences_are_read_back(world: World) -> None:
    for evidence, said in world.con.execute(
        "select distinct evidence, evidence_sentence from lnk_roster"
    ).fetchall():
        assert parse(said) == spoken(evidence), said


def test_no_link_on_a_name_alone(world: World) -> None:
    """Without a number there is always a village or a head beside the name."""
    for (evidence,) in world.con.execute(
        "select evidence from lnk_roster where tier = 'no_id'"
    ).fetchall():
        codes = {item["code"] for item in json.loads(evidence)["for"]}
        assert codes & {"village_same", "head_same", "head_member"} or (
            "number_in_head_column" in codes
        ), evidence


@pytest.mark.parametrize(("order", "threads"), [("again", 1), ("other", 2)])
def test_any_order_and_any_threads(world: World, order: str, threads: int) -> None:
    other = make_world(SEED, 4000, order=order, threads=threads)
    link_people(other.con)
    assert links(other) == links(world)
