"""Publishing as small pictures: what stood in ``out``, one call, what stands there."""

import json
import os
import stat
from datetime import date
from pathlib import Path

import pytest

from pipelines import disk, publish
from pipelines.errors import HeldBackError, UsageError

D1, D2 = date(2023, 9, 15), date(2023, 9, 16)


def run_folder(out: Path, as_of: date, text: str, **tables: int) -> Path:
    """An audited run aside: run.json, a workbook in a village's folder, a table."""
    folder = out / publish.WORK / "aside"
    (folder / "村" / "甲乡").mkdir(parents=True)
    (folder / "村" / "甲乡" / "一村.xlsx").write_text(text)
    run = {"as_of": as_of.isoformat(), "outcome": "audited", "tables": tables}
    (folder / "run.json").write_text(json.dumps(run))
    return folder


def night(out: Path, as_of: date, text: str, **tables: int) -> None:
    publish.prepare(out)
    publish.sweep(out)
    publish.publish(run_folder(out, as_of, text, **tables), out, as_of)
    publish.sweep(out)


def seen(out: Path) -> dict[str, str]:
    """What a visitor meets: each night and ``latest`` → the workbook's text."""
    book = Path("村") / "甲乡" / "一村.xlsx"
    return {
        path.name: (path / book).read_text()
        for path in sorted(out.iterdir())
        if not path.name.startswith(".")
    }


def test_each_night_has_its_folder_and_latest_leads_to_the_last(tmp_path: Path) -> None:
    night(tmp_path, D1, "one")
    assert seen(tmp_path) == {"2023-09-15": "one", "latest": "one"}
    night(tmp_path, D2, "two")
    assert seen(tmp_path) == {"2023-09-15": "one", "2023-09-16": "two", "latest": "two"}
    assert disk.pointed(tmp_path / "latest") == "2023-09-16"
    assert publish.latest(tmp_path) == tmp_path / "2023-09-16"


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_second_run_of_the_day_replaces_the_first_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(disk, "exchange", lambda *_: False)
    night(tmp_path, D1, "one")
    night(tmp_path, D1, "better")
    assert seen(tmp_path) == {"2023-09-15": "better", "latest": "better"}
    assert {path.name for path in tmp_path.iterdir()} == {"2023-09-15", "latest"}


def test_a_replayed_night_is_not_the_latest_again(tmp_path: Path) -> None:
    night(tmp_path, D1, "one")
    night(tmp_path, D2, "two")
    night(tmp_path, D1, "one again")
    assert seen(tmp_path) == {
        "2023-09-15": "one again", "2023-09-16": "two", "latest": "two",
    }  # fmt: skip


def test_everything_is_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        night(tmp_path / "out", D1, "one")
    finally:
        os.umask(before)
    for path in (tmp_path / "out" / "2023-09-15", *(tmp_path / "out").rglob("*")):
        if not path.is_symlink():
            wanted = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == wanted, path.name


def test_run_json_says_what_became_of_the_run(tmp_path: Path) -> None:
    night(tmp_path, D1, "one", list_students=12)
    assert publish.manifest(tmp_path / "2023-09-15") == {
        "as_of": "2023-09-15", "outcome": "published", "tables": {"list_students": 12},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "is_held"),
    [(100, 49, True), (100, 50, False), (100, 0, True), (4, 0, False), (0, 9, False)],
)
def test_a_list_that_shrinks_by_more_than_half_is_held_back(
    tmp_path: Path, before: int, after: int, is_held: bool
) -> None:
    night(tmp_path, D1, "one", list_students=before)
    if is_held:
        with pytest.raises(HeldBackError, match="雨露计划在读学生清单由 100 行减少到"):
            night(tmp_path, D2, "two", list_students=after)
    else:
        night(tmp_path, D2, "two", list_students=after)
    assert seen(tmp_path)["2023-09-16"] == "two"
    assert seen(tmp_path)["latest"] == ("one" if is_held else "two")
    assert (publish.outcome(tmp_path / "2023-09-16") == "held_back") == is_held


def test_a_held_back_run_never_takes_a_good_one_away(tmp_path: Path) -> None:
    night(tmp_path, D1, "one", list_students=100)
    with pytest.raises(HeldBackError):
        night(tmp_path, D1, "half", list_students=10)
    assert seen(tmp_path) == {
        "2023-09-15": "one", "2023-09-15.held_back": "half", "latest": "one",
    }  # fmt: skip
    night(tmp_path, D1, "whole again", list_students=100)
    assert seen(tmp_path) == {"2023-09-15": "whole again", "latest": "whole again"}


def test_a_good_run_replaces_a_held_back_one(tmp_path: Path) -> None:
    night(tmp_path, D1, "one", list_students=100)
    with pytest.raises(HeldBackError):
        night(tmp_path, D2, "half", list_students=10)
    night(tmp_path, D2, "two", list_students=90)
    assert seen(tmp_path)["2023-09-16"] == seen(tmp_path)["latest"] == "two"


def test_latest_survives_the_deletion_of_its_night(tmp_path: Path) -> None:
    night(tmp_path, D1, "one")
    night(tmp_path, D2, "two")
    disk.remove(tmp_path / "2023-09-16")
    publish.sweep(tmp_path)
    assert seen(tmp_path) == {"2023-09-15": "one", "latest": "one"}


def test_without_links_a_text_file_names_the_latest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_IS_POSIX", False)
    night(tmp_path, D1, "one")
    assert (tmp_path / "latest.txt").read_text() == "2023-09-15\n"
    assert publish.latest(tmp_path) == tmp_path / "2023-09-15"


def test_a_failed_sync_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(tmp_path, D1, "one")
    folder = run_folder(tmp_path, D1, "two")

    def fail(_: int) -> None:
        raise OSError(5, "EIO")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="EIO"):
            publish.publish(folder, tmp_path, D1)
    publish.sweep(tmp_path)
    assert seen(tmp_path) == {"2023-09-15": "one", "latest": "one"}


def make_file(out: Path) -> None:
    out.write_text("")


def make_link(out: Path) -> None:
    (out.parent / "elsewhere").mkdir()
    out.symlink_to(out.parent / "elsewhere")


def make_linked_work(out: Path) -> None:
    out.mkdir()
    (out / ".work").symlink_to(out.parent)


def make_linked_night(out: Path) -> None:
    out.mkdir()
    (out / "2023-09-15").symlink_to(out.parent)


def make_folder_latest(out: Path) -> None:
    (out / "latest").mkdir(parents=True)


@pytest.mark.parametrize(
    "make",
    [make_file, make_link, make_linked_work, make_linked_night, make_folder_latest],
)  # fmt: skip
def test_an_unfit_output_folder_is_refused_before_any_reading(
    tmp_path: Path, make: object
) -> None:
    make(tmp_path / "out")  # type: ignore[operator]
    with pytest.raises(UsageError) as refusal:
        publish.prepare(tmp_path / "out")
    assert refusal.value.exit_code == 2
    assert not list((tmp_path / "elsewhere").glob("*"))


def test_a_read_only_output_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "EACCES")

    # root may write anywhere: the system's answer is played
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(UsageError, match="不可写"):
        publish.prepare(tmp_path / "out")


def test_a_full_disk_is_told_before_any_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "shutil.disk_usage", lambda _: type("Usage", (), {"free": 7 * 1024 * 1024})
    )
    with pytest.raises(UsageError, match=r"大约需要 64 MB.*只剩 7 MB"):
        publish.prepare(tmp_path / "out")


def test_sweep_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "treasure").mkdir()
    (tmp_path / "treasure" / "kept").write_text("")
    out = tmp_path / "out"
    out.mkdir()
    (out / ".work").symlink_to(tmp_path / "treasure")
    publish.sweep(out)
    assert (tmp_path / "treasure" / "kept").exists()
    assert not (out / ".work").is_symlink()
