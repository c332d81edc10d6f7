"""The schedule: a server on loopback, one deployment, and the process that runs it.

This module alone reads the clock: to see that future runs exist, and to catch up, once,
the night that a machine slept through. No result depends on it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID
from zoneinfo import ZoneInfo

from pipelines import settings
from pipelines.errors import AlreadyRunningError, UsageError, YuluError
from pipelines.flows import direct, home, server
from pipelines.request import Request
from pipelines.settings import ROOT, Schedule, Settings

if TYPE_CHECKING:
    from prefect.client.schemas.filters import DeploymentFilter, FlowRunFilter

NAME = "nightly"
WAIT_SECONDS = 90


def serve(schedule: Schedule, asked: Request, say: Callable[[str], None]) -> None:
    """Serves until stopped; raises YuluError when the schedule does not come alive.

    Of what was asked, the folders go with every scheduled night.
    """
    cron = as_cron(schedule.at)
    url = f"http://{home.LOOPBACK}:{schedule.port}/api"
    if direct.answers(url):
        raise AlreadyRunningError(
            f"定时服务已经在运行（本机端口 {schedule.port}），不用再启动。"
        )
    # run by path from here: the deployment records no machine's folder
    os.chdir(ROOT)
    with server.started(schedule.port, with_schedule=True) as started:
        say("正在启动定时服务……")
        import prefect  # noqa: F401  # while the server starts

        if started.url() is None:
            raise YuluError(
                f"定时服务无法启动：请查看 .prefect/server.log，或确认端口 "
                f"{schedule.port} 没有被占用（yulu.toml 的 [schedule] port）。"
            )
        os.environ["PREFECT_API_URL"] = url
        from prefect.settings import PREFECT_API_URL, temporary_settings

        with temporary_settings({PREFECT_API_URL: url}):
            asyncio.run(_run(schedule, cron, asked, say))


def as_cron(at: str) -> str:
    """``02:00`` → ``0 2 * * *``; raises UsageError."""
    hour, colon, minute = at.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal()):
        raise UsageError("时间请写成 02:00 的样子（yulu.toml 的 [schedule] at）。")
    if int(hour) > 23 or int(minute) > 59:
        raise UsageError("时间请写成 00:00 到 23:59 之间。")
    return f"{int(minute)} {int(hour)} * * *"


async def _run(
    schedule: Schedule, cron: str, asked: Request, say: Callable[[str], None]
) -> None:
    from prefect.client.schemas.objects import (
        ConcurrencyLimitConfig,
        ConcurrencyLimitStrategy,
    )
    from prefect.runner import Runner
    from prefect.schedules import Cron

    from pipelines.flows.nightly import nightly

    runner = Runner(name=NAME, pause_on_shutdown=False, query_seconds=5)
    deployment = await runner.aadd_flow(
        nightly,
        name=NAME,
        schedule=Cron(cron, timezone=schedule.timezone),
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
        parameters={
            "raw": str(asked.raw.absolute()) if asked.raw else None,
            "out": str(asked.out.absolute()) if asked.out else None,
        },
        description="雨露对账：每晚一次",
    )
    count, first = await future_runs(deployment)
    zone = ZoneInfo(schedule.timezone)
    say(
        f"定时已登记：每天 {schedule.at}（{schedule.timezone}），服务器上已排好 "
        f"{count} 次，下一次 {first.astimezone(zone):%Y-%m-%d %H:%M}。"
    )
    if await catch_up(
        deployment, schedule, settings.load(raw=asked.raw, out=asked.out)
    ):
        say("关机期间错过了一次，现在补做（只补一次）。")
    say("请让本窗口开着；按 Ctrl-C 停止。")
    # its own handler leaves a coroutine behind and says so on the screen
    runner.handle_sigterm = _stop  # type: ignore[method-assign]
    await runner.start()


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


async def future_runs(deployment: UUID) -> tuple[int, datetime]:
    """How many runs the server has planned, and the first; raises YuluError if none.

    A server whose scheduler is broken looks healthy and never runs anything: seen with
    a newer database library. Only asking for the runs themselves tells.
    """
    from prefect.client.orchestration import get_client

    async with get_client() as client:
        for _ in range(WAIT_SECONDS):
            now = _now()
            times = [
                run.expected_start_time
                for run in await client.read_flow_runs(
                    deployment_filter=_only(deployment), flow_run_filter=_scheduled()
                )
                if run.expected_start_time and run.expected_start_time > now
            ]
            if times:
                return len(times), min(times)
            await asyncio.sleep(1)
    raise YuluError(
        "定时已登记，但服务器没有排出任何一次运行：请用 python3 run.py 重建环境"
        "（先删除 .venv 文件夹），再试一次；在此之前请每天手工运行 yulu run。"
    )


async def catch_up(deployment: UUID, schedule: Schedule, found: Settings) -> bool:
    """Whether a missed night was planned anew: the last one only, and only once.

    Nobody else works on this deployment, so a run that still counts as running was cut
    off with the machine; it would block the next one until its lease ends.
    """
    from prefect.client.orchestration import get_client
    from prefect.states import Crashed, Scheduled

    now, zone = _now(), ZoneInfo(schedule.timezone)
    was_missed = False
    async with get_client() as client:
        for run in await client.read_flow_runs(deployment_filter=_only(deployment)):
            state = run.state
            if state is None or state.is_final():
                continue
            if not state.is_scheduled():
                await client.set_flow_run_state(run.id, Crashed(message="电脑中断"))
                was_missed = True
            elif run.expected_start_time and run.expected_start_time <= now:
                await client.delete_flow_run(run.id)
                was_missed = True
        due = last_due(now.astimezone(zone), schedule.at)
        if not was_missed or (found.out / f"{found.as_of or due.date()}").is_dir():
            return False
        await client.create_flow_run_from_deployment(
            deployment, state=Scheduled(scheduled_time=due)
        )
    return True


def last_due(now: datetime, at: str) -> datetime:
    """The latest moment not after ``now`` at which the schedule was due."""
    hour, _, minute = at.partition(":")
    due = now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    return due if due <= now else due - timedelta(days=1)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251


def _only(deployment: UUID) -> DeploymentFilter:
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId

    return DeploymentFilter(id=DeploymentFilterId(any_=[deployment]))


def _scheduled() -> FlowRunFilter:
    from prefect.client.schemas.filters import (
        FlowRunFilter,
        FlowRunFilterState,
        FlowRunFilterStateType,
    )
    from prefect.client.schemas.objects import StateType

    kind = FlowRunFilterStateType(any_=[StateType.SCHEDULED])
    return FlowRunFilter(state=FlowRunFilterState(type=kind))
