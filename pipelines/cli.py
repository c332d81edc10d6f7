"""The command ``yulu``: Chinese words, plain lines, exit codes of spec section 6."""

from __future__ import annotations

import argparse
import re
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from pipelines import faults, settings
from pipelines.errors import YuluError

_CODES = """退出码：0 已发布 · 1 程序问题 · 2 用法或设置不对 · 3 没有可用的文件 ·
4 已算出但未放行 · 5 另一次运行正在进行"""
_STOPPED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; never shows a traceback."""
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if words is None else words)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        given.insert(0, "run")
    asked = _parser().parse_args(given)
    try:
        code: int = asked.act(asked)
        return code
    except KeyboardInterrupt:
        _say("已停止，没有发布任何内容，上一次的结果不受影响。")
        return _STOPPED
    except YuluError as error:
        _say(str(error))
        return error.exit_code
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001
        out = getattr(asked, "out", None) or settings.ROOT / "data" / "out"
        _say(str(faults.clean(error, "运行", out)))
        return 1


def _run(asked: argparse.Namespace) -> int:
    from pipelines import console, run
    from pipelines.request import Request

    request = Request(asked.as_of, asked.raw, asked.out, asked.dry_run)
    with console.showing() as progress:
        result = run.night_of(request, progress, plain=asked.plain)
    from pipelines import closing

    _print(closing.lines(result))
    return 0


def _serve(asked: argparse.Namespace) -> int:
    from dataclasses import replace

    from pipelines.flows import serve
    from pipelines.request import Request

    stated = settings.load().schedule
    schedule = replace(stated, at=asked.at or stated.at, port=asked.port or stated.port)
    request = Request(raw=asked.raw, out=asked.out)
    try:
        serve.serve(schedule, request, _say)
    except KeyboardInterrupt:
        _say("定时服务已停止。")
    return 0


def _check(asked: argparse.Namespace) -> int:
    from pipelines.commands import check

    lines, is_fine = check.check(asked.file, asked.out)
    _print(lines)
    return 0 if is_fine else 3


def _explain(asked: argparse.Namespace) -> int:
    from pipelines.commands import explain

    found = settings.load(out=asked.out)
    _print(explain.explain(asked.what, found.out, found.province))
    return 0


def _what_if(asked: argparse.Namespace) -> int:
    from pipelines import console
    from pipelines.commands import what_if
    from pipelines.request import Request

    request = Request(asked.as_of, asked.raw, asked.nights)
    with console.showing() as progress:
        lines = what_if.what_if(asked.policy, request, asked.book, progress)
    _print(lines)
    return 0


def _person(asked: argparse.Namespace) -> int:
    from pipelines.commands import person

    _print(person.person(asked.id, settings.load(out=asked.out).out))
    return 0


def _demo(asked: argparse.Namespace) -> int:
    from pipelines.commands import demo

    made = demo.demo(
        asked.to,
        asked.people,
        asked.seed,
        mess=asked.mess,
        errors=asked.errors,
        columns=asked.columns,
    )
    _print(made)
    return 0


def _docs(asked: argparse.Namespace) -> int:
    from pipelines import docs

    stale = docs.stale()
    if asked.check:
        _print(f"已过期：{path.relative_to(settings.ROOT)}" for path in stale)
        return 1 if stale else 0
    for path, text in docs.pages().items():
        path.write_text(text, encoding="utf-8")
    _print([f"已更新 {len(stale)} 份说明。"])
    return 0


def _doctor(asked: argparse.Namespace) -> int:
    from pipelines.commands import doctor

    _print(doctor.doctor(settings.load(out=asked.out)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="yulu", description="雨露对账：每晚一次，一条命令", epilog=_CODES
    )
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)

    def command(
        name: str, text: str, act: Callable[[argparse.Namespace], int]
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(act=act)
        return made

    run = command("run", "核对一晚并发布（不写命令时就是它）", _run)
    run.add_argument(
        "--as-of", type=_day, metavar="日期", help="数据日期，如 2023-09-15"
    )
    run.add_argument("--raw", type=Path, metavar="文件夹", help="导出文件所在的文件夹")
    run.add_argument("--out", type=Path, metavar="文件夹", help="结果放在哪里")
    run.add_argument("--dry-run", action="store_true", help="只试算，不发布")
    run.add_argument("--plain", action="store_true", help="不经过 Prefect，结果相同")

    serve = command("serve", "启动定时：每晚自动核对", _serve)
    serve.add_argument("--at", metavar="时:分", help="改在几点，默认按 yulu.toml")
    serve.add_argument("--port", type=int, metavar="端口", help="本机端口，默认同上")
    serve.add_argument(
        "--raw", type=Path, metavar="文件夹", help="导出文件所在的文件夹"
    )
    serve.add_argument("--out", type=Path, metavar="文件夹", help="结果放在哪里")

    check = command("check", "导出文件预检：会被当作什么表、有什么问题", _check)
    check.add_argument(
        "file", nargs="+", type=Path, metavar="文件", help="要检查的文件"
    )
    check.add_argument("--out", type=Path, metavar="文件夹", help="结果所在文件夹")

    explain = command(
        "explain", "解释一条规则、一个编号，或两行为什么是（不是）同一人", _explain
    )
    explain.add_argument(
        "what",
        nargs="+",
        metavar="规则、编号或行",
        help="规则代码；问题、认定或副本的编号；一行或两行“文件!工作表!行”",
    )

    what_if = command(
        "what-if", "政策试算：换一种政策，谁多得、谁少得、差多少钱", _what_if
    )
    what_if.add_argument(
        "policy",
        nargs="+",
        metavar="政策",
        help="省名（如 重庆），或写有改动政策行的 CSV 文件，可以几个",
    )
    what_if.add_argument(
        "--out", dest="book", type=Path, metavar="文件", help="把名单写成这个 .xlsx"
    )
    what_if.add_argument(
        "--as-of", type=_day, metavar="日期", help="数据日期，如 2023-09-15"
    )
    what_if.add_argument(
        "--raw", type=Path, metavar="文件夹", help="导出文件所在的文件夹"
    )
    what_if.add_argument(
        "--nights", type=Path, metavar="文件夹", help="各晚结果所在文件夹"
    )
    person = command("person", "一人一档：名册、关联和历次问题", _person)
    person.add_argument("id", metavar="证件号码")
    doctor = command("doctor", "各项承诺及上一晚的数字", _doctor)
    for reader in (explain, person, doctor):
        reader.add_argument("--out", type=Path, metavar="文件夹", help="结果所在文件夹")

    demo = command("demo", "生成一个虚构县的导出文件", _demo)
    demo.add_argument(
        "to",
        type=Path,
        nargs="?",
        metavar="文件夹",
        help="写到哪个（空）文件夹，默认 data/demo/<人数>-<种子>",
    )
    demo.add_argument(
        "--people", type=int, default=3000, metavar="人数", help="默认 3000"
    )
    demo.add_argument("--seed", type=int, default=1, metavar="种子", help="默认 1")
    demo.add_argument("--mess", action="store_true", help="加入各种脏乱写法")
    demo.add_argument(
        "--errors",
        type=float,
        nargs="?",
        const=0.1,
        metavar="比例",
        help="加入各种差错；写比例，默认 0.1",
    )
    demo.add_argument(
        "--columns",
        type=int,
        metavar="列数",
        help="监测系统导出补足到这么多列（真实导出约 180 列）",
    )

    docs = command("docs", "按声明重新生成数据字典和规则目录", _docs)
    docs.add_argument("--check", action="store_true", help="只看是否过期")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("日期请写成 2023-09-15 的样子") from None


class _Parser(argparse.ArgumentParser):
    """argparse that speaks Chinese."""

    def __init__(self, **words: object) -> None:
        words.setdefault("formatter_class", _Help)
        super().__init__(add_help=False, allow_abbrev=False, **words)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        for pattern, text in _ERRORS:
            if found := re.fullmatch(pattern, message):
                message = text.format(*found.groups())
                break
        self.exit(2, f"用法不对：{message}。写 {self.prog} -h 看说明。\n")


_ERRORS = (
    (r"unrecognized arguments: (.*)", "不认识“{0}”"),
    (r"the following arguments are required: (.*)", "还缺“{0}”"),
    (r"argument (.*): invalid choice: '(.*?)' .*", "没有“{1}”这个命令"),
    (r"argument (.*): expected .* arguments?", "“{0}”后面要写内容"),
    (r"argument (.*): invalid int value: '(.*)'", "“{0}”后面要写整数"),
    (r"argument (.*): (日期.*)", "{0} {1}"),
)


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(
            usage, actions, groups, "用法：" if prefix is None else prefix
        )


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
