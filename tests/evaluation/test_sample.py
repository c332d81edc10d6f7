"""The night of the county that ships with the project."""

from __future__ import annotations

import shutil

import pytest

from pipelines.settings import ROOT
from schemas.synth.truth import read
from tests.evaluation.counties import judge
from tests.evaluation.harness import Verdict, as_table

TRUTH = ROOT / "tests" / "evaluation" / "sample_truth.json"


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "data" / "raw" / "sample", folder / "raw" / "sample")
    return judge(folder, read(TRUTH))


def test_the_sample_s_night_is_perfect(verdict: Verdict) -> None:
    assert verdict.is_perfect, as_table(verdict)


def test_every_rule_of_the_first_issue_has_a_finding(verdict: Verdict) -> None:
    assert [score.rule_code for score in verdict.scores if not score.found] == []
