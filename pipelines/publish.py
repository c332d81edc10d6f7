"""A run's way out: written aside, then one step into place, then one pointer.

Whatever is killed at whatever moment, the last good run stays whole and ``latest``
leads to a whole run; what a dead run left behind, ``sweep`` clears at the next start.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import disk
from pipelines.errors import HeldBackError, UsageError

LATEST, WORK, RUN = "latest", ".work", "run.json"
KEPT = "kept"  # answers of reading processes; may be deleted at any time
PUBLISHED, HELD_BACK = "published", "held_back"
LISTS = {
    "list_enrolled": "脱贫劳动力入读职业院校清单",
    "list_students": "雨露计划在读学生清单",
    "list_graduates": "雨露计划毕业学生去向清单",
    "list_employment": "就业情况清单",
}
_NIGHT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WAS, _OLD, _PROBE = ".was-", ".old-", ".probe-"
# fewer lost lines than this say nothing: a list of four may well become one of two
_LEAST_LOST = 5
_MIB = 1024 * 1024


def prepare(out: Path, raw: Path | None = None) -> None:
    """The output folder is there and fit to be written; else UsageError says why."""
    if out.is_symlink():
        raise UsageError("输出文件夹是一个链接，请直接指定真实的文件夹。")
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, probe = tempfile.mkstemp(prefix=_PROBE, dir=out)
        os.close(handle)
        Path(probe).unlink()
        free = shutil.disk_usage(out).free
    except OSError:
        raise UsageError(
            "输出文件夹不可写：请检查它是否只读、磁盘是否已满，或用 --out 另行指定。"
        ) from None
    for entry in sorted(out.iterdir()):
        is_ours = entry.name in (WORK, KEPT, ".lock") or entry.name.startswith(
            "history."
        )
        if (is_ours or _NIGHT.fullmatch(entry.name)) and entry.is_symlink():
            raise UsageError(f"输出文件夹中的 {entry.name} 是链接，请移走后再运行。")
    if (out / LATEST).exists() and not (out / LATEST).is_symlink():
        raise UsageError(f"输出文件夹中的 {LATEST} 不是本程序建立的，请移走后再运行。")
    need = 64 * _MIB + 4 * _size(raw)
    if free < need:
        raise UsageError(
            f"磁盘空间不足：大约需要 {need // _MIB} MB，输出文件夹所在磁盘只剩"
            f" {free // _MIB} MB。请清理磁盘，或用 --out 另行指定。"
        )


def sweep(out: Path) -> None:
    """What dead runs left is finished or gone; only for whoever holds the lock."""
    for old in sorted(out.glob(f"{_OLD}*")):
        target = out / old.name.removeprefix(_OLD)
        if target.exists():
            disk.remove(old)
        else:
            old.rename(target)
    for was in sorted(out.glob(f"{_WAS}*")):
        target = out / was.name.removeprefix(_WAS)
        if disk.pointed(out / LATEST) == was.name and target.exists():
            disk.point(out / LATEST, target.name)
        disk.remove(was)
    for left in (out / WORK, *out.glob(f"{_PROBE}*"), *out.glob(f".{LATEST}.new*")):
        disk.remove(left)
    if disk.pointed(out / LATEST) is not None and latest(out) is None:
        # somebody deleted the night it led to
        last = last_night(out)
        if last:
            disk.point(out / LATEST, last.name)


def publish(folder: Path, out: Path, as_of: date, hold_back_share: float = 0.5) -> None:
    """Moves an audited folder (below ``out``) to ``out/<as_of>`` and points to it.

    What stood there before, stands at ``folder`` afterwards. Raises HeldBackError when
    a list lost more than ``hold_back_share`` of its lines since the last published run:
    then the folder is kept, but ``latest`` and a good run of the same day stay.
    """
    target = out / as_of.isoformat()
    aside = out / f"{target.name}.{HELD_BACK}"
    if target.is_symlink() or target.is_file():
        raise UsageError(f"输出文件夹中的 {target.name} 不是文件夹，请移走后再运行。")
    was_published = outcome(target) == PUBLISHED
    doubt = shrunk(folder, out, as_of, hold_back_share)
    if doubt:
        target = aside if was_published else target
        _conclude(folder, HELD_BACK, doubt)
        _place(folder, target)
        raise HeldBackError(
            f"已算完，但没有发布：{doubt}。请检查导出文件是否齐全。"
            f"结果在 {target.name}，latest 仍是上一次；"
            "确认无误的，请调大设置 hold_back_share 后重新运行。"
        )
    _conclude(folder, PUBLISHED, None)
    newest = disk.pointed(out / LATEST) or ""
    _place(folder, target)
    # a past night that is replayed does not become the latest again
    if not (was_published and newest > target.name and latest(out)):
        disk.point(out / LATEST, target.name)
    disk.remove(aside)


def night_folders(out: Path) -> dict[date, Path]:
    """The folders named by a night, newest first, whatever became of the run."""
    found = {}
    for folder in sorted(out.iterdir(), reverse=True) if out.is_dir() else ():
        with contextlib.suppress(ValueError):
            if _NIGHT.fullmatch(folder.name) and not folder.is_symlink():
                found[date.fromisoformat(folder.name)] = folder
    return found


def last_night(out: Path, by: date = date.max) -> Path | None:
    """The newest published night that is no later than ``by``; null without one."""
    for day, folder in night_folders(out).items():
        if day <= by and outcome(folder) == PUBLISHED:
            return folder
    return None


def latest(out: Path) -> Path | None:
    """The folder of the last good run; null when there is none."""
    name = disk.pointed(out / LATEST)
    if name is None or Path(name).name != name or not (out / name / RUN).is_file():
        return None
    return out / name


def outcome(folder: Path) -> str | None:
    """What run.json says became of the run; null without a readable one."""
    stated = manifest(folder).get("outcome")
    return stated if isinstance(stated, str) else None


def manifest(folder: Path) -> dict[str, Any]:
    """run.json of a folder; empty when it cannot be read."""
    try:
        read = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def shrunk(folder: Path, out: Path, as_of: date, share: float) -> str | None:
    """Which lists lost too many lines since the last published run; null when none."""
    last = last_night(out, as_of)
    if last is None:
        return None
    old, new = manifest(last).get("tables", {}), manifest(folder).get("tables", {})
    said = [
        f"{title}由 {old[name]} 行减少到 {new.get(name, 0)} 行"
        for name, title in LISTS.items()
        if old.get(name, 0) - new.get(name, 0)
        > max(share * old.get(name, 0), _LEAST_LOST - 1)
    ]
    return f"与上次发布（{last.name}）相比，{'，'.join(said)}" if said else None


def _conclude(folder: Path, said: str, why: str | None) -> None:
    run = manifest(folder) | {"outcome": said}
    if why:
        run["held_back_because"] = why
    text = json.dumps(run, ensure_ascii=False, indent=1) + "\n"
    (folder / RUN).write_text(text, encoding="utf-8", newline="\n")


def _place(folder: Path, target: Path) -> None:
    """``folder`` becomes ``target``; nobody meets half of it."""
    disk.seal(folder)
    disk.sync(folder.parent)
    if not target.exists():
        folder.rename(target)
    elif not disk.exchange(folder, target):
        _swap(folder, target)
    disk.sync(target.parent)
    if folder.parent.is_dir():
        disk.sync(folder.parent)


def _swap(folder: Path, target: Path) -> None:
    """Two renames instead of one; meanwhile ``latest`` leads to a twin of the old run.

    Killed in between, ``sweep`` puts the old run back.
    """
    out, name = target.parent, target.name
    was, old = out / f"{_WAS}{name}", out / f"{_OLD}{name}"
    is_latest = disk.pointed(out / LATEST) == name
    if is_latest:
        disk.twin(target, was)
        disk.point(out / LATEST, was.name)
    target.rename(old)
    folder.rename(target)
    disk.sync(out)
    if is_latest:
        disk.point(out / LATEST, name)
    disk.remove(was)
    old.rename(folder)


def _size(raw: Path | None) -> int:
    """Bytes below a folder, links not followed."""
    files = [path for path in raw.rglob("*") if not path.is_symlink()] if raw else []
    return sum(path.stat().st_size for path in files if path.is_file())
