"""One row lost, doubled or changed between any two hands fails the file or the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import YuluError
from pipelines.ingest import load, pool, settle
from tests.ingest.sheets import (
    REGISTER,
    ROSTER,
    fetch,
    night,
    register_row,
    roster_row,
    text,
    xlsx,
)

FILES = {
    "名册.xlsx": xlsx([ROSTER, *(roster_row(n) for n in range(1, 7))]),
    "监测对象.xlsx": xlsx([REGISTER, *(register_row(n) for n in range(1, 7))]),
    "补报.csv": text([ROSTER, *(roster_row(n) for n in range(7, 12))]),
}
OUTCOMES = "select file, outcome, issue_code from ing_file order by file"

# Inside the reading process: what happens to the fourth thing that is handed on.
CHILD = """
from pipelines.ingest import block, cells, nursery, rows
def wrapped(given):
    given = iter(given)
    for at, one in enumerate(given):
        if at == 3:
            {deed}
        else:
            yield one
{patch}
nursery.main()
"""
IN_ROWS = """
plain = cells.PlainRows.__init__
cells.PlainRows.__init__ = lambda self, given: plain(self, wrapped(given))
"""
IN_LINES = """
lines = block.BlockWriter.lines
block.BlockWriter.lines = lambda self, *which: wrapped(lines(self, *which))
"""
IN_BODY = """
keep = rows._Reader.keep
rows._Reader.keep = lambda self, row_no, row: [
    keep(self, row_no, one) for one in (
        list(wrapped([None] * 3 + [row]))[3:] if row_no == 4 else [row]
    )
]
"""
slow = pytest.mark.slow
LOST, DOUBLED = "pass", "yield one; yield one"
SWAPPED_DIGIT = "yield one.replace('142230', '142203')"
OTHER_NAME = "yield one.replace('张', '王')"
# What two rows hold stands in each other's place.
SWAPPED_ROWS = """other = next(given)
            one, other = one.split(',', 2), other.split(',', 2)
            yield ','.join([*one[:2], other[2]])
            yield ','.join([*other[:2], one[2]])"""
OTHER_AMOUNT = "yield one.replace('3000', '3001').replace('300000', '300100')"


@pytest.mark.parametrize(
    ("patch", "deed"),
    [
        (IN_ROWS, LOST),
        pytest.param(IN_ROWS, DOUBLED, marks=slow),
        pytest.param(IN_ROWS, "yield [''] * len(one)", marks=slow),
        (IN_BODY, LOST),
        pytest.param(IN_BODY, DOUBLED, marks=slow),
        (IN_LINES, LOST),
        pytest.param(IN_LINES, DOUBLED, marks=slow),
        (IN_LINES, SWAPPED_DIGIT),
        (IN_LINES, OTHER_NAME),
        (IN_LINES, SWAPPED_ROWS),
        pytest.param(IN_LINES, OTHER_AMOUNT, marks=slow),
    ],
)
def test_between_the_sheet_and_the_answer(tmp_path: Path, monkeypatch, patch, deed):
    script = CHILD.format(patch=patch, deed=deed)
    monkeypatch.setattr(pool, "NURSERY", ("-c", script))
    con = night(tmp_path, FILES)
    spared = deed == OTHER_AMOUNT  # a register states no amounts
    assert fetch(con, OUTCOMES) == [
        ("名册.xlsx", "refused", con_code(con, "名册.xlsx")),
        ("监测对象.xlsx", "read", None)
        if spared
        else ("监测对象.xlsx", "refused", con_code(con, "监测对象.xlsx")),
        ("补报.csv", "refused", con_code(con, "补报.csv")),
    ]
    assert fetch(con, "select count(*) from ing_ledger") == [(7 if spared else 0,)]


@pytest.mark.slow
@pytest.mark.parametrize("patch", [IN_ROWS, IN_BODY, IN_LINES])
def test_only_the_deed_makes_the_difference(tmp_path: Path, monkeypatch, patch: str):
    script = CHILD.format(patch=patch, deed="yield one")
    monkeypatch.setattr(pool, "NURSERY", ("-c", script))
    con = night(tmp_path, FILES)
    assert {row[1] for row in fetch(con, OUTCOMES)} == {"read"}


def con_code(con, file: str) -> object:
    ((code,),) = con.execute(
        "select issue_code from ing_file where file = ?", [file]
    ).fetchall()
    assert code in ("ING_BROKEN", "ING_MISREAD")
    return code


DOUBLE = "insert into {0} select * from {0} where row_no = 4"
SWAP = (
    "update {0} as one set {1} = other.{1} from (from {0}) as other "
    "where one.row_no in (4, 5) and other.row_no = 9 - one.row_no"
)
DELETE = "delete from {0} where row_no = 4"


@pytest.mark.parametrize(
    "deed",
    [
        DELETE,
        pytest.param(DOUBLE, marks=slow),
        pytest.param("update {0} set row_no = 5 where row_no = 4", marks=slow),
        "update {0} set raw_id_number = '1' where row_no = 4",
        "update {0} set amount_fen = 1 where row_no = 4",
        SWAP.format("{0}", "raw_name"),
        pytest.param(SWAP.format("{0}", "raw_id_number"), marks=slow),
    ],
)
def test_between_the_answer_and_the_loaded_table(
    tmp_path: Path, monkeypatch, deed: str
):
    copy = load._copy

    def copied(con, table, *rest):
        copy(con, table, *rest)
        if table == "load_yulu_roster":
            con.execute(deed.format(table))

    monkeypatch.setattr(load, "_copy", copied)
    con = night(tmp_path, {"名册.xlsx": FILES["名册.xlsx"]})
    assert fetch(con, OUTCOMES) == [("名册.xlsx", "refused", "ING_BROKEN")]
    assert fetch(con, "select count(*) from stg_yulu_roster") == [(0,)]


@pytest.mark.parametrize(
    ("step", "deed"),
    [
        ("_gather_rows", DELETE.format("tmp_row")),
        pytest.param("_gather_rows", DOUBLE.format("tmp_row"), marks=slow),
        pytest.param("_gather_rows", DELETE.format("load_yulu_roster"), marks=slow),
        ("_fill_raw", DELETE.format("raw_yulu_roster")),
        pytest.param("_fill_raw", DOUBLE.format("raw_yulu_roster"), marks=slow),
        ("_fill_raw", "update raw_yulu_roster set id_number = '1' where row_no = 4"),
        ("_fill_stg", DELETE.format("stg_yulu_roster")),
        pytest.param("_fill_stg", DOUBLE.format("stg_yulu_roster"), marks=slow),
        ("_fill_stg", "update stg_yulu_roster set amount_fen = 1 where row_no = 4"),
        ("_fill_raw", SWAP.format("raw_yulu_roster", "name")),
        pytest.param("_fill_raw", SWAP.format("raw_yulu_roster", "row_id"), marks=slow),
        ("_fill_stg", SWAP.format("stg_yulu_roster", "name_key")),
        pytest.param(
            "_fill_stg", SWAP.format("stg_yulu_roster", "id_number_pid"), marks=slow
        ),
        pytest.param(
            "_fill_stg", "update stg_yulu_roster set is_current = false", marks=slow
        ),
        ("validate", DELETE.format("stg_yulu_roster")),
        pytest.param("validate", DELETE.format("raw_yulu_roster"), marks=slow),
        ("account.sql", DELETE.format("ing_ledger")),
        pytest.param("account.sql", DOUBLE.format("ing_ledger"), marks=slow),
        pytest.param(
            "account.sql",
            "update ing_ledger set row_no = 5 where row_no = 4",
            marks=slow,
        ),
    ],
)
def test_between_the_loaded_table_and_the_ledger(
    tmp_path: Path, monkeypatch, step, deed
):
    if step == "account.sql":
        run = settle.run_sql_file

        def ran(con, path):
            run(con, path)
            if path.name == step:
                con.execute(deed)

        monkeypatch.setattr(settle, "run_sql_file", ran)
    elif step == "validate":
        monkeypatch.setattr("pipelines.ingest.read.validate",
                            lambda con, _sources: con.execute(deed))  # fmt: skip
    else:
        does = getattr(settle, step)

        def done(con, source):
            does(con, source)
            if source.name == "yulu_roster":
                con.execute(deed)

        monkeypatch.setattr(settle, step, done)
    with pytest.raises(YuluError):
        night(tmp_path, {"名册.xlsx": FILES["名册.xlsx"]})


def test_the_same_files_untouched_are_read(tmp_path: Path):
    con = night(tmp_path, FILES)
    assert {row[1] for row in fetch(con, OUTCOMES)} == {"read"}
