"""What `yulu check` says before a file is sent, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from pipelines import cli, settings
from tests.ingest.sheets import ROSTER, pid, roster_row, xlsx

GOOD = xlsx([ROSTER, *(roster_row(n) for n in range(1, 13))])
RENAMED = xlsx(
    [
        ["人员编码" if title == "身份证号" else title for title in ROSTER],
        *(roster_row(n) for n in range(20, 32)),
    ]
)
LINE = '"雨露计划资助名册"."人员编码" = "身份证号"'


def checked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, **files: bytes
) -> tuple[int, list[str]]:
    """The exit code and the lines for files written under these names."""
    paths = []
    for name, content in files.items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(content)
        paths.append(str(path))
    code = cli.main(["check", *paths, "--out", str(tmp_path / "out")])
    return code, capsys.readouterr().out.splitlines()


def test_a_file_that_would_be_taken(capsys, tmp_path: Path):
    assert checked(capsys, tmp_path, 名册=GOOD) == (
        0,
        [
            "共 1 个文件，读不了 0 个，整表搁置 0 张。",
            "",
            "■ 已读　名册.xlsx　工作表“Sheet1”",
            "  当作：雨露计划资助名册　学年 见各行",
            "  行数：采用 12　标题合计等 1",
            "  下一步：不用处理。",
        ],
    )


def test_a_moved_heading_ends_with_the_line_to_add(capsys, tmp_path: Path):
    code, told = checked(capsys, tmp_path, 名册=RENAMED)
    assert code == 3
    assert "整表搁置　名册.xlsx" in told[2]
    assert told[-1] == LINE


def test_bad_files_stand_together_beside_the_good_one(capsys, tmp_path: Path):
    bad = {f"坏{n}": b"PK\x03\x04" + bytes([n]) * 99 for n in range(9)}
    code, told = checked(capsys, tmp_path, 名册=GOOD, **bad)
    assert code == 3
    assert told[0] == "共 10 个文件，读不了 9 个，整表搁置 0 张。"
    assert told[2] == "■ 没有读　坏0.xlsx、坏1.xlsx、坏2.xlsx 等共 9 个"
    names = "、".join(f"坏{n}.xlsx" for n in range(9))
    assert "".join(line.strip() for line in told[5:7]) == f"{names}：压缩结构不完整"
    assert len(told) < 15


def test_no_line_is_wider_than_a_terminal_and_nobody_is_named(capsys, tmp_path: Path):
    files = {
        pid(7) + "很长的文件名" * 9: RENAMED,
        "名册": xlsx([ROSTER, *(roster_row(n, 学年="去年") for n in range(40, 70))]),
    }
    _, told = checked(capsys, tmp_path, **files)
    # the line to be copied is never broken
    assert [line for line in told if cell_len(line) > 80 and line != LINE] == []
    text = "\n".join(told)
    for value in (pid(7), pid(20), roster_row(20)[2], "去年"):
        assert str(value) not in text


def test_a_wrong_line_in_the_settings_is_a_matter_of_usage(
    capsys, tmp_path: Path, monkeypatch
):
    wrong = tmp_path / "headings.toml"
    wrong.write_text('"名册"."人员编码" = "身份证号"', encoding="utf-8")
    load = settings.load
    monkeypatch.setattr(
        settings, "load", lambda **words: replace(load(**words), headings=wrong)
    )
    file = tmp_path / "名册.xlsx"
    file.write_bytes(GOOD)
    assert cli.main(["check", str(file), "--out", str(tmp_path)]) == 2
    assert "headings.toml 中没有“名册”这种表" in capsys.readouterr().err
