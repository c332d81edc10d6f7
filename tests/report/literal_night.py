"""A county of five households, as the stages before the report would leave it.

Numbers are invented: area 142230 with birth dates after 2000, 142299 for older people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines.database import load_reference, run_sql_file
from pipelines.ingest.receipt import fill_receipt
from pipelines.settings import ROOT, Settings
from schemas.idnumber import check_digit
from schemas.sources import SPECS
from schemas.spec import raw_columns, raw_table_sql, stg_columns, stg_table_sql
from schemas.text import division_key, name_key

AS_OF = date(2023, 9, 25)
SETTINGS = replace(
    Settings(),
    county_code="140928",
    county="五寨县",
    contact="电话见县级通知",
    is_sample=True,
)

REGISTER, ROSTER, GONE, PAID = (
    "监测/人员信息_20230920.xlsx",
    "名册/2021-2022学年资助名册.xlsx",
    "监测/人员自然减少.xlsx",
    "名册/2021-2022学年发放回盘.csv",
)
RETURNED = "交回/认定 (1).xlsx"


def pid(birth: str, order: str, area: str = "142230") -> str:
    first = f"{area}{birth}{order}"
    return first + check_digit(first)


WANG = pid("20040506", "121")
LI = pid("20050115", "232")
ZHAO = pid("20030811", "343")
QIAN = pid("20040229", "454")
SUN = pid("20051201", "565")
HEAD = pid("19720310", "011", "142299")

# row_id, township, village, name, number, household, relation, head, state
PEOPLE = [
    (1, "三岔镇", "三岔村", "王小明", WANG, "1409280001", "之子", "王大山", "中职二年级"),
    (2, "三岔镇", "三岔村", "李小红", LI, "1409280002", "之女", "李二河", "九年级"),
    (3, "三岔镇", "羊坊村", "赵小军", ZHAO, "1409280003", "之子", "赵铁柱", "高职高专一年级"),
    (4, "前所乡", "前所村", "钱小燕", QIAN, "1409280004", "之女", "钱四海", "中职三年级"),
    (5, "三岔镇", "三岔村", "王大山", HEAD, "1409280001", "户主", "王大山", None),
]  # fmt: skip
NEAR = LI[:10] + LI[11] + LI[10] + LI[12:]  # two digits changed places

# row_id, name, number, head, township, village, school, level, years, entry, period, fen, applied
STUDENTS = [
    (11, "王小明", WANG, "王大山", "三岔镇", "三岔村", "忻州市第一职业中学", "中职", 3.0,
     date(2021, 9, 1), "2021-2022", 300000, False),
    (12, "李小红", NEAR, "李二河", "三岔镇", "三岔村", "忻州市第一职业中学", "中职", 3.0,
     date(2021, 9, 1), "2021-2022", 300000, False),
    (13, "赵小军", ZHAO, "赵铁柱", "三岔镇", "羊坊村", "山西省畜牧兽医学校", "中职", 3.0,
     date(2019, 9, 1), "2021-2022", 300000, False),
    (14, "孙小丽", SUN, "孙五福", "前所乡", "前所村", "朔州技工学校", "中职", 3.0,
     date(2021, 9, 1), "2021-2022", 300000, False),
    (15, "王小明", WANG, "王大山", "三岔镇", "三岔村", "忻州市第一职业中学", "中职", 3.0,
     date(2021, 9, 1), "2022-2023", 300000, True),
]  # fmt: skip


def make_night() -> duckdb.DuckDBPyConnection:
    """A connection with every table that the report reads."""
    con = duckdb.connect(config={"threads": 1})
    run_sql_file(con, ROOT / "pipelines" / "macros.sql")
    table(
        con,
        "run",
        "as_of date, county_code varchar, county varchar, province_code varchar, "
        "version varchar",
        [(AS_OF, "140928", "五寨县", "14", "0.1.0")],
    )
    load_reference(con, SETTINGS, AS_OF)
    _sources(con)
    _bookkeeping(con)
    fill_receipt(con, SPECS)
    _links(con)
    _decisions(con)
    _findings(con)
    _money(con)
    table(
        con, "his_run", "as_of date, counts varchar",
        [
            (date(2023, 9, 18), '{"findings": {"EDU_NOT_VOC": {"new": 2, "held": 1}}}'),
            (date(2023, 9, 20), '{"findings": {"EDU_NOT_VOC": {"open": 2}, "X": {"new": 1}}}'),
        ],
    )  # fmt: skip
    table(
        con, "his_asked", "finding_no varchar, audience varchar, township varchar, "
        "village varchar, asked_on date, due_on date, evidence_hash varchar, "
        "left_on date, left_because varchar",
        [],
    )  # fmt: skip
    table(con, "mem_person", "person_key varchar, pid varchar", [("p1", WANG)])
    return con


def table(
    con: duckdb.DuckDBPyConnection,
    name: str,
    columns: str,
    rows: Sequence[Sequence[Any]],
) -> None:
    con.execute(f"create or replace table {name} ({columns})")
    for row in rows:
        con.execute(
            f"insert into {name} values ({', '.join('?' * len(row))})", list(row)
        )


def insert(con: duckdb.DuckDBPyConnection, target: str, /, **values: Any) -> None:
    marks = ", ".join("?" * len(values))
    con.execute(
        f"insert into {target} ({', '.join(values)}) values ({marks})",
        list(values.values()),
    )


def _typed(source: str, /, **given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The raw row and the staged row of one literal row."""
    spec = next(spec for spec in SPECS if spec.name == source)
    known = {name for name, _ in stg_columns(spec)}
    staged: dict[str, Any] = {}
    for name, value in given.items():
        staged[name] = value
        if f"{name}_pid" in known:
            staged |= {
                f"{name}_pid": value,
                f"{name}_form": "id18" if value else "missing",
            }
        elif f"{name}_key" in known:
            fold = division_key if name in ("township", "village") else name_key
            staged[f"{name}_key"] = value and fold(value)
    raw_names = {name for name, _ in raw_columns(spec)}
    raw = {
        n: v if n in ("row_id", "row_no") else v and str(v) for n, v in given.items()
    }
    return {n: v for n, v in raw.items() if n in raw_names}, staged


def _put(con: duckdb.DuckDBPyConnection, source: str, /, **given: Any) -> None:
    raw, staged = _typed(source, **given)
    insert(con, f"raw_{source}", **raw)
    insert(con, f"stg_{source}", is_current=True, **staged)


def _sources(con: duckdb.DuckDBPyConnection) -> None:
    for spec in SPECS:
        con.execute(raw_table_sql(spec))
        con.execute(stg_table_sql(spec))
    for row_id, township, village, name, number, house, relation, head, state in PEOPLE:
        _put(
            con, "monitored_person", row_id=row_id, file=REGISTER, sheet="Sheet1",
            row_no=row_id + 3, township=township, village=village, name=name,
            id_number=number, household_no=house, person_no=f"{house}{row_id}",
            relation=relation, head_name=head, school_state=state,
            household_type="脱贫户",
        )  # fmt: skip
    con.execute("update stg_monitored_person set snapshot_on = date '2023-09-20'")
    for (row_id, name, number, head, township, village, school, level, years, entry,
         period, fen, applied) in STUDENTS:  # fmt: skip
        _put(
            con, "yulu_roster", row_id=row_id, file=ROSTER, sheet=period, row_no=row_id - 6,
            township=township, village=village, head_name=head, name=name,
            id_number=number, school_name=school, school_level=level,
            programme_years=years, entry_on=entry, period_no=period, amount_fen=fen,
            is_applied=applied,
        )  # fmt: skip
    insert(
        con, "raw_yulu_roster", row_id=16, file=ROSTER, sheet="2021-2022", row_no=9,
        name="=HYPERLINK(\"http://x\")等3人", township="三岔镇", amount_fen="3000",
    )  # fmt: skip
    _put(
        con, "yulu_payment", row_id=21, file=PAID, sheet="", row_no=2, name="王小明",
        holder_name="王大山", id_number=WANG, account_no="62128" + "0" * 13 + "7",
        amount_fen=300000, payment_status="成功", period_no="2021-2022", is_yulu=True,
    )  # fmt: skip


def _bookkeeping(con: duckdb.DuckDBPyConnection) -> None:
    table(
        con, "ing_file",
        "file varchar, sha256 varchar, bytes bigint, sniffed_type varchar, "
        "sources varchar[], snapshot_on date, dated_by varchar, rows bigint, "
        "stated_rows bigint, outcome varchar, issue_code varchar",
        [
            (REGISTER, "a" * 64, 9000, "xlsx", ["monitored_person"], date(2023, 9, 20),
             "name", 5, None, "read", None),
            (ROSTER, "b" * 64, 8000, "xlsx", ["yulu_roster"], None, None, 6, 6, "read", None),
            (PAID, "c" * 64, 300, "csv", ["yulu_payment"], None, None, 1, None, "read", None),
            ("杂/加密.xlsx", "d" * 64, 700, "ole", [], None, None, None, None, "refused",
             "ING_ENCRYPTED"),
        ],
    )  # fmt: skip
    table(
        con, "ing_sheet",
        "file varchar, sheet varchar, sheet_no integer, source varchar, rows bigint, "
        "heading_row_no integer, title_text varchar, period_no varchar, is_hidden boolean, "
        "stated_rows bigint, counted_rows bigint, hold_code varchar, snapshot_on date, "
        "dated_by varchar, period_from varchar, hidden_rows bigint, hidden_columns bigint, "
        "is_filtered boolean, formulas bigint, tables bigint",
        [
            (REGISTER, "Sheet1", 1, "monitored_person", 8, 3, None, None, False, None, 5, None,
             date(2023, 9, 20), "name", None, 2, 1, True, 0, 1),
            (ROSTER, "2021-2022", 1, "yulu_roster", 10, 4, None, "2021-2022", False, 5, 5, None,
             None, None, "sheet", 0, 0, False, 0, 1),
            (ROSTER, "2022-2023", 2, "yulu_roster", 5, 4, None, "2022-2023", False, 1, 1, None,
             None, None, "sheet", 0, 0, False, 3, 1),
            (PAID, "", 1, "yulu_payment", 2, 1, None, "2021-2022", False, None, 1, None,
             None, None, "file", 0, 0, False, 0, 1),
        ],
    )  # fmt: skip
    table(
        con, "ing_accept",
        "line varchar, file varchar, sheet varchar, cell varchar, issue_code varchar", [],
    )  # fmt: skip
    ledger: list[tuple[Any, ...]] = [
        (
            REGISTER,
            "Sheet1",
            n,
            "monitored_person",
            "heading" if n == 3 else "title",
            None,
            None,
        )
        for n in (1, 2, 3)
    ]
    ledger += [
        (REGISTER, "Sheet1", p[0] + 3, "monitored_person", "accepted", None, p[0])
        for p in PEOPLE
    ]
    ledger += [
        (ROSTER, s[10], s[0] - 6, "yulu_roster", "accepted", None, s[0])
        for s in STUDENTS
    ]
    ledger += [
        (ROSTER, sheet, n, "yulu_roster", "heading" if n == 4 else "title", None, None)
        for sheet in ("2021-2022", "2022-2023")
        for n in (1, 2, 3, 4)
    ]
    ledger += [
        (ROSTER, "2021-2022", 9, "yulu_roster", "held", "ING_SEVERAL_PEOPLE", 16),
        (ROSTER, "2021-2022", 10, "yulu_roster", "total", None, None),
        (PAID, "", 1, "yulu_payment", "heading", None, None),
        (PAID, "", 2, "yulu_payment", "accepted", None, 21),
    ]
    table(
        con, "ing_ledger",
        "file varchar, sheet varchar, row_no integer, source varchar, disposition varchar, "
        "reason_code varchar, row_id bigint",
        ledger,
    )  # fmt: skip
    table(
        con, "ing_heading",
        "file varchar, sheet varchar, source varchar, column_no integer, heading varchar, "
        "column_name varchar, fate varchar",
        [
            (REGISTER, "Sheet1", "monitored_person", 5, "姓名", "name", "used"),
            (REGISTER, "Sheet1", "monitored_person", 6, "证件号码", "id_number", "used"),
            (REGISTER, "Sheet1", "monitored_person", 41, "在校生状况", "school_state", "used"),
            (REGISTER, "Sheet1", "monitored_person", 2, "乡", "township", "used"),
            (REGISTER, "Sheet1", "monitored_person", 3, "村", "village", "used"),
            (REGISTER, "Sheet1", "monitored_person", 42, "备用字段", None, "unknown"),
            *(
                (ROSTER, sheet, "yulu_roster", n, title, name, "used")
                for sheet in ("2021-2022", "2022-2023")
                for n, title, name in (
                    (4, "学生姓名", "name"), (5, "身份证号", "id_number"),
                    (8, "办学层次", "school_level"), (2, "乡镇", "township"),
                    (3, "行政村", "village"), (12, "补助金额", "amount_fen"),
                )
            ),
        ],
    )  # fmt: skip
    table(
        con, "ing_issue",
        "issue_code varchar, severity varchar, file varchar, sheet varchar, row_no integer, "
        "cell varchar, column_name varchar, effect varchar, text_zh varchar, advice_zh varchar",
        [
            ("ING_SEVERAL_PEOPLE", "I", ROSTER, "2021-2022", 9, "D9", "name", "hold",
             "一行写了多个人", "请一人一行。"),
            ("ING_ENCRYPTED", "I", "杂/加密.xlsx", None, None, None, None, "stop",
             "文件加密", "请用密码打开后另存为不加密的文件，再放回原处。"),
        ],
    )  # fmt: skip


def _decisions(con: duckdb.DuckDBPyConnection) -> None:
    """Two questions, three answers to an earlier one, a sheet that came back."""
    some = "struct(person_key varchar, person_id varchar, name_key varchar, shown varchar)[]"
    own = [
        {"person_key": "p2", "person_id": LI, "name_key": "李小红", "shown": "李小红"}
    ]
    two = [
        {
            "person_key": "p1",
            "person_id": WANG,
            "name_key": "王小明",
            "shown": "王小明",
        },
        {
            "person_key": "p4",
            "person_id": QIAN,
            "name_key": "钱小燕",
            "shown": "钱小燕",
        },
    ]
    near = (
        '{"for": [{"code": "name_same"}], "against": [], "candidates": []}',
        '{"for": [], "against": [{"code": "several"}], "candidates": []}',
    )
    table(
        con, "fnd_question",
        "question_no varchar, first_on date, line_key varchar, question_key varchar, "
        "row_ids bigint[], name varchar, township varchar, village varchar, "
        "periods varchar, roster_side varchar, register_side varchar, "
        f"candidates {some}, evidence varchar, is_frozen boolean",
        [
            ("B7M87MQ", date(2023, 9, 20), "L1", "Q1", [12], "李小红", "三岔镇", "三岔村",
             "2021-2022", f"李小红\n{NEAR}\n三岔镇三岔村\n户主李二河",
             f"李小红\n{LI}\n三岔镇三岔村\n户主李二河", own, near[0], True),
            ("C45BW4Z", AS_OF, "L2", "Q2", [14], "孙小丽", "前所乡", "前所村", "2021-2022",
             "孙小丽\n（没有证件号）\n前所乡前所村", "候选1：王小明\n候选2：钱小燕", two,
             near[1], False),
        ],
    )  # fmt: skip
    table(
        con, "lnk_sentence", "evidence varchar, sentence varchar",
        [(near[0], "姓名相同，同村同户主；但名册号码校验码不对。"),
         (near[1], "系统中有2名可能的人，不能确定是哪一位，没有关联。")],
    )  # fmt: skip
    table(
        con, "ret_decision",
        "decision_key varchar, question_no varchar, answer varchar, pick integer, "
        "decided_by varchar, decided_on date, note varchar, taken_on date, "
        "line_key varchar, roster_side varchar, register_side varchar, "
        f"candidates {some}",
        [
            ("D1", "B7M87MQ", "same", 1, "赵主任", date(2023, 9, 21), None, AS_OF, "L1",
             "李小红", "李小红", own),
            ("D2", "B7M87MQ", "none", None, "钱干事", date(2023, 9, 21), f"见{LI}", AS_OF,
             "L1", "李小红", "李小红", own),
            ("D3", "EHX5QEQ", "unknown", None, None, None, None, date(2023, 9, 22), "L9",
             "周小丁", "周小丁", two),
        ],
    )  # fmt: skip
    table(
        con, "lnk_answer",
        "decision_key varchar, question_no varchar, line_key varchar, decided_on date, "
        "person_key varchar, asked_key varchar, place bigint, verdict varchar, "
        "lapse varchar",
        [
            ("D1", "B7M87MQ", "L1", date(2023, 9, 21), "p2", "p2", 1, "same", None),
            ("D2", "B7M87MQ", "L1", date(2023, 9, 21), "p2", "p2", 1, "not", None),
            ("D3", "EHX5QEQ", "L9", None, "p1", "p1", 1, "unknown", "row_gone"),
            ("D3", "EHX5QEQ", "L9", None, "p4", "p4", 2, "unknown", "row_gone"),
        ],
    )  # fmt: skip
    table(
        con, "lnk_verdict",
        "line_key varchar, person_key varchar, verdict varchar, decided_on date",
        [("L1", "p2", "conflict", date(2023, 9, 21))],
    )  # fmt: skip
    table(
        con, "ret_row",
        "file varchar, sheet varchar, row_no integer, question_no varchar, "
        "shown_number varchar, outcome varchar, answer varchar, pick integer, "
        "decided_by varchar, decided_on date, note varchar, said varchar, "
        "reason varchar, notices varchar, decision_key varchar",
        [
            (RETURNED, "待认定", 5, "B7M87MQ", "B7M87MQ", "taken", "same", 1, "赵主任",
             date(2023, 9, 21), None, "同一人", None, None, "D1"),
            (RETURNED, "待认定", 6, None, "B7M87MZ", "refused", None, None, None, None,
             None, f"是{LI}", "编号“B7M87MZ”有误，不知道答的是哪一条", None, None),
            (RETURNED, "待认定", 7, "EHX5QEQ", "EHX5QEQ", "blank", None, None, None, None,
             None, None, None, None, None),
        ],
    )  # fmt: skip


def _links(con: duckdb.DuckDBPyConnection) -> None:
    table(
        con, "lnk_person",
        "person_key varchar, person_id varchar, name varchar, name_key varchar, "
        "township varchar, village varchar, township_key varchar, village_key varchar, "
        "household_no varchar, head_name varchar, head_pid varchar, birth_on date, "
        "sex varchar, row_id bigint, snapshot_on date, is_current boolean, "
        "in_register boolean",
        [
            (f"p{r}", number, name, name, township, village, division_key(township),
             division_key(village), house, head, None, _birth(number),
             "男" if int(number[16]) % 2 else "女", r, date(2023, 9, 20), True, True)
            for r, township, village, name, number, house, _, head, _ in PEOPLE
        ],
    )  # fmt: skip
    table(
        con, "lnk_register",
        "row_id bigint, person_key varchar, snapshot_on date, is_current boolean",
        [(p[0], f"p{p[0]}", date(2023, 9, 20), True) for p in PEOPLE],
    )  # fmt: skip
    table(con, "lnk_departure",
          "row_id bigint, person_key varchar, departed_on date, reason varchar", [])  # fmt: skip
    linked = {11: "p1", 12: "p2", 13: "p3", 14: None, 15: "p1"}
    tiers = {12: ("id_near", "proposed"), 14: ("none", "unlinked")}
    number = {f"p{p[0]}": p[4] for p in PEOPLE}
    table(
        con, "lnk_roster",
        "row_id bigint, person_key varchar, person_id varchar, subject_key varchar, "
        "subject_id varchar, tier varchar, standing varchar, evidence varchar, "
        "evidence_sentence varchar, period_no varchar, period_no_term integer, "
        "is_applied boolean",
        [
            (s[0], key, number.get(key or ""), key or "x14", number.get(key or "", SUN),
             *tiers.get(s[0], ("id", "certain")), "{}", "号码相同", s[10], None, s[12])
            for s in STUDENTS
            for key in [linked[s[0]]]
        ],
    )  # fmt: skip
    table(
        con, "lnk_blocking",
        "rule varchar, pairs bigint, linked bigint, only_here bigint, audited bigint, "
        "reached bigint, missed_estimate bigint",
        [("number", 3, 3, 3, None, None, None), ("all", 1, 1, None, 3, 3, 0)],
    )  # fmt: skip
    table(con, "lnk_payment",
          "row_id bigint, subject_key varchar, subject_id varchar, period_no varchar, "
          "via varchar", [(21, "p1", WANG, "2021-2022", "number")])  # fmt: skip
    table(
        con, "lnk_subject",
        "subject_key varchar, subject_kind varchar, subject_id varchar, person_key varchar, "
        "name varchar, township varchar, village varchar, place_doubt varchar",
        [(f"p{p[0]}", "person", p[4], f"p{p[0]}", p[3], p[1], p[2], None) for p in PEOPLE]
        + [("x14", "person", SUN, None, "孙小丽", "前所乡", "前所村", None)],
    )  # fmt: skip
    table(con, "lnk_speaking",
          "person_key varchar, period_no varchar, row_id bigint, snapshot_on date, "
          "in_grace boolean, in_year_row_id bigint",
          [(f"p{p[0]}", "2022-2023", p[0], date(2023, 9, 20), True, None) for p in PEOPLE])  # fmt: skip
    table(con, "lnk_entitlement",
          "person_key varchar, period_no varchar, is_entitled boolean, why varchar, "
          "row_id bigint, identified_on date, eliminated_on date",
          [(f"p{p[0]}", period, True, "entitled", p[0], None, None)
           for p in PEOPLE for period in ("2021-2022", "2022-2023")])  # fmt: skip
    table(con, "lnk_list", "source varchar, row_id bigint, subject_key varchar", [])
    table(
        con, "lnk_job",
        "subject_key varchar, row_id bigint, started_on date, ended_on date, "
        "employer varchar, work_place varchar, wage_fen bigint, snapshot_on date, "
        "is_open boolean, source_zh varchar", [],
    )  # fmt: skip
    table(
        con, "lnk_graduate",
        "subject_key varchar, row_id bigint, destination varchar, destination_group varchar, "
        "employer varchar, study_school varchar, job_started_on date, wage_fen bigint, "
        "reported_on date, snapshot_on date, source_zh varchar", [],
    )  # fmt: skip
    table(con, "lnk_scope", "person_key varchar, why varchar",
          [(f"p{p[0]}", "roster") for p in PEOPLE[:3]])  # fmt: skip


def _birth(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


RULES = [
    ("IDN_NEAR_ID", "证件号疑似录错", "两个系统里的证件号码，哪一个和身份证一致？", "A", "village",
     ["名册有误，已更正", "监测系统有误，已更正", "不是同一人", "无法联系"], "身份证或户口簿本人页",
     "姓名和家庭一致而号码不同，多半有一个系统录错，影响补助发放。"),
    ("EDU_NOT_VOC", "在校生状况非中高职", "该生现在读什么学校、几年级？", "A", "village",
     ["属实，监测系统有误", "名册有误", "已不在读", "无法联系"], "学生证或在校证明", "两边学段不同。"),
    ("OMI_VOC_NO_YULU", "应享未享", "该生是否在读？是否愿意申报？", "A", "village",
     ["属实，补报", "已在外县享受", "自愿放弃", "已不在读", "无法联系"], "在校证明", "影响学生家庭。"),
    ("LNK_PLACE_DIFF", "乡镇/村不一致", "该生家庭现在属于哪个村？由哪个村核查？", "B", "township",
     ["以监测系统为准", "以名册为准", "已迁移", "无法确定"], "户口簿首页", "派错村就会走错门。"),
    ("LNK_NOT_IN_M", "雨露学生不在监测系统", "该生是不是登记在册家庭的孩子？", "A", "village",
     ["属在册家庭，已补录", "不是在册家庭", "无法联系"], "户口簿全户页", "可能不符合条件。"),
    ("PAY_AMOUNT", "标准不符", "金额为什么与标准不同？", "A", "county", [], "发放凭证", "多发少发。"),
    ("PAY_NOT_PAID", "应发未发", "为什么没有发？", "A", "county", ["已补发", "不应发"], "发放凭证",
     "应发未发。"),
]  # fmt: skip

ABSENT = {
    "OMI_VOC_NO_YULU": "yulu_roster",
    "LNK_NOT_IN_M": "monitored_person",
    "PAY_NOT_PAID": "yulu_payment",
}

MONEY = {"IDN_NEAR_ID": ["risk"], "LNK_NOT_IN_M": ["listed_over"]}
# subject, period, township, basis, due, named, listed, paid, given (fen)
LINES = [
    ("p1", "2021-2022", "三岔镇", "entitled", 300000, 300000, 300000, 300000, 300000),
    ("p2", "2021-2022", "三岔镇", "entitled", 300000, 300000, 300000, None, 300000),
    ("p3", "2021-2022", "三岔镇", "entitled", 300000, 300000, 300000, None, 300000),
    ("x14", "2021-2022", "前所乡", "not_registered", 0, 300000, 300000, None, 300000),
    ("p1", "2022-2023", "三岔镇", "entitled", 300000, 300000, 0, None, 0),
]
PIECES = [
    ("p2", "2021-2022", "risk", "finding", "IDN_NEAR_ID", None, 300000, None),
    ("x14", "2021-2022", "listed_over", "finding", "LNK_NOT_IN_M", None, 300000, None),
    ("p1", "2022-2023", "applied", "explained", None, None, -300000, "申报审核中，尚未通过"),
]  # fmt: skip

COHORT = [
    (
        "p1",
        "三岔镇",
        "三岔村",
        "continuing",
        "本学年名册",
        "忻州市第一职业中学",
        2024,
        11,
    ),
    (
        "p2",
        "三岔镇",
        "三岔村",
        "unexplained",
        "没有交代",
        "忻州市第一职业中学",
        2024,
        12,
    ),
    (
        "p3",
        "三岔镇",
        "羊坊村",
        "graduated",
        "名册学制期满",
        "山西省畜牧兽医学校",
        2022,
        13,
    ),
    ("x14", "前所乡", "前所村", "army", "名册备注：入伍", "朔州技工学校", 2024, 14),
]


def _money(con: duckdb.DuckDBPyConnection) -> None:
    table(
        con, "fnd_money_line",
        "subject_key varchar, period_no varchar, township varchar, basis varchar, "
        "due_fen bigint, named_fen bigint, listed_fen bigint, paid_fen bigint, "
        "given_fen bigint",
        LINES,
    )  # fmt: skip
    table(
        con, "fnd_money_piece",
        "subject_key varchar, period_no varchar, step varchar, kind varchar, "
        "rule_code varchar, finding_period_no varchar, fen bigint, reason varchar",
        PIECES,
    )  # fmt: skip
    table(
        con, "fnd_candidate",
        "rule_code varchar, subject_key varchar, period_no varchar, "
        "evidence struct(row_id bigint, field varchar)[]", [],
    )  # fmt: skip
    table(
        con, "fnd_cohort",
        "subject_key varchar, period_no varchar, previous_no varchar, township varchar, "
        "village varchar, fate varchar, basis varchar, school_name varchar, "
        "end_year integer, row_id bigint",
        [(key, "2022-2023", "2021-2022", town, village, fate, basis, school, ends, row)
         for key, town, village, fate, basis, school, ends, row in COHORT],
    )  # fmt: skip
    table(
        con, "fnd_next",
        "person_key varchar, row_id bigint, snapshot_on date, school_state varchar, "
        "exam varchar, exam_year integer, is_doubtful boolean, is_past boolean, why varchar",
        [("p2", 2, date(2023, 9, 20), "九年级", "中考", 2024, True, False, "entitled")],
    )  # fmt: skip
    table(con, "lnk_paid", "row_id bigint, subject_key varchar, period_no varchar, "
          "amount_fen bigint, is_success boolean",
          [(21, "p1", "2021-2022", 300000, True)])  # fmt: skip


def _findings(con: duckdb.DuckDBPyConnection) -> None:
    table(con, "ref_rule",
          "rule_code varchar, title varchar, asks varchar, severity varchar, owner varchar, "
          "answers varchar[], proof varchar, why varchar, absence_of varchar, "
          "money varchar[], subject_kind varchar",
          [(*rule, ABSENT.get(rule[0]), MONEY.get(rule[0]), "person")
           for rule in RULES])  # fmt: skip
    table(con, "fnd_rule_status",
          "rule_code varchar, outcome varchar, why varchar, hits bigint, held bigint, "
          "seconds double",
          [(r[0], "hits", None, 1, 0, 0.012) for r in RULES[:6]]
          + [("PAY_NOT_PAID", "not_applicable", "发放文件不覆盖该学年", 0, 0, 0.0)])  # fmt: skip
    table(
        con, "fnd_finding",
        "finding_no varchar, rule_code varchar, period varchar, subject_kind varchar, "
        "subject_id varchar, person_key varchar, name varchar, township varchar, "
        "village varchar, severity varchar, owner varchar, yuan_at_stake bigint, "
        "sentence varchar, observed varchar, expected varchar, source_rows varchar[], "
        "state varchar, held_reason varchar, first_seen_on date, last_seen_on date, "
        "subject_key varchar, evidence struct(row_id bigint, field varchar)[]",
        FINDINGS,
    )  # fmt: skip


def finding(
    number: str, rule: str, person: int, cells: Sequence[tuple[int, str]], **other: Any
) -> tuple[Any, ...]:
    """One finding about a person of the register; ``other`` overrides its columns."""
    row = next((p for p in PEOPLE if p[0] == person), None)
    stated: dict[str, Any] = {
        "finding_no": number, "rule_code": rule, "period": None, "subject_kind": "person",
        "subject_id": row[4] if row else None, "person_key": f"p{person}" if row else None,
        "name": row[3] if row else None, "township": row[1] if row else None,
        "village": row[2] if row else None,
        "severity": next(r[3] for r in RULES if r[0] == rule),
        "owner": next(r[4] for r in RULES if r[0] == rule), "yuan_at_stake": 0,
        "sentence": "", "observed": None, "expected": None,
        "source_rows": sorted({f"{ROSTER}!2021-2022!{r - 6}" if r > 10 else
                               f"{REGISTER}!Sheet1!{r + 3}" for r, _ in cells}),
        "state": "new", "held_reason": None, "first_seen_on": AS_OF, "last_seen_on": AS_OF,
        "subject_key": f"p{person}" if row else None,
        "evidence": [{"row_id": r, "field": f} for r, f in cells],
    }  # fmt: skip
    return tuple((stated | other).values())


FINDINGS = [
    finding("A7K2-X", "IDN_NEAR_ID", 2,
            [(2, "id_number"), (2, "name"), (12, "id_number"), (12, "name")],
            yuan_at_stake=3000, observed=NEAR, expected=LI,
            sentence="监测系统（2023-09-20导出）证件号码为“" + LI + "”，雨露名册（2021-2022学年）为“"
            + NEAR + "”，第11、12位不同，其余信息像同一人。"),
    finding("B3M9-4", "EDU_NOT_VOC", 2, [(2, "school_state"), (12, "school_level")],
            period="2021-2022", yuan_at_stake=3000, state="open", observed="九年级", expected="中职",
            first_seen_on=date(2023, 9, 18),
            sentence="监测系统（2023-09-20导出）在校生状况为“九年级”，雨露名册（2021-2022学年）办学层次为“中职”。"),
    finding("C5P1-8", "OMI_VOC_NO_YULU", 1, [(1, "school_state")], period="2022-2023",
            yuan_at_stake=3000, state="reopened", observed="中职二年级", expected="雨露名册中应有该生",
            sentence="监测系统（2023-09-20导出）在校生状况为“中职二年级”，2022-2023学年雨露名册中没有该生。"),
    finding("D8Q6-2", "EDU_NOT_VOC", 3, [(3, "school_state")], period="2022-2023",
            yuan_at_stake=3000, state="held", held_reason="升级未定", observed="高职高专一年级",
            sentence="搁置的一条，不应出现在村里的表中。"),
    finding("E1R4-7", "LNK_PLACE_DIFF", 3, [(3, "village"), (13, "village")], village=None,
            observed="三岔镇羊坊村", expected="三岔镇三岔村",
            sentence="监测系统（2023-09-20导出）该生家在“三岔镇羊坊村”，雨露名册写的是“三岔镇三岔村”。"),
    finding("F6T3-9", "LNK_NOT_IN_M", 0, [(14, "id_number"), (14, "name")], name="孙小丽",
            subject_id=SUN, subject_key="x14", township="前所乡", village="前所村",
            yuan_at_stake=3000, observed=SUN, expected="监测系统中应有该生",
            sentence="雨露名册（2021-2022学年）列有该生，监测系统（2023-09-20导出）中查不到该生，也查不到其户主。"),
    finding("G2V8-1", "PAY_AMOUNT", 4, [(14, "amount_fen")], period="2021-2022",
            yuan_at_stake=1500, observed="1500元", expected="3000元",
            sentence="雨露名册金额为1500元，标准为3000元。"),
    finding("H9W5-3", "EDU_NOT_VOC", 4, [], period="2020-2021", state="closed", evidence=None,
            source_rows=["old.xlsx!Sheet1!9"], first_seen_on=date(2023, 6, 1),
            last_seen_on=date(2023, 8, 1), sentence="已销号的一条。"),
]  # fmt: skip


def write_night(folder: Path) -> duckdb.DuckDBPyConnection:
    """A night written into ``folder``; the connection for its audit."""
    from pipelines.progress import silent
    from pipelines.report.write import write

    con = make_night()
    write(con, folder, SETTINGS, silent)
    return con
