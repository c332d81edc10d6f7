"""Random findings over homonymous villages: each in one book, its own, or in none."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import openpyxl

from pipelines.progress import silent
from pipelines.report import audit, write
from tests.report.literal_night import RULES, SETTINGS, finding, make_night

PLACES = [
    (township, village)
    for township in ("三岔镇", "前所乡", "东秀庄乡")
    for village in ("羊坊村", "周家村", "大村", None)
] + [(None, None)]
STATES = ("new", "open", "issued", "reopened", "answered", "awaiting_proof", "closed",
          "waived", "held")  # fmt: skip
OWNERS = ("village", "village", "township", "county", "operator", "bank", "school")


def test_every_finding_in_its_own_book(tmp_path: Path) -> None:
    dice = random.Random(7)
    con = make_night()
    con.execute("delete from fnd_finding")
    con.execute("update ref_rule set money = null")
    due: dict[str, set[str]] = defaultdict(set)
    for number in range(120):
        (township, village), state = dice.choice(PLACES), dice.choice(STATES)
        owner, code = dice.choice(OWNERS), f"N{number:03d}"
        row = finding(
            code, dice.choice(RULES)[0], dice.randrange(1, 5), [(1, "name")],
            township=township, village=village, state=state, owner=owner,
            held_reason="待定" if state == "held" else None, sentence="两边不一样。",
            period=str(number), subject_id=code, yuan_at_stake=dice.choice((0, 1500, 3000)),
        )  # fmt: skip
        con.execute(
            f"insert into fnd_finding values ({','.join('?' * len(row))})", list(row)
        )
        if state not in STATES[:4] or township is None or owner not in OWNERS[:3]:
            continue
        is_village = owner == "village" and village is not None
        book = f"村/{township}/{village}" if is_village else f"乡镇/{township}"
        due[f"{book}.xlsx"].add(code)
    folder = tmp_path / "n"
    write(con, folder, SETTINGS, silent)
    have = {
        path.relative_to(folder).as_posix(): {
            str(cell.value)
            for page in openpyxl.load_workbook(path).worksheets
            if page.title in ("核查表", "乡镇核查表")
            for cell in page["C"][3:]
            if cell.value
        }
        for name in ("村", "乡镇")
        for path in (folder / name).rglob("*.xlsx")
    }
    assert {book: codes for book, codes in have.items() if codes} == dict(due)
    assert audit(folder, con) == []
