"""One small invented county and its night, shared by the tests of the whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines import night
from pipelines.progress import silent
from pipelines.request import Request
from schemas.synth import make_county


@pytest.fixture(scope="session")
def small_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw folder of 400 invented people, tidy, with errors."""
    folder = tmp_path_factory.mktemp("county")
    make_county(folder, people=400, seed=7, mess=False, errors=0.2)
    return folder / "raw"


@pytest.fixture(scope="session")
def small_night(small_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of a night of that county."""
    out = tmp_path_factory.mktemp("night") / "out"
    request = Request(raw=small_county, out=out, as_of=date(2023, 9, 28))
    folder = night.run(request, silent).folder
    assert folder is not None
    return folder


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file's bytes are no name: they carry the second in which they were written,
    and two processes that collect the same tests would disagree."""
    return argname if isinstance(val, bytes) else None
