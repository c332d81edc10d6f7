"""A slice of the mutants: none crashes the reader, none loses a cell in silence."""

from __future__ import annotations

import pytest

from tests.evaluation.mutants import judge_all

pytest.importorskip("resource")


@pytest.mark.parametrize("seed", [11, 12])
def test_damaged_files_are_read_or_refused(seed: int):
    found = list(judge_all(75, seed))
    assert [f for f in found if f.verdict in ("crash", "silent")] == []
    assert {"read", "refused"} <= {f.verdict for f in found}
