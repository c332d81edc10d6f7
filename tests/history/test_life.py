"""A finding's life over two and three nights: each test is a sequence of small nights."""

from datetime import date

import pytest

from schemas.number import FINDING
from tests.history.world import OTHERS, P1, P2, County, Given, Hit, but, pid

N1, N2, N3, N4, N5 = (date(2023, 9, day) for day in (15, 16, 17, 18, 19))
FULL = Given()
ELG = Given(hits=[Hit("ELG", "甲")])
OMI = Given(hits=[Hit("OMI", "甲")], rosters={P1: ("乙", "丙", *OTHERS)})


@pytest.fixture
def county() -> County:
    return County()


@pytest.fixture(scope="module")
def seen_once() -> County:
    """One finding, found once."""
    county = County()
    county.night(N1, ELG)
    return county


def states(county: County, *nights: tuple[date, Given]) -> list[str]:
    """The state of the one finding after each night; '' when it is not told of."""
    said = []
    for as_of, given in nights:
        found = list(county.night(as_of, given).values())
        assert len(found) <= 1
        said += [found[0].state if found else ""]
    return said


def test_new_open_closed_by_proof_and_back_again(county: County) -> None:
    nights = [(N1, ELG), (N2, ELG), (N3, FULL), (N4, FULL), (N5, ELG)]
    assert states(county, *nights) == ["new", "open", "closed", "", "reopened"]


def test_number_and_first_day_stay_for_life(county: County) -> None:
    first = county.night(N1, ELG)["ELG 甲"]
    settled = county.night(N2, FULL)["ELG 甲"]
    back = county.night(N4, ELG)["ELG 甲"]
    assert FINDING.is_valid(first.number)
    assert first.number == settled.number == back.number
    assert (settled.first_on, settled.last_on) == (N1, N1)
    assert (back.first_on, back.last_on) == (N1, N4)


def test_after_it_came_back_it_is_open(county: County) -> None:
    nights = [(N1, ELG), (N2, FULL), (N3, ELG), (N4, ELG), (N5, FULL)]
    assert states(county, *nights) == ["new", "closed", "reopened", "open", "closed"]


@pytest.mark.parametrize(
    "poor",
    [
        pytest.param(
            but(FULL, uncovered=["yulu_roster"]), id="roster not proven whole"
        ),
        pytest.param(but(FULL, uncovered=["monitored_person"]), id="register stale"),
        pytest.param(but(FULL, rosters={}), id="roster missing"),
        pytest.param(but(FULL, rosters={P2: ("甲",)}), id="only another year's roster"),
        pytest.param(but(FULL, register=()), id="register missing"),
        pytest.param(
            but(FULL, rosters={P1: OTHERS[:57]}), id="roster without him, short"
        ),
        pytest.param(but(FULL, register=OTHERS[:57]), id="register without him, short"),
        pytest.param(but(FULL, snapshot_on=date(2023, 8, 1)), id="an older register"),
        pytest.param(
            but(FULL, rules={"ELG": "not_applicable"}), id="rule not applicable"
        ),
        pytest.param(but(FULL, rules={"ELG": "error"}), id="rule failed"),
    ],
)
def test_a_poor_export_closes_nothing(seen_once: County, poor: Given) -> None:
    after = seen_once.night(N2, poor, is_published=False)["ELG 甲"]
    assert (after.state, after.says, after.last_on) == ("open", "原样", N1)
    assert not after.is_tonight


def test_a_poor_export_closes_nothing_however_long_it_lies_there(
    county: County,
) -> None:
    half = but(FULL, rosters={P1: OTHERS[:30]})
    nights = [(N1, ELG), (N2, half), (N3, half), (N4, half), (N5, FULL)]
    assert states(county, *nights) == ["new", "open", "open", "open", "closed"]


def test_taken_off_the_roster_as_asked_it_closes(county: County) -> None:
    wrong = [f"人{number}" for number in range(10)]
    found = [Hit("ELG", name) for name in wrong]
    county.night(N1, but(FULL, hits=found))
    fixed = but(FULL, rosters={P1: ("甲", "乙", "丙", *OTHERS[10:])})
    after = county.night(N2, fixed, is_published=False)
    assert {told.state for told in after.values()} == {"closed"}
    # one more is gone of whom nothing was found: then the file is short
    short = but(FULL, rosters={P1: ("甲", "乙", "丙", *OTHERS[11:])})
    after = county.night(N2, short)
    assert {told.state for told in after.values()} == {"open"}


def test_one_cause_is_one_finding_though_a_short_roster_hides_it(
    county: County,
) -> None:
    """Last year's roster is cut off: the broken subsidy looks like one never begun."""
    broken = but(FULL, hits=[Hit("OMI_BREAK", "甲", P1)])
    never = but(FULL, hits=[Hit("OMI_VOC_NO_YULU", "甲", P1)])
    county.night(N1, broken)
    short = but(never, uncovered=["yulu_roster"])
    after = county.night(N2, short)
    assert {name: told.state for name, told in after.items()} == {
        "OMI_BREAK 甲": "open"
    }
    after = county.night(N3, never)
    assert {name: told.state for name, told in after.items()} == {
        "OMI_BREAK 甲": "closed",
        "OMI_VOC_NO_YULU 甲": "new",
    }


def test_an_older_register_raises_nothing_new(county: County) -> None:
    """The newest file is missing: what the one before shows may be settled long since."""
    county.night(N1, FULL)
    older = but(ELG, snapshot_on=date(2023, 8, 1))
    after = county.night(N2, older)["ELG 甲"]
    assert after.state == "held"
    assert after.held == ("监测系统导出（2023-08-01）早于往期用过的导出（2023-09-10）")
    assert county.night(N3, ELG)["ELG 甲"].state == "new"


def test_a_register_dated_into_the_future_outdates_nothing(county: County) -> None:
    county.night(N1, but(ELG, snapshot_on=date(2033, 9, 10)))
    nights = [(N2, but(ELG, hits=[Hit("ELG", "甲"), Hit("ELG", "乙")])), (N3, FULL)]
    assert county.night(*nights[0])["ELG 乙"].state == "new"
    assert {told.state for told in county.night(*nights[1]).values()} == {"closed"}


def test_an_absence_without_proof_is_held_and_counts_as_new_once_proven(
    county: County,
) -> None:
    held = but(OMI, hits=[Hit("OMI", "甲", hold="名册不全")])
    night = county.night(N1, held)["OMI 甲"]
    assert (night.state, night.held) == ("held", "名册不全")
    assert states(county, (N2, held), (N3, OMI), (N4, OMI)) == ["held", "new", "open"]


def test_proof_that_is_missing_tonight_takes_nothing_back(county: County) -> None:
    county.night(N1, OMI)
    unsure = but(OMI, hits=[Hit("OMI", "甲", hold="名册不全", says="也许")])
    after = county.night(N2, unsure)["OMI 甲"]
    assert (after.state, after.held, after.says) == ("open", None, "原样")
    assert (after.last_on, after.is_tonight) == (N1, True)


def test_held_and_gone_is_no_success_and_new_when_it_comes_for_good(
    county: County,
) -> None:
    """Nobody was ever sent to a door: the leader's 已销号 does not count it."""
    held = but(OMI, hits=[Hit("OMI", "甲", hold="名册不全")])
    nights = [(N1, held), (N2, FULL), (N3, OMI)]
    assert states(county, *nights) == ["held", "", "new"]


def test_settled_and_back_without_proof_waits_and_then_reopens(county: County) -> None:
    held = but(OMI, hits=[Hit("OMI", "甲", hold="名册不全")])
    nights = [(N1, OMI), (N2, FULL), (N3, held), (N4, OMI)]
    assert states(county, *nights) == ["new", "closed", "held", "reopened"]


def test_held_and_not_found_in_a_poor_export_stays_held(county: County) -> None:
    held = but(OMI, hits=[Hit("OMI", "甲", hold="名册不全")])
    poor = but(FULL, rosters={})
    assert states(county, (N1, held), (N2, poor)) == ["held", "held"]


def test_the_roster_it_is_missing_from_must_cover_the_place(county: County) -> None:
    county.night(N1, OMI)
    poor = but(FULL, uncovered=["yulu_roster"])
    assert states(county, (N2, poor), (N3, FULL)) == ["open", "closed"]


def test_a_finding_without_period_needs_every_roster_it_was_seen_in(
    county: County,
) -> None:
    both = {P1: ("甲", *OTHERS), P2: ("甲", *OTHERS)}
    found = Given(hits=[Hit("IDN", "甲", None)], rosters=both)
    one = but(FULL, rosters={P1: both[P1]})
    clean = but(FULL, rosters=both)
    nights = [(N1, found), (N2, one), (N3, clean)]
    assert states(county, *nights) == ["new", "open", "closed"]


def test_each_period_is_a_finding_of_its_own(county: County) -> None:
    both = {P1: ("甲", *OTHERS), P2: ("甲", *OTHERS)}
    found = Given(hits=[Hit("ELG", "甲", P1), Hit("ELG", "甲", P2)], rosters=both)
    night = county.night(N1, found)
    assert len({told.number for told in night.values()}) == 2
    after = county.night(N2, but(found, hits=[Hit("ELG", "甲", P2)]))
    assert {name: told.state for name, told in after.items()} == {
        "ELG 甲": "closed",
        "ELG 甲 2022-2023": "open",
    }


def test_a_corrected_number_keeps_the_finding(county: County) -> None:
    before = county.night(N1, ELG)["ELG 甲"]
    corrected = but(ELG, hits=[Hit("ELG", "甲", subject_id=pid("改"))])
    after = county.night(N2, corrected)["ELG 甲"]
    assert (after.number, after.state, after.subject_id) == (
        before.number, "open", pid("改"),
    )  # fmt: skip


def test_a_child_that_the_register_now_knows_keeps_the_finding(county: County) -> None:
    unlinked = but(ELG, keys={"甲": "x甲"})
    before = county.night(N1, unlinked)["ELG 甲"]
    after = county.night(N2, ELG)
    assert after["ELG 甲"].number == before.number
    assert len(after) == 1
    # and is not haunted by its former self
    assert county.night(N3, ELG)["ELG 甲"].state == "open"
    assert county.night(N4, FULL)["ELG 甲"].state == "closed"


def test_two_who_share_a_text_for_a_number_are_not_one(county: County) -> None:
    first = county.night(N1, but(ELG, hits=[Hit("ELG", "甲", subject_id="待补")]))
    both = county.night(N2, but(ELG, hits=[Hit("ELG", "乙", subject_id="待补")]))
    assert both["ELG 乙"].number != first["ELG 甲"].number
    assert {told.subject_id for told in both.values()} == {"待补", "待补#2"}


def test_a_carried_finding_shows_its_cells_while_the_file_is_unchanged(
    county: County,
) -> None:
    assert county.night(N1, ELG)["ELG 甲"].cells == 2
    unsure = but(FULL, rules={"ELG": "error"})
    assert county.night(N2, unsure)["ELG 甲"].cells == 2
    # another register in its place: only the roster's cell is still what it was
    other = but(unsure, register=("乙", "甲", *OTHERS))
    assert county.night(N3, other)["ELG 甲"].cells == 1


def test_a_carried_finding_goes_to_no_wrong_door(county: County) -> None:
    before = county.night(N1, ELG)["ELG 甲"]
    assert (before.village, before.owner) == ("一村", "village")
    doubtful = but(FULL, rules={"ELG": "error"}, village=None)
    after = county.night(N2, doubtful)["ELG 甲"]
    assert (after.village, after.owner) == (None, "township")


def test_a_retired_rule_asks_nobody(county: County) -> None:
    county.night(N1, ELG)
    after = county.night(N2, but(FULL, rules={"IDN": "clean"}))["ELG 甲"]
    assert (after.state, after.held) == ("held", "该规则已停用")


def test_a_flood_is_a_finding_of_the_place_and_passes(county: County) -> None:
    flood = but(
        FULL,
        hits=[
            Hit("ELG", "甲乡", None, kind="place", subject_id="甲乡"),
            *(Hit("ELG", name, hold="同类问题过多") for name in OTHERS[:30]),
        ],
    )
    first = county.night(N1, flood)
    assert first["ELG 甲乡"].state == "new"
    second = county.night(N2, flood)
    assert second["ELG 甲乡"].state == "open"
    assert second["ELG 人1"].state == "held"
    third = county.night(N3, FULL)
    assert {told.state for told in third.values()} == {"closed"}


def test_numbers_go_on_and_are_never_given_twice(county: County) -> None:
    seen: set[str] = set()
    for night, name in ((N1, "甲"), (N2, "乙"), (N3, "丙")):
        found = county.night(night, but(FULL, hits=[Hit("ELG", name)]))
        number = found[f"ELG {name}"].number
        assert number not in seen
        seen.add(number)


def test_the_same_cell_is_the_same_finding_under_whatever_subject(
    county: County,
) -> None:
    """A cut-off register no longer knows the child: one finding, not two."""
    number = county.night(N1, but(FULL, hits=[Hit("IDN", "甲")]))["IDN 甲"].number
    lost = but(FULL, hits=[Hit("IDN", "甲", subject_id="x1")], keys={"甲": "x1"})
    (after,) = county.night(N2, lost).values()
    assert (after.number, after.state) == (number, "open")
    assert after.subject_id == pid("甲")


def test_two_people_who_turn_out_to_be_one_go_on_as_one() -> None:
    """Findings follow the surviving key; of two equal ones that of the survivor."""
    county = County()
    apart = Given(
        hits=[Hit("ELG", "甲"), Hit("IDN", "乙")], keys={"甲": "k1", "乙": "k2"}
    )
    before = county.night(N1, apart)
    joined = but(
        apart,
        hits=[Hit("ELG", "甲"), Hit("IDN", "甲")],
        keys={"甲": "k1"},
        aliases={"k2": "k1"},
        register=("甲", "丙", *OTHERS),
    )
    after = county.night(N2, joined)
    assert after["ELG 甲"].number == before["ELG 甲"].number
    assert after["IDN 甲"].number == before["IDN 乙"].number
    assert after["IDN 甲"].state == "open"
