"""Numbers in texts that leave the county: length kept, middle gone, look-alikes apart."""

from __future__ import annotations

import pytest

from pipelines.report import gate
from pipelines.report.masking import folded_number, mask_text, mask_texts
from tests.report.literal_night import HEAD, LI, NEAR, WANG

STARS = "*" * 8


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (WANG, f"{WANG[:6]}{STARS}{WANG[-4:]}"),
        (f"证件号码“{HEAD}”。", f"证件号码“{HEAD[:6]}{STARS}{HEAD[-4:]}”。"),
        (WANG[:17] + "x", f"{WANG[:6]}{STARS}{WANG[14:17]}X"),
        (f"G{WANG}", f"G{WANG[:6]}{STARS}{WANG[-4:]}"),
        (f"{WANG}44", f"{WANG[:6]}{'*' * 10}{WANG[-2:]}44"),
        (WANG[:17], f"{WANG[:6]}*******{WANG[13:17]}"),
        (" ".join((WANG[:6], WANG[6:14], WANG[14:])), f"{WANG[:6]}{STARS}{WANG[-4:]}"),
        ("-".join((WANG[:6], WANG[6:14], WANG[14:])), f"{WANG[:6]}{STARS}{WANG[-4:]}"),
        ("6212 8012 3456 7890 123", "*" * 15 + "0123"),
        ("电话13800001234。", "电话138****1234。"),
        ("138-0000-1234", "138****1234"),
        ("1.42230200405061E+17", "1.42230*********E+17"),
        ("2021-09-01 至 2022-07-01，3,000 元", "2021-09-01 至 2022-07-01，3,000 元"),
        ("户编号1409280001", "户编号1409280001"),
    ],
)
def test_mask_text(text: str, shown: str) -> None:
    assert mask_text(text) == shown
    assert gate.leaks(mask_text(text)) == []


def test_full_width_digits_are_digits() -> None:
    wide = WANG.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})
    assert mask_text(wide) == mask_text(WANG)


def test_two_numbers_that_mask_alike_show_where_they_differ() -> None:
    # two digits of the month changed places
    assert mask_texts([LI, NEAR]) == [
        f"{LI[:6]}****{LI[10:12]}**{LI[-4:]}",
        f"{LI[:6]}****{LI[11]}{LI[10]}**{LI[-4:]}",
    ]


def test_numbers_far_apart_are_not_told_apart() -> None:
    other = WANG[:6] + "20110927" + WANG[14:]
    assert mask_texts([WANG, other]) == [f"{WANG[:6]}{STARS}{WANG[-4:]}"] * 2


def test_folded_number_breaks_after_ten() -> None:
    assert (
        folded_number(f"号码：{mask_text(WANG)}")
        == f"号码：142230****\n****{WANG[-4:]}"
    )


@pytest.mark.parametrize(
    "text",
    [
        WANG, WANG[:15], f"{WANG[:9]} {WANG[9:]}", f"{WANG[:6]}-{WANG[6:14]}-{WANG[14:]}",
        f"{WANG[:9]}\u200b{WANG[9:]}", "13900001111", "139 0000 1111", "6212801234567890",
        WANG.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}),
    ],
)  # fmt: skip
def test_the_gate_sees_what_is_not_masked(text: str) -> None:
    assert gate.leaks(text)
