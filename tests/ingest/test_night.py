"""A folder of exports, read: files, rows, snapshots, duplicates, and the account."""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipelines.errors import UsageError, YuluError
from pipelines.ingest import settle
from pipelines.ingest.find import find, take
from pipelines.settings import Reading
from schemas.sources import SPECS
from tests.ingest.sheets import (
    REGISTER,
    REGISTER_FILE,
    ROSTER,
    ROSTER_FILE,
    fetch,
    night,
    pid,
    register_row,
    roster_row,
    text,
    xlsx,
)

FILES = "select file, outcome, issue_code, sniffed_type from ing_file order by file"
FATES = """
    select row_no, disposition, reason_code from ing_ledger
    order by file, sheet, row_no
"""


def register(day: str, *rows: list[object]) -> bytes:
    return xlsx([[f"导出时间：{day}"], REGISTER, *rows])


def test_two_sources_are_read_typed_and_accounted_for(tmp_path: Path):
    con = night(tmp_path, {"县/监测对象.xlsx": REGISTER_FILE, "名册.xlsx": ROSTER_FILE})
    assert fetch(con, FILES) == [
        ("县/监测对象.xlsx", "read", None, "xlsx"),
        ("名册.xlsx", "read", None, "xlsx"),
    ]
    assert fetch(con, "select row_id, file, sheet, row_no, id_number_pid, period_no, "
                 "amount_fen, is_applied from stg_yulu_roster order by row_id") == [
        (3, "名册.xlsx", "Sheet1", 2, pid(1), "2021-2022", 300000, False),
        (4, "名册.xlsx", "Sheet1", 3, pid(2), "2021-2022", 300000, False),
    ]  # fmt: skip
    assert fetch(con, "select row_id, snapshot_on, is_current, village_key, school_state, "
                 "is_policy_off from stg_monitored_person order by row_id") == [
        (1, date(2022, 12, 18), True, "城内", "中职一年级", False),
        (2, date(2022, 12, 18), True, "城内", "中职一年级", False),
    ]  # fmt: skip
    assert fetch(
        con, "select name, amount_fen from raw_yulu_roster where row_id = 3"
    ) == [("张丁", "3000")]
    assert fetch(con, FATES) == [
        (1, "note", None), (2, "heading", None), (3, "accepted", None),
        (4, "accepted", None),
        (1, "heading", None), (2, "accepted", None), (3, "accepted", None),
    ]  # fmt: skip
    tables = {name for (name,) in fetch(con, "select table_name from duckdb_tables()")}
    assert not {t for t in tables if t.startswith(("tmp_", "load_"))}


def test_one_bad_file_stops_no_other(tmp_path: Path):
    con = night(
        tmp_path,
        {
            "a.xlsx": REGISTER_FILE[:2000],
            "b.xls": b"<html><table></table></html>",
            "c.pdf": b"%PDF-1.7",
            "d.xlsx": b"",
            "e.xlsx": xlsx([["工作安排"], ["周一", "开会"]]),
            "f.xls": REGISTER_FILE,
            "g.xlsx": xlsx([[]]),
            "h/名册.csv": text([ROSTER, roster_row(1)], "gb18030"),
        },
    )
    assert fetch(con, FILES) == [
        ("a.xlsx", "refused", "ING_BROKEN", "broken_zip"),
        ("b.xls", "refused", "ING_BROKEN", "html"),
        ("c.pdf", "refused", "ING_UNSUPPORTED", "document"),
        ("d.xlsx", "refused", "ING_EMPTY", "empty"),
        ("e.xlsx", "refused", "ING_NO_HEADER", "xlsx"),
        ("f.xls", "read", "ING_TYPE_MISMATCH", "xlsx"),
        ("g.xlsx", "refused", "ING_EMPTY", "xlsx"),
        ("h/名册.csv", "read", None, "csv"),
    ]
    refused = "select file, text_zh, advice_zh from ing_issue where file = 'b.xls'"
    assert fetch(con, refused) == [
        (
            "b.xls",
            "文件损坏或不完整：是网页，里面没有表格，可能是登录过期的页面",
            "请重新导出或重新下载后再放回原处。",
        )
    ]
    assert fetch(con, "select sheet from ing_sheet where file like 'h/%'") == [("",)]


def test_what_is_no_export_is_not_even_listed(tmp_path: Path):
    names = ("~$a.xlsx", ".~a.xlsx", "._a.xlsx", ".DS_Store", "Thumbs.db", "a.tmp",
             "a.xlsx.part", "a.crdownload", "README.md", "readme.txt", "sample.toml")  # fmt: skip
    raw = tmp_path / "raw"
    (raw / "文件夹.xlsx").mkdir(parents=True)
    for name in names:
        (raw / name).write_bytes(REGISTER_FILE)
    assert find(raw) == ()


def test_links_are_refused_and_not_followed(tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.xlsx").write_bytes(REGISTER_FILE)
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "b.xlsx").symlink_to(outside / "a.xlsx")
    (raw / "folder").symlink_to(outside)
    os.mkfifo(raw / "pipe.xlsx")
    con = night(tmp_path, {"c.xlsx": ROSTER_FILE})
    assert [row[:3] for row in fetch(con, FILES)] == [
        ("b.xlsx", "refused", "ING_UNSAFE"),
        ("c.xlsx", "read", None),
        ("folder", "refused", "ING_UNSAFE"),
        ("pipe.xlsx", "refused", "ING_UNSAFE"),
    ]


def test_a_file_that_changes_is_left_for_the_next_night(tmp_path: Path):
    file = tmp_path / "raw" / "a.xlsx"
    file.parent.mkdir()
    file.write_bytes(REGISTER_FILE)
    (found,) = find(tmp_path / "raw")
    file.write_bytes(REGISTER_FILE + b"more")
    taken = take(found, tmp_path)
    assert taken is not None
    assert not taken.is_still


def test_only_what_was_changed_moments_ago_is_watched(tmp_path: Path, monkeypatch):
    raw, waits = tmp_path / "raw", []

    def grows(seconds: float) -> None:
        if seconds != 3:  # not ours: a process is waited for
            return
        waits.append(seconds)
        with (raw / "b.xlsx").open("ab") as file:
            file.write(b"more")

    monkeypatch.setattr("pipelines.ingest.read.time.sleep", grows)
    raw.mkdir()
    (raw / "a.xlsx").write_bytes(REGISTER_FILE)
    (raw / "b.xlsx").write_bytes(ROSTER_FILE)
    con = night(tmp_path, {}, Reading(still_seconds=3))
    assert [row[:3] for row in fetch(con, FILES)] == [
        ("a.xlsx", "read", None),
        ("b.xlsx", "left", "ING_GROWING"),
    ]
    con.close()
    for name in ("a.xlsx", "b.xlsx"):
        os.utime(raw / name, (1656600000, 1656600000))
    con = night(tmp_path, {}, Reading(still_seconds=3))
    assert waits == [3]
    assert {outcome for _, outcome, *_ in fetch(con, FILES)} <= {"read", "refused"}


def test_a_copy_that_cannot_be_written_is_no_fault_of_the_file(tmp_path: Path):
    (tmp_path / "a.xlsx").write_bytes(REGISTER_FILE)
    (found,) = find(tmp_path)
    with pytest.raises(OSError, match="No such file"):
        take(found, tmp_path / "nowhere")


def test_same_content_is_read_once(tmp_path: Path):
    con = night(tmp_path, {"b (2).xlsx": ROSTER_FILE, "b.xlsx": ROSTER_FILE})
    assert fetch(con, FILES) == [
        ("b (2).xlsx", "read", None, "xlsx"),
        ("b.xlsx", "duplicate", "ING_DUP_FILE", "xlsx"),
    ]
    assert fetch(con, "select count(*) from stg_yulu_roster") == [(2,)]


def test_a_newer_snapshot_supersedes_only_where_it_covers(tmp_path: Path):
    con = night(
        tmp_path,
        {
            "old.xlsx": register(
                "2021-12-18", register_row(1), register_row(2, 乡="胡会乡")
            ),
            "new.xlsx": register("2022-12-18", register_row(1, 乡="砚城")),
        },
    )
    query = "select snapshot_on, township, is_current from stg_monitored_person order by 1, 2"
    assert fetch(con, query) == [
        (date(2021, 12, 18), "砚城镇", False),
        (date(2021, 12, 18), "胡会乡", True),
        (date(2022, 12, 18), "砚城", True),
    ]
    assert fetch(con, "select distinct disposition from ing_ledger where file = 'old.xlsx' "
                 "and row_id is not null order by 1") == [("accepted",), ("superseded",)]  # fmt: skip


DATES = (
    ("监测_20230101.xlsx", "导出时间 2022-12-18", "2022-12-18", "title"),
    ("监测_20230101.xlsx", "监测对象信息", "2023-01-01", "name"),
    ("监测 2023年1月1日 (22).xlsx", "", "2023-01-01", "name"),
    ("监测.xlsx", "监测对象（截至2022年9月30日）", "2022-09-30", "title"),
    ("监测.xlsx", "2021-2022学年监测对象", "2022-06-30", "mtime"),
    ("监测_20231399.xlsx", "", "2022-06-30", "mtime"),
)


def test_where_a_snapshots_date_comes_from(tmp_path: Path):
    for at, (name, above, _, _) in enumerate(DATES):
        file = tmp_path / "raw" / str(at) / name
        file.parent.mkdir(parents=True)
        file.write_bytes(xlsx([[above], REGISTER, register_row(at + 1)]))
        os.utime(file, (1656600000, 1656600000))
    con = night(tmp_path, {})
    assert fetch(
        con, "select snapshot_on::varchar, dated_by from ing_file order by file"
    ) == [(day, dated_by) for _, _, day, dated_by in DATES]
    assert fetch(
        con, "select file from ing_issue where issue_code = 'ING_UNDATED'"
    ) == [
        ("4/监测.xlsx",),
        ("5/监测_20231399.xlsx",),
    ]


def test_a_monthly_list_is_dated_by_its_own_columns(tmp_path: Path):
    head = [
        "所属年份",
        "所属月份",
        "身份证号",
        "户主姓名",
        "家庭成员",
        "户类型",
        "监测对象类型",
    ]
    rows = [[2023, 5, pid(1), "李四", "李明", "脱贫户", ""]]
    con = night(tmp_path, {"a.xlsx": xlsx([head, *rows])})
    assert fetch(con, "select snapshot_on, name from stg_monitored_person") == [
        (date(2023, 5, 1), "李明")
    ]


def test_equal_rows_of_one_snapshot_count_once(tmp_path: Path):
    con = night(
        tmp_path,
        {
            "a_1.xlsx": register("2022-12-18", register_row(1), register_row(2)),
            "a_2.xlsx": register("2022-12-18", register_row(2), register_row(3)),
        },
    )
    assert fetch(con, "select count(*) from stg_monitored_person") == [(3,)]
    assert fetch(con, "select file, row_no, row_id from ing_ledger "
                 "where disposition = 'duplicate'") == [("a_2.xlsx", 3, None)]  # fmt: skip


def test_a_copied_roster_sheet_counts_once_but_a_double_student_stays(tmp_path: Path):
    one, two, three = roster_row(1), roster_row(2), roster_row(3)
    con = night(
        tmp_path,
        {
            "全县.xlsx": xlsx([ROSTER, one, two, two, three]),
            "砚城镇.xlsx": xlsx([["砚城镇名册"], ROSTER, one, two]),
            "补发.xlsx": xlsx([ROSTER, three, roster_row(4)]),
        },
    )
    assert fetch(
        con, "select file, count(*) from stg_yulu_roster group by 1 order by 1"
    ) == [
        ("全县.xlsx", 4),
        ("补发.xlsx", 2),
    ]
    assert fetch(con, "select file, text_zh from ing_issue") == [
        ("砚城镇.xlsx", "重复导出的行：2行，同样的行见“全县.xlsx”的“Sheet1”")
    ]


PERIODS = (
    # cell, title, sheet, file → period and term
    ("2021-2022学年", "2020-2021学年", "名册", "a.xlsx", "2021-2022", None),
    ("", "2020—2021学年名册", "2019-2020", "a.xlsx", "2020-2021", None),
    ("", "名册", "2019-2020学年", "a.xlsx", "2019-2020", None),
    ("", "名册", "名册", "2018-2019学年.xlsx", "2018-2019", None),
    ("", "2022年春季学期名册", "名册", "a.xlsx", "2021-2022", 2),
    ("", "名册", "名册", "a.xlsx", None, None),
)


def test_where_a_period_comes_from(tmp_path: Path):
    con = night(
        tmp_path,
        {
            f"{at}/{file}": xlsx(
                (sheet, [[title], ROSTER, roster_row(at + 1, 学年=cell)])
            )
            for at, (cell, title, sheet, file, _, _) in enumerate(PERIODS)
        },
    )
    found = "select period_no, period_no_term from stg_yulu_roster order by row_id"
    assert fetch(con, found) == [case[4:] for case in PERIODS[:-1]]
    assert fetch(
        con, "select file, reason_code from ing_ledger where disposition = 'held'"
    ) == [("5/a.xlsx", "ING_NO_PERIOD")]
    assert fetch(con, "select file, text_zh from ing_issue where row_no is null") == [
        ("3/2018-2019学年.xlsx", "学年取自文件名：2018-2019学年")
    ]


APPLIED = (
    ("", "2022-2023学年名册", False),
    ("", "2022-2023学年申报名册", True),
    ("已通过", "2022-2023学年申报名册", False),
    ("审核中", "2022-2023学年名册", True),
)


def test_applied_and_approved(tmp_path: Path):
    head = [*ROSTER, "审核状态"]
    con = night(
        tmp_path,
        {
            f"{at}.xlsx": xlsx([[title], head, [*roster_row(at + 1, 学年=""), status]])
            for at, (status, title, _) in enumerate(APPLIED)
        },
    )
    assert fetch(con, "select is_applied from stg_yulu_roster order by row_id") == [
        (case[-1],) for case in APPLIED
    ]


PAYMENT = ("户名", "账号", "证件号码", "金额", "摘要", "状态", "入账日期")


PAYMENTS = (
    ("2021-2022学年雨露计划补助", "a.xlsx", ("2021-2022", True)),
    ("雨露计划补助", "2021-2022学年发放.xlsx", ("2021-2022", True)),
    ("国家助学金", "2021-2022学年发放.xlsx", ("2021-2022", False)),
    ("国家助学金", "a.xlsx", (None, False)),
    ("代发", "国家助学金2021-2022学年.xlsx", ("2021-2022", False)),
    ("代发", "a.xlsx", None),
)


def test_payments(tmp_path: Path):
    row = ["张三", "6212801234567890123", pid(1), 3000]
    con = night(
        tmp_path,
        {
            f"{at}/{file}": xlsx(
                [PAYMENT, [*row, summary, "成功", f"2022-06-0{at + 1}"]]
            )
            for at, (summary, file, _) in enumerate(PAYMENTS)
        },
    )
    found = "select period_no, is_yulu from stg_yulu_payment order by row_id"
    assert fetch(con, found) == [case[-1] for case in PAYMENTS[:-1]]
    assert fetch(
        con, "select file, reason_code from ing_ledger where disposition = 'held'"
    ) == [("5/a.xlsx", "ING_NO_PERIOD")]


MARKS = (
    ("脱贫户（不享受政策）", "名单", "a.xlsx", True),
    ("脱贫户", "脱贫不享受政策户名单", "a.xlsx", True),
    ("脱贫户", "名单", "9-脱贫户信息-脱贫不享受政策.xlsx", True),
    ("脱贫户(继续享受政策)", "名单", "9-脱贫不享受政策.xlsx", False),
    ("脱贫户", "名单", "1-继续享受政策.xlsx", False),
)


def test_the_mark_of_households_without_policy(tmp_path: Path):
    con = night(
        tmp_path,
        {
            f"{at}/{file}": xlsx([[title], REGISTER, register_row(at + 1, 户类型=kind)])
            for at, (kind, title, file, _) in enumerate(MARKS)
        },
    )
    found = "select is_policy_off from stg_monitored_person order by row_id"
    assert fetch(con, found) == [(case[-1],) for case in MARKS]


def test_household_facts_written_once_hold_for_all_members(tmp_path: Path):
    head = [*REGISTER, "监测对象类别", "识别监测时间"]
    first = [*register_row(1), "突发严重困难户", "202103"]
    con = night(
        tmp_path,
        {
            "a.xlsx": xlsx([
                head,
                first,
                [*register_row(2, 户编号=first[2], 村="", 户类型=""), "", ""],
                [*register_row(3, 户类型=""), "", ""],
                [*register_row(4, 户编号="7", 村="东关村", 户类型=""), "", ""],
                [*register_row(5, 户编号="7", 村="周家村"), "", ""],
            ])
        },
    )  # fmt: skip
    query = """
        select village, household_type, monitored_category, identified_on
        from stg_monitored_person order by row_no
    """
    shared = ("城内村", "脱贫户", "突发严重困难户", date(2021, 3, 1))
    assert fetch(con, query) == [
        shared,
        shared,
        ("城内村", None, None, None),
        ("东关村", None, None, None),
        ("周家村", "脱贫户", None, None),
    ]


STATED = (
    # file, sheet, line below → stated count, and whether a mismatch is said
    ("名册-2人.xlsx", "a", "", 2, False),
    ("名册-3人.xlsx", "a", "", 3, True),
    ("名册.xlsx", "a(2人)", "合计2人", 2, False),
    ("名册.xlsx", "a(2人)", "合计5人", 5, True),
    ("名册-1234人次.xlsx", "a", "", None, False),
    ("名册.xlsx", "a", "", None, False),
)


def test_stated_counts_against_counted(tmp_path: Path):
    con = night(
        tmp_path,
        {
            f"{at}/{file}": xlsx(
                (sheet, [ROSTER, roster_row(2 * at), roster_row(2 * at + 1), [total]])
            )
            for at, (file, sheet, total, _, _) in enumerate(STATED)
        },
    )
    stated = [(case[3],) for case in STATED]
    assert fetch(con, "select stated_rows from ing_file order by file") == stated
    assert fetch(con, "select stated_rows from ing_sheet order by file") == stated
    assert fetch(con, "select distinct counted_rows from ing_sheet") == [(2,)]
    said = "select file from ing_issue where issue_code = 'ING_TOTAL_MISMATCH'"
    assert fetch(con, said) == [
        (f"{at}/{case[0]}",) for at, case in enumerate(STATED) if case[-1]
    ]


def test_a_file_names_count_speaks_for_all_its_sheets(tmp_path: Path):
    content = xlsx([ROSTER, roster_row(1)], [ROSTER, roster_row(2)])
    con = night(tmp_path, {"名册2人.xlsx": content})
    assert fetch(con, "select stated_rows, rows from ing_file") == [(2, 4)]
    assert fetch(con, "select * from ing_issue") == []


def test_a_wrong_sum_of_amounts_is_said(tmp_path: Path):
    total = ["合计", "", "", "", "", "", 5000]
    con = night(tmp_path, {"a.xlsx": xlsx([ROSTER, roster_row(1), total])})
    assert fetch(con, "select issue_code, column_name from ing_issue") == [
        ("ING_TOTAL_MISMATCH", "amount_fen")
    ]


def test_a_value_that_validation_refuses_becomes_null_with_an_issue(tmp_path: Path):
    con = night(tmp_path, {"a.xlsx": xlsx([ROSTER, roster_row(1, 补助金额=-3000)])})
    assert fetch(con, "select amount_fen from stg_yulu_roster") == [(None,)]
    assert fetch(con, "select issue_code, row_no, cell from ing_issue") == [
        ("ING_BAD_VALUE", 2, "G2")
    ]
    assert fetch(con, "select amount_fen from raw_yulu_roster") == [("-3000",)]


def test_several_sheets_each_by_its_own_heading(tmp_path: Path):
    con = night(
        tmp_path,
        {
            "a.xlsx": xlsx(
                ("说明", [["填表说明"], ["一、按户填写"]]),
                ("砚城镇", [ROSTER, roster_row(1)]),
                ("监测", [REGISTER, register_row(2)]),
                ("空", []),
            )
        },
    )
    query = "select sheet, source, rows from ing_sheet order by sheet_no"
    assert fetch(con, query) == [
        ("说明", None, 2),
        ("砚城镇", "yulu_roster", 2),
        ("监测", "monitored_person", 2),
        ("空", None, 0),
    ]
    assert fetch(con, "select sources from ing_file") == [
        (["monitored_person", "yulu_roster"],)
    ]


RETURNED = xlsx([["问题编号", "姓名", "核实情况"], ["A1", "张三", "属实"]])


def test_returned_workbooks_are_left_and_may_lie_beside_the_sample(tmp_path: Path):
    con = night(
        tmp_path,
        {
            "sample/sample.toml": b"",
            "sample/a.xlsx": ROSTER_FILE,
            "回来/城内村.xlsx": RETURNED,
            "说明.txt": "这里放导出文件".encode(),
        },
    )
    assert [row[:3] for row in fetch(con, FILES)] == [
        ("sample/a.xlsx", "read", None),
        ("回来/城内村.xlsx", "left", "ING_RETURN_LEFT"),
        ("说明.txt", "refused", "ING_NO_HEADER"),
    ]


def test_real_files_beside_the_sample_are_refused_with_a_clear_word(tmp_path: Path):
    with pytest.raises(UsageError, match="示例县") as refused:
        night(
            tmp_path,
            {
                "sample/sample.toml": b"",
                "sample/a.xlsx": ROSTER_FILE,
                f"名册{pid(1)}.xlsx": REGISTER_FILE,
            },
        )
    assert pid(1) not in str(refused.value)


def test_a_raw_folder_that_is_itself_the_sample(tmp_path: Path):
    con = night(tmp_path, {"sample.toml": b"", "a.xlsx": ROSTER_FILE})
    assert fetch(con, "select count(*) from stg_yulu_roster") == [(2,)]


def test_no_message_holds_a_persons_value(tmp_path: Path):
    row = register_row(1, 姓名="张三等3人", 证件号码=f"{pid(1)}?", 在校生状况="秘密值")
    con = night(
        tmp_path, {"a.xlsx": xlsx([REGISTER, row, register_row(2, 姓名="张?")])}
    )
    said = " ".join(str(r) for r in fetch(con, "select * from ing_issue"))
    assert said
    assert not any(word in said for word in (pid(1), "张", "秘密值"))


def test_the_order_in_which_files_are_found_changes_nothing(tmp_path: Path):
    files = {
        f"{n}.xlsx": xlsx([ROSTER, *(roster_row(n * 10 + k) for k in range(3))])
        for n in range(4)
    }
    dumps = []
    for at, names in enumerate((list(files), list(reversed(files)))):
        con = night(tmp_path / str(at), {name: files[name] for name in names})
        tables = fetch(con, "select table_name from duckdb_tables() order by 1")
        dumps.append([fetch(con, f'select * from "{table}"') for (table,) in tables])
    assert dumps[0] == dumps[1]


@pytest.mark.parametrize(
    ("before", "loss"),
    [
        ("settle", "delete from load_yulu_roster where row_no = 3"),
        ("settle", "insert into load_yulu_roster select * from load_yulu_roster"),
        ("account", "delete from tmp_row where row_no = 2"),
        ("account", "delete from tmp_line where disposition = 'heading'"),
        ("account", "delete from raw_yulu_roster where row_no = 2"),
        ("account", "delete from stg_yulu_roster where row_no = 3"),
        ("account", "insert into stg_yulu_roster from stg_yulu_roster limit 1"),
    ],
)
def test_a_row_lost_anywhere_fails_the_run(tmp_path, monkeypatch, before, loss):
    step = getattr(settle, before)

    def losing(con, *others):
        con.execute(loss)
        step(con, *others)

    monkeypatch.setattr(settle, before, losing)
    with pytest.raises(YuluError, match="请把这一行告诉维护人员"):
        night(tmp_path, {"a.xlsx": ROSTER_FILE})


def test_a_folder_name_with_brackets_is_a_name(tmp_path: Path):
    con = night(tmp_path / "a[12]*", {"b[1].xlsx": ROSTER_FILE})
    assert fetch(con, "select count(*) from stg_yulu_roster") == [(2,)]


def test_an_empty_folder_leaves_empty_tables(tmp_path: Path):
    con = night(tmp_path, {})
    for source in SPECS:
        assert fetch(con, f"select count(*) from stg_{source.name}") == [(0,)]


def test_errors_in_the_last_row_are_a_row(tmp_path: Path):
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for row in ([*ROSTER], roster_row(1)):
        book.active.append(row)
    book.active["C3"], book.active["C3"].data_type = "#REF!", "e"
    book.save(out)
    con = night(tmp_path, {"a.xlsx": out.getvalue()})
    assert fetch(con, FATES)[-1] == (3, "held", "ING_NO_PERSON")
