"""A register that lost a part on its way settles nothing (promise 3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluation.absence import office, second_night

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("damage", ["filtered", "truncated"])
def test_a_poor_register_closes_no_finding_that_rests_on_absence(
    damage: str, tmp_path: Path
) -> None:
    one = office(tmp_path / "first", people=1500, seed=5)
    told = second_night(one, tmp_path, damage, "monitored_person")
    assert [line for line in told if line.endswith("was closed")] == []
