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


# No number of such an area may be invented; September comes before the grace is over;
# the sample's September export is the basic one.
NOT_IN_THE_SAMPLE = {
    "IDN_AREA", "EDU_NOT_PROMOTED", "IDN_TYPE", "HH_SIZE", "EDU_LABOUR",
    "REC_MEASURE_FALSE", "REC_MEASURE_MISSING", "REC_RISK_SCHOOL",
}  # fmt: skip


def test_every_other_rule_has_a_finding(verdict: Verdict) -> None:
    silent = {score.rule_code for score in verdict.scores if not score.found}
    assert silent == NOT_IN_THE_SAMPLE
