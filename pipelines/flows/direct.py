"""One night now, as a Prefect flow: with the server that runs, or an embedded one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines import settings
from pipelines.errors import YuluError
from pipelines.flows import home, server
from pipelines.progress import Progress
from pipelines.request import Request

if TYPE_CHECKING:
    from pipelines.night import Result


class PrefectTroubleError(Exception):
    """Prefect failed, not the night; says the class of what happened."""


def execute(request: Request, progress: Progress) -> Result:
    """The night's result; raises its YuluError, or PrefectTroubleError before one."""
    outcome: list[Result | YuluError] = []
    try:
        with _api() as find_url:
            _as_flow(request, progress, outcome, find_url)
    except YuluError as error:
        outcome.append(error)
    except Exception as error:  # noqa: BLE001
        if not outcome:
            raise PrefectTroubleError(type(error).__qualname__) from None
    if isinstance(outcome[0], YuluError):
        raise outcome[0]
    return outcome[0]


def _as_flow(
    request: Request,
    progress: Progress,
    outcome: list[Result | YuluError],
    api: server.Server | str,
) -> None:
    from prefect import flow
    from prefect.settings import (
        PREFECT_API_URL,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        temporary_settings,
    )

    from pipelines.flows.nightly import through_tasks

    @flow(name="nightly", persist_result=False)
    def nightly() -> None:
        outcome.append(through_tasks(request, progress))

    url = api if isinstance(api, str) else api.url()
    if url is None or not answers(url):
        # a machine without even a loopback: Prefect itself would try for half a minute
        raise ConnectionError
    # nobody watches a direct run's heartbeat, and waiting for its thread costs a second
    quiet = {PREFECT_API_URL: url, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
    with temporary_settings(quiet):
        nightly()


@contextmanager
def _api() -> Iterator[server.Server | str]:
    """The address of a server that answers, else one on its way up."""
    given = os.environ.get("PREFECT_API_URL", "")
    home.settle()
    port = settings.load().schedule.port
    for url in (given, f"http://{home.LOOPBACK}:{port}/api"):
        if home.is_ours(url) and answers(url):
            yield url
            return
    os.environ.pop("PREFECT_API_URL", None)
    with server.started() as embedded:
        yield embedded


def answers(url: str) -> bool:
    """Whether a Prefect server speaks at this address of our own machine."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=2)
    try:
        connection.request("GET", f"{parts.path}/health")
        return connection.getresponse().read() == b"true"
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
