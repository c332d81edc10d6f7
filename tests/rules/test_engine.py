"""What the engine does with a rule's hits: place, proof of absence, flood, status."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from pipelines.database import run_sql_file
from pipelines.errors import YuluError
from pipelines.issues import ISSUES
from pipelines.rules import run
from pipelines.rules.applicable import Given, why_not
from pipelines.rules.catalogue import FOLDER, Rule, catalogue, codes, read_rule
from tests.rules.examples import Case, fill

RULES = {rule.code: rule for rule in catalogue()}
STEPS = sorted((FOLDER / "steps").glob("[0-9]*.sql"))


def hits(
    con: duckdb.DuckDBPyConnection,
    code: str,
    subjects: list[str],
    period_no: str | None = None,
) -> None:
    for number, subject in enumerate(subjects, 1):
        con.execute(
            "insert into fnd_hit values (?, ?, ?, 'a', 'b', 3000, '一句话。', "
            "[{'row_id': ?, 'field': 'id_number'}], null)",
            [code, subject, period_no, number],
        )
        con.execute(
            "insert into ing_ledger (file, sheet, row_no, row_id) "
            "values ('a.xlsx', '表', ?, ?)",
            [number + 3, number],
        )


def subjects(
    con: duckdb.DuckDBPyConnection,
    names: list[str],
    township: str | None,
    **more: object,
) -> None:
    for name in names:
        con.execute(
            "insert into lnk_subject values (?, 'person', ?, ?, '某', ?, ?, ?)",
            [
                name,
                name.upper(),
                name,
                township,
                more.get("village"),
                more.get("doubt"),
            ],
        )


def found(con: duckdb.DuckDBPyConnection, columns: str) -> list[tuple[object, ...]]:
    for step in STEPS[:-1]:
        run_sql_file(con, step)
    return con.execute(
        f"select {columns} from fnd_candidate "
        "order by subject_kind desc, subject_key, period_no"
    ).fetchall()


def test_finding_carries_its_source_rows(con: duckdb.DuckDBPyConnection) -> None:
    subjects(con, ["p1"], "胡会乡", village="安子村")
    hits(con, "IDN_LENGTH", ["p1"])
    assert found(con, "subject_id, source_rows, severity, owner, village") == [
        ("P1", ["a.xlsx!表!4"], "B", "village", "安子村")
    ]


@pytest.mark.parametrize(
    ("township", "village", "doubt", "owner"),
    [
        ("胡会乡", "安子村", None, "village"),
        ("胡会乡", "安子村", "disagree", "township"),
        ("胡会乡", None, "unknown", "township"),
        (None, None, "unknown", "county"),
    ],
)
def test_place_in_doubt_goes_up(
    con: duckdb.DuckDBPyConnection,
    township: str | None,
    village: str | None,
    doubt: str | None,
    owner: str,
) -> None:
    subjects(con, ["p1"], township, village=village, doubt=doubt)
    hits(con, "EDU_NOT_VOC", ["p1"], "2022-2023")
    shown = None if doubt else village
    assert found(con, "owner, township, village") == [(owner, township, shown)]


def test_owner_county_stays_county(con: duckdb.DuckDBPyConnection) -> None:
    subjects(con, ["p1"], "胡会乡", doubt="disagree")
    hits(con, "PAY_AMOUNT", ["p1"], "2022-2023")
    assert found(con, "owner") == [("county",)]


def test_two_blank_numbers_are_two_subjects(con: duckdb.DuckDBPyConnection) -> None:
    subjects(con, ["x1", "x2"], "胡会乡")
    con.execute("update lnk_subject set subject_id = ''")
    hits(con, "IDN_MISSING", ["x1", "x2"])
    assert found(con, "subject_id") == [("x1",), ("x2",)]


@pytest.mark.parametrize(
    ("own", "county", "held"),
    [
        (True, None, None),
        (False, True, "该乡镇没有名册"),
        (None, True, None),
        (None, False, "全县名册不全"),
        (None, None, "没有导出能证明这里应当有记录"),
    ],
)
def test_absence_needs_proof(
    con: duckdb.DuckDBPyConnection,
    own: bool | None,
    county: bool | None,
    held: str | None,
) -> None:
    subjects(con, ["p1"], "胡会乡")
    hits(con, "OMI_VOC_NO_YULU", ["p1"], "2022-2023")
    for township, covered, why in (
        ("胡会乡", own, "该乡镇没有名册"),
        (None, county, "全县名册不全"),
        ("三岔镇", True, ""),
    ):
        if covered is not None:
            con.execute(
                "insert into lnk_coverage values ('yulu_roster', '2022-2023', ?, ?, ?)",
                [township, covered, why],
            )
    assert found(con, "hold_reason") == [(held,)]


def test_presence_needs_none(con: duckdb.DuckDBPyConnection) -> None:
    subjects(con, ["p1"], "胡会乡")
    hits(con, "EDU_BLANK", ["p1"], "2022-2023")
    assert found(con, "hold_reason") == [(None,)]


def test_twenty_new_findings_are_issued(con: duckdb.DuckDBPyConnection) -> None:
    names = [f"p{n:03}" for n in range(20)]
    subjects(con, names, "胡会乡")
    hits(con, "IDN_LENGTH", names)
    assert found(con, "subject_kind, hold_reason") == [("person", None)] * 20


def test_flood_becomes_one_finding_of_the_township(
    con: duckdb.DuckDBPyConnection,
) -> None:
    names = [f"p{n:03}" for n in range(21)]
    subjects(con, names, "胡会乡", village="安子村")
    hits(con, "IDN_LENGTH", names)
    rows = found(
        con, "subject_kind, subject_id, owner, village, hold_reason, len(source_rows)"
    )
    assert rows[0] == ("place", "胡会乡", "township", None, None, 20)
    reason = "同类问题过多（胡会乡21条，上限20条），先核对整批数据"
    assert {row[4] for row in rows[1:]} == {reason}
    assert len(rows) == 22


def test_flood_is_measured_against_the_population(
    con: duckdb.DuckDBPyConnection,
) -> None:
    names = [f"p{n:03}" for n in range(30)]
    subjects(con, names, "胡会乡")
    others = [f"q{n:03}" for n in range(90)]
    subjects(con, others, "胡会乡")
    for name in names + others:
        con.execute("insert into lnk_roster (subject_key) values (?)", [name])
    hits(con, "EDU_NOT_VOC", names, "2022-2023")
    assert {kind for (kind,) in found(con, "subject_kind")} == {"person"}


@pytest.mark.parametrize(("state", "floods"), [("open", False), ("held", True)])
def test_flood_counts_what_is_new(
    con: duckdb.DuckDBPyConnection, state: str, floods: bool
) -> None:
    names = [f"p{n:03}" for n in range(21)]
    subjects(con, names, "胡会乡")
    hits(con, "IDN_LENGTH", names)
    con.execute(
        "insert into his_finding (rule_code, subject_kind, subject_key, state) "
        "values ('IDN_LENGTH', 'person', 'p000', ?)",
        [state],
    )
    assert (("place",) in found(con, "subject_kind")) is floods


def test_flood_of_the_county_goes_to_the_operator(
    con: duckdb.DuckDBPyConnection,
) -> None:
    names = [f"p{n:03}" for n in range(201)]
    for place in range(3):
        subjects(con, names[place::3], f"{place}乡")
    hits(con, "IDN_LENGTH", names)
    rows = found(con, "subject_kind, subject_id, owner, hold_reason is not null")
    assert rows[0] == ("place", "全县", "operator", False)
    assert rows[1:] == [("person", name.upper(), "township", True) for name in names]


def test_held_findings_make_no_flood(con: duckdb.DuckDBPyConnection) -> None:
    names = [f"p{n:03}" for n in range(21)]
    subjects(con, names, "胡会乡")
    hits(con, "LNK_NOT_IN_M", names)
    assert {kind for (kind,) in found(con, "subject_kind")} == {"person"}


def test_rule_without_its_source_or_column_is_not_applicable() -> None:
    given = Given(
        frozenset({"yulu_roster", "monitored_person"}),
        frozenset({("yulu_roster", "graduation_on")}),
    )
    assert why_not(RULES["PAY_DUP"], given) == "今晚没有“发放（回盘）文件”"
    assert why_not(RULES["EDU_BLANK"], given) == "“监测系统人员”没有“在校生状况”一列"
    assert why_not(RULES["EDU_OVERLONG"], given) is None
    assert why_not(RULES["PAY_DUP_ROSTER"], given) is None


def test_night_without_rows_is_not_clean(con: duckdb.DuckDBPyConnection) -> None:
    run.find(con)
    outcomes = con.execute("select distinct outcome from fnd_rule_status").fetchall()
    assert outcomes == [("not_applicable",)]


def test_status_tells_hits_held_and_years_without_roster(
    con: duckdb.DuckDBPyConnection,
) -> None:
    row = {
        "row_id": "1",
        "person_key": "p1",
        "snapshot_on": "2023-09-20",
        "姓名": "王小梅",
    }
    speaks = {"person_key": "p1", "period_no": "2023-2024", "in_grace": "false"}
    listed = {"row_id": "2", "subject_key": "x2", "学年": "2022-2023", "身份证号": "无"}
    fill(con, Case("", [("监测系统", [row]), ("雨露名册", [listed])]))
    fill(con, Case("", [("lnk_speaking", [speaks]), ("ing_ledger", [
        {"file": "a", "sheet": "", "row_no": "4", "row_id": "2"}])]))  # fmt: skip
    fill(con, Case("", [("ing_heading", [{
        "file": "a", "sheet": "", "source": "monitored_person",
        "column_name": "school_state", "fate": "used"}])]))  # fmt: skip
    subjects(con, ["x2"], "胡会乡")
    run.find(con)
    status = {
        row[0]: row[1:]
        for row in con.execute(
            "select rule_code, outcome, why, hits, held from fnd_rule_status"
        ).fetchall()
    }
    assert status["IDN_MISSING"] == ("hits", None, 1, 0)
    assert status["IDN_LENGTH"] == ("clean", None, 0, 0)
    assert status["OMI_VOC_NO_YULU"] == ("clean", "2023-2024学年没有名册，未核对", 0, 0)
    assert status["PAY_DUP"][0] == "not_applicable"


BROKEN = """/* ---
title = "坏"
asks = "？"
severity = "A"
owner = "village"
subject = "person"
population = "roster"
needs = []
answers = []
proof = ""
why = ""
clause = ""
since = 2021-09-01
--- */
{}
"""


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select cast('142230200503120011' as date) as d", "ConversionException"),
        ("select 'p1' as subject_key", "列不符"),
    ],
)
def test_failing_rule_stops_the_run_without_quoting_a_value(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sql: str,
    said: str,
) -> None:
    file = tmp_path / "BAD_RULE.sql"
    file.write_text(BROKEN.format(sql), encoding="utf-8")
    bad: tuple[Rule, ...] = (read_rule(file),)
    monkeypatch.setattr(run, "catalogue", lambda: bad)
    with pytest.raises(YuluError) as error:
        run.find(con)
    assert str(error.value) == (
        f"规则执行出错：BAD_RULE（{said}）。本次不发布，请联系维护人员。"
    )


def test_hit_without_a_known_subject_stops_the_run(
    con: duckdb.DuckDBPyConnection,
) -> None:
    listed = {"row_id": "2", "subject_key": "x2", "学年": "2022-2023", "身份证号": ""}
    fill(con, Case("", [("雨露名册", [listed])]))
    with pytest.raises(YuluError, match="IDN_MISSING"):
        run.find(con)


@pytest.mark.parametrize(
    "change",
    [("severity", '"Z"'), ("owner", '"nobody"'), ("colour", '"red"')],
)
def test_front_matter_is_closed(tmp_path: Path, change: tuple[str, str]) -> None:
    name, value = change
    lines = [line for line in BROKEN.splitlines() if not line.startswith(f"{name} =")]
    lines.insert(1, f"{name} = {value}")
    file = tmp_path / "BAD_RULE.sql"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(YuluError, match="BAD_RULE"):
        read_rule(file)


def test_every_code_of_the_field_is_evaluated_or_says_why_not() -> None:
    known = {code.code: code for code in codes()}
    assert len(known) == 113
    kinds = {kind: {c for c in known if known[c].kind == kind} for kind in
             ("issue", "rule", "none")}  # fmt: skip
    assert kinds["issue"] <= set(ISSUES)
    assert kinds["rule"] == set(RULES)
    assert len(kinds["none"]) == 3
    assert all(bool(code.reason) == (code.kind == "none") for code in codes())


def test_weight_and_owner_are_the_field_s() -> None:
    known = {code.code: code for code in codes()}
    assert {code: (rule.severity, rule.owner) for code, rule in RULES.items()} == {
        code: (known[code].severity, known[code].owner) for code in RULES
    }


def test_a_row_of_the_register_knows_the_columns_that_rules_ask_about() -> None:
    """lnk_entry carries no other columns of its sheet: a rule that asked would hear no."""
    shared = (FOLDER / "shared" / "08_lnk_entry.sql").read_text(encoding="utf-8")
    asked = {
        name
        for path in FOLDER.rglob("*.sql")
        for name in re.findall(r"\(entry\.columns, '(\w+)'", path.read_text("utf-8"))
    }
    assert asked
    assert [name for name in sorted(asked) if f"'{name}'" not in shared] == []
