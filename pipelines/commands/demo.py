"""An invented county's exports, for trying things out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import UsageError
from pipelines.settings import ROOT
from schemas.synth import make_county


def demo(
    to: Path | None,
    people: int,
    seed: int,
    *,
    mess: bool,
    errors: float | None,
    columns: int | None = None,
) -> Iterator[str]:
    """Lines on what was written below ``to``; raises UsageError when it is not empty."""
    to = to or ROOT / "data" / "demo" / f"{people}-{seed}"
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise UsageError("请给一个新的或空的文件夹，示例数据不会写进已有内容的文件夹。")
    if people < 1 or not 0 <= (errors or 0) <= 1:
        raise UsageError("人数至少为 1，差错比例在 0 到 1 之间。")
    truth = make_county(
        to,
        people=people,
        seed=seed,
        mess=mess,
        errors=errors,
        wide=columns is not None,
        columns=columns or 0,
    )
    raw = to / "raw"
    count = sum(1 for path in raw.rglob("*") if path.is_file()) - 1
    yield f"已写出虚构县的 {count} 个导出文件：{raw}（全部人员、号码均为虚构）"
    yield f"应当发现的问题共 {len(truth.findings)} 条，见 {to / 'truth.json'}"
    yield f"试核对：yulu run --raw {raw} --out {to / 'out'}"
