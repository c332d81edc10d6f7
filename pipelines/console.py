"""What a person at the terminal sees of long work: a moving line, or plain lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.progress import Progress

_QUIET_SECONDS = 5.0


@contextmanager
def showing() -> Iterator[Progress]:
    """A progress that draws on a terminal and writes seldom, plain lines elsewhere."""
    if sys.stderr.isatty():
        with _drawn() as progress:
            yield progress
    else:
        yield _plain()


@contextmanager
def _drawn() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.progress import Progress as Bars

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("准备", total=None)

        def show(text: str, done: int = 0, total: int = 0) -> None:
            bars.update(task, description=text, completed=done, total=total or None)

        yield show


def _plain() -> Progress:
    last: tuple[str, float] = ("", 0.0)

    def show(text: str, done: int = 0, total: int = 0) -> None:
        nonlocal last
        now = time.perf_counter()
        if text == last[0] and now - last[1] < _QUIET_SECONDS:
            return
        last = (text, now)
        said = f"{text} {done}/{total}" if total else text
        sys.stderr.write(f"{said}\n")
        sys.stderr.flush()

    return show
