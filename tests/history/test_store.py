"""history.duckdb on disk: a cache that may be cut, flipped, emptied, locked or lost."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines import disk
from pipelines.history import store
from tests.history.world import Disk, Given, Hit, but

N1, N2, N3 = (date(2023, 9, day) for day in (15, 16, 17))
OPENER = """
import duckdb, sys, time
con = duckdb.connect(sys.argv[1])
sys.stdout.write("open\\n")
sys.stdout.flush()
time.sleep(60)
"""
FULL = Given()
ELG = Given(hits=[Hit("ELG", "甲"), Hit("ELG", "乙")])


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    """Nothing may change it: copy it first."""
    county = Disk(tmp_path_factory.mktemp("two") / "out")
    county.night(N1, ELG)
    county.night(N2, but(ELG, hits=[Hit("ELG", "甲")]))
    return county


@pytest.fixture
def county(two_nights: Disk, tmp_path: Path) -> Disk:
    disk.twin(two_nights.out, tmp_path / "out")
    own = Disk(tmp_path / "out")
    own.db.unlink()  # a hard link
    own.db.write_bytes(two_nights.db.read_bytes())
    return own


def third(county: Disk) -> dict[str, tuple[str, str]]:
    """State and number of each finding on the third night, which is not published."""
    found = county.night(N3, but(ELG, hits=[Hit("ELG", "乙")]), is_published=False)
    return {name: (told.state, told.number) for name, told in found.items()}


@pytest.fixture(scope="module")
def expected(two_nights: Disk) -> dict[str, tuple[str, str]]:
    found = third(two_nights)
    assert {name: state for name, (state, _) in found.items()} == {
        "ELG 甲": "closed",
        "ELG 乙": "reopened",
    }
    return found


def cut_in_half(db: Path) -> None:
    db.write_bytes(db.read_bytes()[: db.stat().st_size // 2])


def no_bytes(db: Path) -> None:
    db.write_bytes(b"")


def flipped(at: float) -> Callable[[Path], None]:
    def flip(db: Path) -> None:
        data = bytearray(db.read_bytes())
        data[int(at * (len(data) - 1))] ^= 0x10
        db.write_bytes(bytes(data))

    return flip


def something_else(db: Path) -> None:
    db.write_text("not a database")


def of_another_time(db: Path) -> None:
    db.unlink()
    with duckdb.connect(str(db)) as con:
        con.execute("create table his_run (as_of date)")


def rows_lost(db: Path) -> None:
    with duckdb.connect(str(db)) as con:
        con.execute("delete from his_life where state = 'closed'")


@pytest.mark.parametrize(
    "damage",
    [
        cut_in_half, no_bytes, something_else, of_another_time, rows_lost, flipped(0.9),
    ],
)  # fmt: skip
def test_a_damaged_history_is_set_aside_and_made_again(
    county: Disk, expected: dict[str, tuple[str, str]], damage: Callable[[Path], None]
) -> None:
    damage(county.db)
    assert third(county) == expected
    assert county.notes == ["历史库损坏，已另存，并用已发布的各晚结果重建。"]


def test_the_damaged_file_is_kept_and_the_next_night_has_a_sound_one(
    county: Disk,
) -> None:
    cut_in_half(county.db)
    broken = county.db.read_bytes()
    county.night(N3, but(ELG, hits=[Hit("ELG", "乙")]))
    assert (county.out / store.DAMAGED).read_bytes() == broken
    assert is_sound(county.db)
    county.night(date(2023, 9, 18), FULL, is_published=False)
    assert county.notes == []


def test_flipped_bytes_are_noticed_or_lie_in_no_row(county: Disk) -> None:
    sound = county.db.read_bytes()
    copy = county.out / "copy.duckdb"
    copy.write_bytes(sound[:-1])
    assert not is_sound(copy)
    for place in (9, 4100, 4600, 8200, *range(13_001, len(sound), 300_007)):
        data = bytearray(sound)
        data[place] ^= 0x01
        copy.write_bytes(bytes(data))
        assert not is_sound(copy) or same_rows(copy, sound, county.out / "sound")


def is_sound(path: Path) -> bool:
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            return store.is_sound(con)
    except duckdb.Error:
        return False


def same_rows(path: Path, sound: bytes, aside: Path) -> bool:
    aside.write_bytes(sound)
    rows = []
    for file in (path, aside):
        with duckdb.connect(str(file), read_only=True) as con:
            rows.append(con.execute("from his_life order by all").fetchall())
    aside.unlink()
    return rows[0] == rows[1]


def test_a_lost_history_is_made_again_from_the_folders(
    county: Disk, expected: dict[str, tuple[str, str]]
) -> None:
    county.db.unlink()
    assert third(county) == expected


def test_the_newest_folder_alone_is_enough(
    county: Disk, expected: dict[str, tuple[str, str]]
) -> None:
    county.db.unlink()
    disk.remove(county.out / str(N1))
    assert third(county) == expected


def test_nights_whose_folders_are_gone_stay_known(
    county: Disk, expected: dict[str, tuple[str, str]]
) -> None:
    disk.remove(county.out / str(N1))
    disk.remove(county.out / str(N2))
    assert third(county) == expected


def test_a_night_killed_before_it_was_remembered_is_found_in_its_folder(
    tmp_path: Path, expected: dict[str, tuple[str, str]]
) -> None:
    county = Disk(tmp_path / "out")
    county.night(N1, ELG)
    before = county.db.read_bytes()
    county.night(N2, but(ELG, hits=[Hit("ELG", "甲")]))
    county.db.write_bytes(before)
    assert third(county) == expected


def test_a_damaged_folder_is_not_believed(county: Disk) -> None:
    county.db.unlink()
    table = county.out / str(N2) / "tables" / "mem_finding.parquet"
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 0xFF
    table.unlink()
    table.write_bytes(bytes(data))
    found = third(county)
    assert county.notes == ["2023-09-16 的结果不完整，历史中没有采用。"]
    assert {name: state for name, (state, _) in found.items()} == {
        "ELG 甲": "closed", "ELG 乙": "open",
    }  # fmt: skip


def test_a_stray_log_is_ignored_and_goes(
    county: Disk, expected: dict[str, tuple[str, str]]
) -> None:
    log = county.db.with_name("history.duckdb.wal")
    log.write_bytes(os.urandom(5000))
    assert third(county) == expected
    county.night(N3, FULL)
    assert not log.exists()


def test_a_log_without_its_database_is_ignored(county: Disk) -> None:
    county.db.unlink()
    county.db.with_name("history.duckdb.wal").write_bytes(os.urandom(5000))
    county.night(N3, FULL)
    assert is_sound(county.db)


def test_a_notebook_that_has_it_open_blocks_nobody(
    county: Disk, expected: dict[str, tuple[str, str]]
) -> None:
    reader = subprocess.Popen(
        [sys.executable, "-c", OPENER, str(county.db)],
        stdout=subprocess.PIPE,
    )
    assert reader.stdout is not None
    try:
        assert reader.stdout.readline() == b"open\n"
        assert third(county) == expected
        county.night(N3, FULL)
    finally:
        reader.send_signal(signal.SIGTERM)
        reader.wait()
        reader.stdout.close()
    assert is_sound(county.db)


def test_the_file_is_private_and_nothing_else_is_left(county: Disk) -> None:
    county.night(N3, FULL)
    assert stat.S_IMODE(county.db.stat().st_mode) == 0o600
    assert {path.name for path in county.out.iterdir()} == {
        "2023-09-15", "2023-09-16", "2023-09-17", "latest", "history.duckdb", ".work",
    }  # fmt: skip


def test_a_second_run_of_the_day_gives_the_same_bytes(tmp_path: Path) -> None:
    county = Disk(tmp_path / "out")
    county.night(N1, ELG)
    county.night(N2, but(ELG, hits=[Hit("ELG", "甲"), Hit("IDN", "丙", None)]))
    before = county.bytes_of(N2)
    county.night(N2, but(ELG, hits=[Hit("ELG", "甲"), Hit("IDN", "丙", None)]))
    assert county.bytes_of(N2) == before


def test_any_past_night_can_be_replayed(county: Disk) -> None:
    county.night(N3, FULL)
    before = {night: county.bytes_of(night) for night in (N1, N2, N3)}
    county.night(N1, ELG)
    county.night(N2, but(ELG, hits=[Hit("ELG", "甲")]))
    county.night(N3, FULL)
    assert {night: county.bytes_of(night) for night in (N1, N2, N3)} == before
    county.db.unlink()
    county.night(N2, but(ELG, hits=[Hit("ELG", "甲")]))
    assert county.bytes_of(N2) == before[N2]


def test_a_number_of_a_run_that_was_replaced_is_never_given_to_another(
    tmp_path: Path,
) -> None:
    county = Disk(tmp_path / "out")
    first = county.night(N1, but(ELG, hits=[Hit("ELG", "甲")]))["ELG 甲"]
    # the file was wrong: a second run of the day, then the next night
    second = county.night(N1, but(ELG, hits=[Hit("ELG", "乙")]))["ELG 乙"]
    third = county.night(N2, but(ELG, hits=[Hit("ELG", "丙")]))["ELG 丙"]
    assert len({first.number, second.number, third.number}) == 3
    again = county.night(N3, but(ELG, hits=[Hit("ELG", "甲")]))["ELG 甲"]
    assert again.number == first.number


def test_a_night_replayed_with_other_findings_takes_no_later_number(
    tmp_path: Path,
) -> None:
    county = Disk(tmp_path / "out")
    county.night(N1, FULL)
    later = county.night(N2, but(ELG, hits=[Hit("ELG", "甲")]))["ELG 甲"]
    replayed = county.night(N1, but(ELG, hits=[Hit("ELG", "乙")]))["ELG 乙"]
    assert later.number != replayed.number


def test_what_persons_were_called_is_remembered_as_of_the_register(
    county: Disk,
) -> None:
    with duckdb.connect() as con:
        con.execute("create table run (as_of date)")
        from pipelines import history

        history.recall(con, county.db, county.out, N3)
        assert con.execute(
            "select person_key, person_no, last_seen_on from his_person "
            "where name_key = '甲'"
        ).fetchall() == [("p甲", "人甲", date(2023, 9, 10))]
        nights = "select distinct as_of from his_coverage order by as_of"
        assert con.execute(nights).fetchall() == [(N1,), (N2,)]
        history.recall(con, county.db, county.out, N1)
        assert con.execute("select count(*) from his_person").fetchall() == [(0,)]
        assert con.execute("select count(*) from his_finding").fetchall() == [(0,)]
        assert con.execute("select count(*) from his_number").fetchall() == [(2,)]
