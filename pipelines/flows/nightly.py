"""The nightly flow: one task per stage, a summary of counts, nothing personal.

Import it only after ``home.settle()``: Prefect reads its settings on import.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from prefect import flow, runtime, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from pipelines import closing, faults, night, settings
from pipelines.night import Result, Stage, Tonight
from pipelines.progress import Progress, silent
from pipelines.request import Request

RETRY_SECONDS = [10.0, 60.0]


@flow(name="nightly", persist_result=False)
def nightly(raw: str | None = None, out: str | None = None) -> None:
    """The deployed night: its day is the day the schedule meant, in county time."""
    request = Request(
        raw=Path(raw) if raw else None,
        out=Path(out) if out else None,
        scheduled_on=scheduled_on(),
    )
    through_tasks(request, silent)


def through_tasks(request: Request, progress: Progress) -> Result:
    """A night whose stages are tasks of the running flow, its counts left there too.

    Raises YuluError; the summary is a courtesy and never fails a published night.
    """
    result = night.run(request, progress, wrap=as_task)
    with contextlib.suppress(Exception):
        create_markdown_artifact(closing.as_markdown(result), key="night")
    return result


def as_task(stage: Stage) -> Callable[[Tonight], None]:
    """The stage as a task that takes no parameters and whose errors carry no values."""

    def work_on(tonight: Tonight) -> None:
        @task(
            name=stage.name,
            task_run_name=stage.name,
            retries=stage.retries,
            retry_delay_seconds=RETRY_SECONDS[: stage.retries],
            retry_condition_fn=a_second_try_may_help,
            cache_policy=NO_CACHE,
            persist_result=False,
        )
        def body() -> None:
            fault = None
            try:
                stage.work(tonight)
            except Exception as error:  # noqa: BLE001
                fault = faults.clean(error, stage.title, tonight.settings.out)
            if fault:
                raise fault

        body()

    return work_on


def a_second_try_may_help(task: object, task_run: object, state: Any) -> bool:  # noqa: ARG001
    """Only for files and disks that failed: a wrong input stays wrong."""
    return isinstance(state.data, faults.DiskError)


def scheduled_on() -> date:
    """The day this flow run was meant for, where the county lives."""
    zone = ZoneInfo(settings.load().schedule.timezone)
    meant = runtime.flow_run.scheduled_start_time.astimezone(zone)
    return date(meant.year, meant.month, meant.day)
