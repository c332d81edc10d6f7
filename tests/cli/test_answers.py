"""The commands that read: what they answer about a small published night."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines import cli, closing, published, rules
from pipelines.commands import explain
from pipelines.night import Result


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.main(list(words)) == 0
    return capsys.readouterr().out


def test_a_dry_run_tells_and_leaves_nothing(
    capsys: pytest.CaptureFixture[str], small_county: Path, tmp_path: Path
) -> None:
    words = ["--plain", "--dry-run", "--raw", str(small_county), "--out", str(tmp_path)]
    told = said(capsys, *words)
    assert "户、人、人次分开计" in told
    assert "试运行" in told
    assert [path.name for path in tmp_path.iterdir() if path.name != ".lock"] == []


def test_the_closing_words_carry_the_headline(small_night: Path) -> None:
    run = published.run_of(small_night)
    result = Result(date.fromisoformat(run["as_of"]), small_night, run)
    told = list(closing.lines(result))
    for period, figures in [*run["headline"].items(), ("合计", run["headline_total"])]:
        (line,) = [line for line in told if line.strip().startswith(period)]
        assert f"{figures['households']:,} 户" in line
        assert f"{figures['people']:,} 人　" in line
        assert f"{figures['person_periods']:,} 人次" in line
    assert f"已发布到 {small_night}" in told
    assert told[-1].startswith("  3. ")


def test_explain_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "explain", "omi_voc_no_yulu")
    assert told.startswith("OMI_VOC_NO_YULU　应享未享")
    assert "select" in told
    assert "以“没有”为据　雨露计划资助名册" in told
    assert "例（算）" in told
    assert "例（不算）" in told


@pytest.mark.parametrize("code", [code.code for code in rules.codes()])
def test_every_code_of_the_field_is_explained(code: str, tmp_path: Path) -> None:
    told = list(explain.explain([code.lower()], tmp_path, "14"))
    assert told[0].startswith(f"{code}　")
    assert len(told) >= 3
    assert not any(word in line for line in told[:8] for word in ("None", "yulu_"))


def test_last_night_s_outcome_and_seconds_stand_with_the_rule(
    small_night: Path,
) -> None:
    told = explain.explain(["PAY_AMOUNT"], small_night.parent, "14")
    (line,) = [line for line in told if line.startswith("最近一次")]
    assert re.search("命中 [0-9]+，搁置 [0-9]+，用时 [0-9.]+ 秒", line)


def test_explain_a_finding_down_to_its_cells(
    capsys: pytest.CaptureFixture[str], small_night: Path
) -> None:
    with published.tables(small_night) as con:
        finding = published.records(con, "select * from finding order by all limit 1")[
            0
        ]
    out = str(small_night.parent)
    told = said(capsys, "explain", str(finding["finding_no"]).lower(), "--out", out)
    assert finding["sentence"] in told
    assert finding["source_rows"][0].split("!")[0] in told


def test_explain_something_else_offers_the_nearest(
    capsys: pytest.CaptureFixture[str], small_night: Path
) -> None:
    code = cli.main(["explain", "PAY_DOP", "--out", str(small_night.parent)])
    assert code == 2
    assert "PAY_DUP" in capsys.readouterr().err


def test_person_shows_rosters_and_findings(
    capsys: pytest.CaptureFixture[str], small_night: Path
) -> None:
    with published.tables(small_night) as con:
        finding = published.records(
            con,
            "select * from finding where period is not null and person_key is not null "
            "order by finding_no limit 1",
        )[0]
    out = str(small_night.parent)
    told = said(capsys, "person", str(finding["subject_id"]), "--out", out)
    assert finding["finding_no"] in told
    assert finding["sentence"] in told
    assert "雨露名册" in told
    assert "现在的号码：" in told
    assert "监测系统人员" in told
    assert str(finding["subject_id"]) not in told


def test_person_is_found_by_a_former_number_of_a_key_that_was_merged(
    capsys: pytest.CaptureFixture[str], small_night: Path, tmp_path: Path
) -> None:
    former = "142230200801010010"
    shutil.copytree(small_night.parent, tmp_path / "out", symlinks=True)
    memory = tmp_path / "out" / small_night.name / "tables" / "mem_person.parquet"
    con = duckdb.connect()
    con.read_parquet(str(memory)).to_table("t")
    ((now,),) = con.execute(
        "select pid from t where length(pid) = 18 order by all limit 1"
    ).fetchall()
    con.execute(
        "insert into t by name select 'pold' as person_key, $1 as pid, name_key, "
        "date '2020-01-01' as first_seen_on, date '2020-06-01' as last_seen_on, "
        "person_key as alias_of from t where pid = $2 limit 1",
        [former, now],
    )
    con.table("t").write_parquet(str(memory))
    told = said(capsys, "person", former, "--out", str(tmp_path / "out"))
    assert f"以前的号码：{former[:6]}" in told
    assert "2020-01-01 至 2020-06-01 的导出" in told
    assert "现在的号码：" in told
    assert told.count("监测系统人员") >= 1


def row(night: Path, query: str) -> tuple[str, dict[str, object]]:
    """The address of the first row that a query on the published tables finds."""
    with published.tables(night) as con:
        found = published.records(con, f"{query} limit 1")[0]
    return f"{found['file']}!{found['sheet'] or ''}!{found['row_no']}", found


NEAR = (
    "select link.*, record.file as register_file, record.sheet as register_sheet, "
    "record.row_no as register_row from link join record using (person_key) "
    "where tier = 'id_near' and source = 'monitored_person' order by all"
)


def test_explain_two_rows_that_are_one_person(
    capsys: pytest.CaptureFixture[str], small_night: Path
) -> None:
    place, link = row(small_night, NEAR)
    other = f"{link['register_file']}!{link['register_sheet']}!{link['register_row']}"
    out = str(small_night.parent)
    told = said(capsys, "explain", place, other, "--out", out)
    assert "结论：是同一人的两行。" in told
    assert str(link["evidence_sentence"]) in told
    assert str(link["person_id"]) not in told  # masked
    alone = said(capsys, "explain", place.rsplit("/", 1)[-1], "--out", out)
    assert str(link["evidence_sentence"]) in alone
    assert "尚待人工认定" in alone


def test_explain_two_rows_that_nobody_compared(
    capsys: pytest.CaptureFixture[str], small_night: Path
) -> None:
    place, link = row(
        small_night, "select * from link where tier = 'none' order by all"
    )
    other, _ = row(
        small_night,
        "select * from record where source = 'monitored_person' order by all",
    )
    told = said(capsys, "explain", place, other, "--out", str(small_night.parent))
    assert "结论：没有当作同一人。" in told
    assert "这两行没有放在一起比较" in told
    assert "姓名　" in told
    assert str(link["evidence_sentence"]) in told


def test_explain_a_question_by_its_number(
    capsys: pytest.CaptureFixture[str], small_night: Path
) -> None:
    with published.tables(small_night) as con:
        asked = published.records(con, "select * from question order by all limit 1")[0]
    typed = f"{asked['question_no'][:4]}-{asked['question_no'][4:]}".lower()
    told = said(capsys, "explain", typed, "--out", str(small_night.parent))
    assert told.startswith(f"{asked['question_no']}　疑似同一人　正在请人认定")
    assert "依据：" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["名册.xlsx!12"], "文件!工作表!行号"),
        (["没有的.xlsx!Sheet1!12"], "没有这一行"),
        (["a!b!1", "a!b!2", "a!b!3"], "最多写两行"),
        (["PAY_DUP", "PAY_SUM"], "一次写一个"),
    ],
)
def test_explain_says_how_to_ask(
    capsys: pytest.CaptureFixture[str], small_night: Path, words: list[str], told: str
) -> None:
    assert cli.main(["explain", *words, "--out", str(small_night.parent)]) == 2
    assert told in capsys.readouterr().err


def test_person_nobody_knows(
    capsys: pytest.CaptureFixture[str], small_night: Path
) -> None:
    code = cli.main(["person", "142230200801010010", "--out", str(small_night.parent)])
    assert code == 2
    assert "142230200801010010" not in capsys.readouterr().err


def test_check_says_what_each_file_is_taken_for(
    capsys: pytest.CaptureFixture[str], small_county: Path, tmp_path: Path
) -> None:
    stray = tmp_path / "通讯录.csv"
    stray.write_text("编号,办公室,电话\n1,301,0350\n", encoding="utf-8")
    books = [path for path in small_county.rglob("*.*") if path.suffix == ".xlsx"]
    words = ["check", str(stray), str(min(books)), "--out", str(tmp_path)]
    assert cli.main(words) == 3
    told = capsys.readouterr().out
    assert "■ 没有读　通讯录.csv\n  原因：未识别表头" in told
    assert "  当作：" in told


def test_doctor_names_every_promise(
    capsys: pytest.CaptureFixture[str], small_night: Path
) -> None:
    told = said(capsys, "doctor", "--out", str(small_night.parent)).splitlines()[1:]
    assert [line.split(" ")[0] for line in told] == [str(n) for n in range(1, 11)]
    assert "账不平的工作表 0 张" in told[0]
    assert "被改动 0 个" in told[1]
    assert "权限过宽的输出文件 0 个" in told[6]


def test_before_the_first_night_they_say_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["doctor", "--out", str(tmp_path)]) == 3
    assert "还没有发布过结果" in capsys.readouterr().err


def test_demo_writes_only_into_an_empty_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = said(capsys, "demo", str(tmp_path / "县"), "--people", "200", "--errors")
    assert "应当发现的问题共" in told
    assert (tmp_path / "县" / "raw" / "sample.toml").is_file()
    assert cli.main(["demo", str(tmp_path / "县")]) == 2
