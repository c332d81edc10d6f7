"""What may be told about an unexpected exception: its class and place, no values.

Every library we use quotes cell values in its messages, so messages never leave the
process: not to the screen, not to Prefect, not to the log.
"""

from __future__ import annotations

import contextlib
import os
import traceback
from pathlib import Path

from pipelines.errors import YuluError
from pipelines.settings import ROOT

LOG = Path(".log") / "faults.log"


class DiskError(YuluError):
    """A file or a disk failed under us: a second try may help."""


def clean(error: BaseException, doing: str, out: Path | None = None) -> YuluError:
    """The error to show instead; its places go to ``out/.log`` (mode 0600) too."""
    if isinstance(error, YuluError):
        return error
    if out is not None:
        with contextlib.suppress(OSError):
            _append(out / LOG, [doing, *_places(error), ""])
    kind = DiskError if isinstance(error, OSError) else YuluError
    return kind(
        f"{doing}时程序出错（{_name(error)}，{_place(error)}），没有发布任何内容，"
        f"上一次的结果不受影响。{_advice(error)}"
    )


def _advice(error: BaseException) -> str:
    if isinstance(error, PermissionError):
        return "请检查输出文件夹是否可写，然后重新运行。"
    if isinstance(error, OSError):
        return "请检查磁盘空间和网络盘是否正常，然后重新运行。"
    if isinstance(error, MemoryError):
        return "内存不足：请关闭其他程序，或换一台内存更大的电脑。"
    return "请把这一行告诉维护人员。"


def _name(error: BaseException) -> str:
    return type(error).__qualname__


def _place(error: BaseException) -> str:
    """The innermost line of ours that the error passed through."""
    ours = [place for place in _frames(error) if not place.startswith("…")]
    return ours[-1] if ours else "未知位置"


def _places(error: BaseException) -> list[str]:
    """Class and lines of the error and of what caused it, outermost first."""
    found: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        found += [_name(at), *(f"  {place}" for place in _frames(at))]
        at = at.__cause__ or at.__context__
    return found


def _frames(error: BaseException) -> list[str]:
    return [
        f"{_short(frame.filename)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(ROOT) and ".venv" not in path.parts:
        return path.relative_to(ROOT).as_posix()
    return "…/" + "/".join(path.parts[-2:])


def _append(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    with open(os.open(path, flags, 0o600), "a", encoding="utf-8") as log:  # noqa: PTH123
        log.write("\n".join(lines) + "\n")
