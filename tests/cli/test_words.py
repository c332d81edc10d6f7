"""What the command says and how it ends, before and around a night."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import cli, lock, night
from pipelines.errors import YuluError

CANARY = "142230200501010011"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, stdout, stderr of one command."""
    try:
        code = cli.main(list(words))
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_help_is_chinese_and_lists_every_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, "-h")
    assert code == 0
    assert out.startswith("用法：yulu")
    for name in (
        "run",
        "serve",
        "check",
        "explain",
        "person",
        "demo",
        "docs",
        "doctor",
    ):
        assert f"\n    {name} " in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "--fast"], "不认识“--fast”"),
        (["fly"], "没有“fly”这个命令"),
        (["run", "--as-of", "昨天"], "日期请写成 2023-09-15 的样子"),
        (["explain"], "还缺“规则、编号或行”"),
        (["run", "--raw"], "“--raw”后面要写内容"),
        (["serve", "--at", "两点"], "时间请写成 02:00 的样子"),
        (["serve", "--at", "25:00"], "00:00 到 23:59"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_chinese_word(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code, _, err = run(capsys, *words)
    assert code == 2
    assert said in err


def test_no_raw_folder_is_usage(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["--plain", "--raw", str(tmp_path / "none"), "--out", str(tmp_path / "out")]
    code, _, err = run(capsys, *words)
    assert code == 2
    assert "找不到存放导出文件的文件夹" in err
    assert not (tmp_path / "out").exists()


def test_nothing_to_read_ends_with_3(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "笔记.txt").write_text("明天再说", encoding="utf-8")
    words = ["--plain", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out")]
    code, _, err = run(capsys, *words)
    assert code == 3
    assert "没有可用的监测系统人员导出、雨露计划名册" in err
    assert not (tmp_path / "out" / "latest").exists()


def test_a_second_run_ends_with_5_and_touches_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    out.mkdir()
    with lock.hold(out):
        code, _, err = run(capsys, "--plain", "--raw", str(raw), "--out", str(out))
    assert code == 5
    assert "另一次运行正在进行" in err
    assert [path.name for path in out.iterdir()] in ([], [".lock"])


def test_the_unexpected_is_told_by_class_and_place_alone(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise ValueError(f"could not convert {CANARY}")

    monkeypatch.setattr(night.ingest, "read_exports", fail)
    (tmp_path / "raw").mkdir()
    words = ["--plain", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out")]
    code, out, err = run(capsys, *words)
    assert code == 1
    assert "ValueError" in err
    assert "tests/cli/test_words.py:" in err
    assert "Traceback" not in err
    log = tmp_path / "out" / ".log" / "faults.log"
    assert "ValueError" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o777 == 0o600
    assert CANARY not in out + err + log.read_text("utf-8")


def test_an_audit_that_falls_short_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = tuple(stage for stage in night.STAGES if stage.name in ("audit", "publish"))
    monkeypatch.setattr(night, "STAGES", last)
    monkeypatch.setattr(night.report, "audit", lambda *_: ["对账总表 少一行"])
    (tmp_path / "raw").mkdir()
    request = night.Request(raw=tmp_path / "raw", out=tmp_path / "out")
    with pytest.raises(YuluError, match="复核没有通过，共 1 处"):
        night.run(request, lambda *_: None)
    assert not (tmp_path / "out" / "latest").exists()
    assert not (tmp_path / "out" / ".work").exists()
