"""The notebooks run from top to bottom on a published night, and carry no output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.settings import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells(notebook: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(notebook.read_text("utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == "code"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs(
    notebook: Path, small_night: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YULU_NIGHT", str(small_night))
    monkeypatch.chdir(ROOT / "notebooks")
    names: dict[str, Any] = {}
    for number, cell in enumerate(cells(notebook), start=1):
        code = compile("".join(cell["source"]), f"{notebook.name} cell {number}", "exec")
        exec(code, names)  # noqa: S102


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_is_stored(notebook: Path) -> None:
    """An output would carry villagers' rows into the history."""
    assert [cell["outputs"] for cell in cells(notebook) if cell["outputs"]] == []
