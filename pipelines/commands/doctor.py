"""Every promise of the product with the figure that last night gives for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines import published, rules
from pipelines.report.tables import file_hashes
from pipelines.settings import Settings

_WAYS = "select * from blocking order by rule"
_UNBALANCED = Path(__file__).parent / "doctor_unbalanced.sql"


def doctor(settings: Settings) -> Iterator[str]:
    """Lines: one per promise; raises NothingToReadError before the first night."""
    folder = published.latest(settings.out)
    run = published.run_of(folder)
    counts: dict[str, Any] = run["counts"]
    with published.tables(folder) as con:
        unbalanced = published.records(con, _UNBALANCED.read_text(encoding="utf-8"))
        ways = {way["rule"]: way for way in published.records(con, _WAYS)}
    rows = dict.fromkeys(("accepted", "held"), 0)
    for fates in counts["rows"].values():
        for fate, count in fates.items():
            rows[fate] = rows.get(fate, 0) + count
    states: dict[str, int] = {}
    for of_rule in counts["findings"].values():
        for state, count in of_rule.items():
            states[state] = states.get(state, 0) + count
    changed = sum(
        1
        for name, sha256 in file_hashes(folder).items()
        if run["outputs"].get(name, sha256) != sha256
    )
    open_files = sum(1 for path in folder.rglob("*") if _is_open(path))
    yield f"最近一次发布：{folder.name}　版本 {run['version']}"
    yield (
        f"1 行不丢失　共 {sum(rows.values())} 行，采用 {rows['accepted']}，"
        f"暂扣 {rows['held']}，账不平的工作表 {len(unbalanced)} 张"
    )
    yield (
        f"2 不半途发布　登记输出 {len(run['outputs'])} 个，发布后被改动 {changed} 个，"
        f"遗留半成品 {'有' if (settings.out / '.work').exists() else '无'}"
    )
    refused = counts["files"].get("refused", 0)
    yield f"3 坏数据不派活　搁置 {states.get('held', 0)} 条，拒读文件 {refused} 个"
    yield "4 反馈不丢　本版本尚不收回核查表，放入的核查表原样保留"
    yield f"5 同样输入同样结果　输入 {len(run['inputs'])} 个文件均记有校验值"
    yield f"6 恶意文件无害　存疑 {sum(counts['issues'].values())} 处，均有位置，无一中断运行"
    yield f"7 不泄露个人信息　权限过宽的输出文件 {open_files} 个"
    yield "8 不联网　遥测已关，只用本机回环地址"
    yield f"9 不重叠运行　已发布 {len(published.nights(settings.out))} 个数据日期，每个日期只有一份"
    yield (
        f"10 规则　{len(rules.catalogue())} 条，"
        f"不适用 {counts['rules'].get('not_applicable', 0)}，"
        f"出错 {counts['rules'].get('error', 0)}{_slowest(settings, folder)}；{_linking(ways)}"
    )


def _slowest(settings: Settings, folder: Path) -> str:
    """How long the rules took, and which took longest."""
    rules_ = published.timings(settings.out, folder).get("rules", {})
    if not rules_:
        return ""
    code, seconds = max(rules_.items(), key=lambda one: (one[1], one[0]))
    return (
        f"，全部用时 {sum(rules_.values()):.2f} 秒，最长 {code} {seconds:.2f} 秒"
        "（每条见 yulu explain 规则代码）"
    )


def _linking(ways: dict[str, dict[str, Any]]) -> str:
    """What was compared to link the rosters, and what that probably missed."""
    whole = ways.get("all", {})
    missed = whole.get("missed_estimate")
    return (
        f"按号码直接关联 {ways.get('number', {}).get('linked', 0)} 行，"
        f"按姓名和住处比对 {whole.get('pairs', 0)} 对、提出 {whole.get('linked', 0)} 行，"
        f"估计漏比 {'不详' if missed is None else missed} 行"
    )


def _is_open(path: Path) -> bool:
    """Whether others than the owner may read it; Windows has no such bits."""
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)
