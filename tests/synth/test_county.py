"""The invented county: the same from a seed, nobody's numbers, every error and mess."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import openpyxl
import pytest
from python_calamine import load_workbook

from schemas.synth import ERRORS, make_county
from schemas.synth.messes import STRUCTURE, WHOLE_FILE
from schemas.synth.situations import AS_IT_STANDS
from schemas.synth.truth import read

AREAS = {"142230", "142299"}
_ID18 = re.compile(rb"(?<![0-9])([0-9]{6})(?:19|20)[0-9]{9}[0-9Xx](?![0-9])")


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def texts(path: Path) -> list[str]:
    """Every text cell of a book, or the whole of a text file."""
    if path.suffix != ".xlsx":
        return [path.read_bytes().decode("gb18030", errors="ignore")]
    book = load_workbook(path)
    return [
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("two", 5), ("other", 6)):
        make_county(tmp_path / name, people=500, seed=seed)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert digests(tmp_path / "one") != digests(tmp_path / "other")


def test_every_number_belongs_to_nobody(tmp_path: Path) -> None:
    truth = make_county(tmp_path, people=500, seed=1)
    seen = {
        found[1].decode()
        for path in (tmp_path / "raw").rglob("*")
        if path.is_file()
        for text in texts(path)
        for found in _ID18.finditer(text.encode())
    }
    assert seen == AREAS
    for finding in truth.findings:
        if not finding.subject_id[:6].isdigit():
            continue  # a place
        birth_year = finding.subject_id[6:10]
        assert (finding.subject_id[:6] == "142230") is (birth_year >= "2000")


def test_every_error_happens_and_has_a_household_of_its_own(tmp_path: Path) -> None:
    truth = make_county(tmp_path, people=6000, seed=3, errors=0.1, mess=False)
    injected = [f for f in truth.findings if f.error != AS_IT_STANDS]
    assert {finding.error for finding in injected} == set(ERRORS)
    subjects: dict[str, set[str]] = {}
    for finding in injected:
        subjects.setdefault(finding.subject_id, set()).add(finding.error)
    assert all(len(errors) == 1 for errors in subjects.values())
    assert not {trap for _, trap in truth.traps} & set(subjects)


def test_a_clean_county_expects_nothing(tmp_path: Path) -> None:
    truth = make_county(tmp_path, people=300, seed=2, errors=None, mess=False)
    assert {finding.error for finding in truth.findings} <= {AS_IT_STANDS}
    assert truth.traps


@pytest.mark.parametrize("mess", sorted([*STRUCTURE, *WHOLE_FILE]))
def test_each_mess_alone_still_opens(tmp_path: Path, mess: str) -> None:
    truth = make_county(tmp_path, people=60, seed=4, mess=(mess,))
    books: dict[str, openpyxl.Workbook] = {}
    for sheet in truth.sheets:
        if sheet.file.endswith(".xlsx"):
            path = tmp_path / "raw" / sheet.file
            book = books.setdefault(sheet.file, openpyxl.load_workbook(path))
            assert book[sheet.sheet].max_row == sum(sheet.kinds.values())


def test_an_unknown_mess_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown mess"):
        make_county(tmp_path, people=100, seed=1, mess=("typo",))


def test_another_county_and_its_width(tmp_path: Path) -> None:
    make_county(
        tmp_path, people=300, seed=1, county_code="140926", wide=True, mess=False
    )
    (june,) = (tmp_path / "raw").rglob("*0610.xlsx")
    rows = load_workbook(june).get_sheet_by_index(0).to_python()
    assert rows[0][0].startswith("静乐县")
    assert len(rows[2]) == 180


def test_stated_counts_are_met_without_new_findings(tmp_path: Path) -> None:
    free = make_county(tmp_path / "free", people=4000, seed=8, mess=False)
    people = [free.headline[p]["people"] - 9 for p in ("2020-2021", "2021-2022")]
    funded = (people[0], people[1])
    met = make_county(tmp_path / "met", people=4000, seed=8, mess=False, funded=funded)
    assert [met.headline[p]["people"] for p in ("2020-2021", "2021-2022")] == people
    injected = [[f for f in t.findings if f.error != AS_IT_STANDS] for t in (met, free)]
    assert injected[0] == injected[1]


def test_the_truth_reads_back(tmp_path: Path) -> None:
    truth = make_county(tmp_path, people=300, seed=1)
    assert read(tmp_path / "truth.json") == truth
