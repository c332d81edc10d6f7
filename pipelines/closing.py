"""What a night says at its end: counts and the next step, in Chinese, nobody's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipelines.night import Result

STATES = (
    ("new", "新发现"),
    ("reopened", "再次出现"),
    ("open", "未解决"),
    ("issued", "已派发"),
    ("answered", "已反馈"),
    ("awaiting_proof", "待数据核销"),
    ("closed", "已销号"),
    ("waived", "免查"),
    ("held", "搁置"),
)
_SHOWN_OUTCOMES = (
    ("read", "已读"),
    ("unchanged", "未变"),
    ("duplicate", "重复"),
    ("refused", "拒读"),
    ("left", "留待下次"),
)


_MOST_LINES = 5


def lines(result: Result) -> Iterator[str]:
    """The closing words for the terminal, line by line."""
    run = result.run
    yield f"数据日期 {result.as_of}　{run.get('county') or '（未能判断县名）'}"
    yield "雨露计划资助（户、人、人次分开计，互不相加）："
    for period, figures in run["headline"].items():
        yield f"  {_said(period)}　{_funded(figures)}"
    if total := run.get("headline_total"):
        yield f"  合计　{_funded(total)}"
    counts = run.get("counts", {})
    yield f"问题　{_states(counts.get('findings', {}))}"
    if absent := counts.get("rules", {}).get("not_applicable"):
        yield f"规则　{absent} 条因缺少资料未核对，见总表“总览”"
    yield f"文件　{_named(counts.get('files', {}), _SHOWN_OUTCOMES)}"
    yield from _to_accept(run.get("headings_to_accept", []))
    if result.folder is None:
        yield "这是试运行：以上结果没有发布，也没有留下文件。"
        return
    yield f"已发布到 {result.folder}"
    yield from _next_steps(counts)


_TERMS = {"": "", "1": "秋季", "2": "春季"}


def _said(period: str) -> str:
    """A school year or term as people say it: ``2024-2025学年秋季``."""
    return f"{period[:9]}学年{_TERMS[period[10:]]}"


def _to_accept(lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The lines that would settle moved headings, ready to be copied."""
    if not lines:
        return
    yield "有表的标题变了，暂未采用。核对后如认可，在 headings.toml 末尾加一行："
    for line in lines[:_MOST_LINES]:
        yield f"  {line['line']}"
    if len(lines) > _MOST_LINES:
        yield f"  ……共 {len(lines)} 行，见“文件回执”。"


def _next_steps(counts: Mapping[str, Any]) -> Iterator[str]:
    yield "下一步："
    yield "  1. 打开 对账总表.xlsx，先看“总览”，再看“文件回执”有没有拒读或存疑的文件。"
    issued = counts.get("issued", {})
    villages, townships = issued.get("village", 0), issued.get("township", 0)
    yield (
        f"  2. 把 乡镇/ 和 村/ 下的核查表发给各乡镇、各村"
        f"（村 {villages} 条，乡镇 {townships} 条）。"
    )
    yield "  3. 整改后重新导出放回 data/raw，下一晚自动核销，不用手工打勾。"


def as_markdown(result: Result) -> str:
    """The same counts as a short page for Prefect; no path, no name."""
    run = result.run
    rows = [
        f"| {period} | {f['people']} | {f['households']} | {f['person_periods']} |"
        for period, f in run["headline"].items()
    ]
    head = ["| 学年 | 人 | 户 | 人次 |", "|---|---|---|---|", *rows, ""]
    counts = run.get("counts", {})
    tail = [
        f"问题：{_states(counts.get('findings', {}))}",
        f"文件：{_named(counts.get('files', {}), _SHOWN_OUTCOMES)}",
        "试运行，未发布" if result.folder is None else "已发布",
    ]
    return "\n".join([f"# 数据日期 {result.as_of}", "", *head, *tail, ""])


def _funded(figures: Mapping[str, Any]) -> str:
    said = (
        f"{figures['households']:,} 户　{figures['people']:,} 人　"
        f"{figures['person_periods']:,} 人次　{figures['yuan']:,} 元"
    )
    if figures.get("applied_people"):
        said += f"　（另有审核中 {figures['applied_people']:,} 人）"
    return said


def _states(by_rule: Mapping[str, Mapping[str, int]]) -> str:
    sums: dict[str, int] = {}
    for states in by_rule.values():
        for state, count in states.items():
            sums[state] = sums.get(state, 0) + count
    return _named(sums, STATES)


def _named(counts: Mapping[str, int], names: tuple[tuple[str, str], ...]) -> str:
    said = [f"{title} {counts[name]:,}" for name, title in names if counts.get(name)]
    return "　".join(said) or "无"
