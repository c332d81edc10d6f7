"""Every word of linking, said and read back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipelines.link.evidence import AGAINST, FATES, FOR, NEAR, parse, sentence, spoken

MASKED = "142230********0011"
FIELDS = {"digits": 15, "count": 3, "on": "2023-06-10", "question": "K7M3QX2"}


def item(code: str, phrase: str) -> dict[str, Any]:
    fields = {name: value for name, value in FIELDS.items() if f"{{{name}}}" in phrase}
    return {"code": code, **fields}


def near(how: str) -> dict[str, Any]:
    places = {"digit": [9, 14], "swapped": [11, 12]}.get(how)
    distance = 2 if how in ("digit", "short", "long", "mixed") else 1
    numbers = {"roster": MASKED, "register": MASKED}
    return {
        "code": "number_near", "distance": distance, "how": how, "positions": places,
        **numbers,
    }  # fmt: skip


PRO = [item(*pair) for pair in FOR.items()] + [near(how) for how in NEAR]
CONTRA = [item(*pair) for pair in AGAINST.items()]
CANDIDATES = [
    {"person_key": "p", "id": number, "tier": "no_id", "fate": fate}
    for fate in FATES
    for number in (MASKED, None)
]


@pytest.mark.parametrize(
    ("pro", "contra", "candidates"),
    [
        (PRO, CONTRA, CANDIDATES),
        (PRO, [], []),
        ([], CONTRA, []),
        ([], CONTRA[:1], CANDIDATES[:1]),
        *(([one], [], []) for one in PRO),
        *((PRO[:1], [one], []) for one in CONTRA),
        *(([], [], [one]) for one in CANDIDATES),
    ],
)
def test_said_and_read_back(
    pro: list[Any], contra: list[Any], candidates: list[Any]
) -> None:
    evidence = json.dumps({"for": pro, "against": contra, "candidates": candidates})
    said = sentence(evidence)
    assert said.endswith("。")
    assert parse(said) == spoken(evidence)


def test_what_is_no_sentence_of_evidence() -> None:
    with pytest.raises(ValueError, match="sentence"):
        parse("姓名相同，另有说明。")


def test_a_code_stands_on_one_side() -> None:
    assert not FOR.keys() & AGAINST.keys()
    phrases = [*FOR.values(), *AGAINST.values(), *FATES.values(), *NEAR.values()]
    assert len(set(phrases) - {"户主不同", "性别不符"}) == len(phrases) - 4
