"""What is written for many ordinary cells at once is what each alone would become."""

from __future__ import annotations

import random

import pytest

from pipelines.ingest import columns
from pipelines.ingest.columns import Encoder
from pipelines.ingest.ordinary import ORDINARY
from schemas.sources import SPECS
from schemas.text import name_key, name_keys

COLUMNS = {c.kind: c for spec in SPECS for c in spec.columns if c.kind in ORDINARY}
LETTERS = "张峯三堃李等人名暂无未享受國葉里後乾0123456789X-/ 男"


def texts(rng: random.Random) -> list[str]:
    made = ["".join(rng.choices(LETTERS, k=rng.randint(1, 7))) for _ in range(300)]
    made += [
        "".join(rng.choices("0123456789", k=17)) + rng.choice("X0") for _ in range(99)
    ]
    made += [f"{rng.randint(1890, 2110)}-{rng.randint(0, 13):02}-{rng.randint(0, 32):02}"
             for _ in range(300)]  # fmt: skip
    return [*made, "142230200702020000", "142230200702021000", "暂无", "未享受", ""]


@pytest.mark.parametrize("kind", COLUMNS)
def test_at_once_is_one_by_one(monkeypatch, kind: str):
    cells = texts(random.Random(7))
    at_once = Encoder(COLUMNS[kind], in_ten_thousands=False).encode(cells)
    monkeypatch.setattr(columns, "ORDINARY", {})
    assert at_once == Encoder(COLUMNS[kind], in_ten_thousands=False).encode(cells)


def test_keys_of_many_names_are_the_keys_of_each():
    rng = random.Random(3)
    names = ["".join(chr(rng.randint(0x4E00, 0x9FFF)) for _ in range(rng.randint(2, 6)))
             for _ in range(3_000)]  # fmt: skip
    assert name_keys(names) == [name_key(name) for name in names]
