"""A Prefect server on loopback that cannot outlive whoever started it.

Prefect's own embedded server stays behind as an orphan when its starter is killed
hard. This one reads its standard input: when the starter dies in whatever way, the
pipe closes and the server ends. It is started before the heavy imports, so that both
happen at the same time.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pipelines.flows import home
from pipelines.settings import ROOT

START_SECONDS = 90
STOP_SECONDS = 10


@dataclass(frozen=True)
class Server:
    """A server process on its way up."""

    process: subprocess.Popen[str]

    def url(self) -> str | None:
        """The API address once the server answers; null when it did not come up."""
        stdout = self.process.stdout
        if stdout is None:
            return None
        said: list[str] = []
        reader = threading.Thread(
            target=lambda: said.append(stdout.readline()), daemon=True
        )
        reader.start()
        reader.join(START_SECONDS)
        port = said[0].strip() if said else ""
        return f"http://{home.LOOPBACK}:{port}/api" if port.isdigit() else None


@contextmanager
def started(port: int = 0, *, with_schedule: bool = False) -> Iterator[Server]:
    """A server process in the background, ended with the block; port 0 = any free one.

    ``with_schedule`` runs the services that make scheduled runs; one night needs none.
    """
    home.settle()
    words = [sys.executable, "-m", "pipelines.flows.server", str(port)]
    words += ["schedule"] if with_schedule else []
    log = home.HOME / "server.log"
    log.touch(0o600)
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            words,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        yield Server(process)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def serve(port: int, *, with_schedule: bool) -> None:
    """Serves until the starter's end of standard input closes; prints the port."""
    threading.Thread(target=_die_with_starter, daemon=True).start()
    if not with_schedule:
        os.environ["PREFECT__SERVER_EPHEMERAL"] = "1"
    os.environ["PREFECT__SERVER_FINAL"] = "1"

    import uvicorn

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            for listening in self.servers:
                number = listening.sockets[0].getsockname()[1]
                sys.stdout.write(f"{number}\n")
                sys.stdout.flush()

    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        host=home.LOOPBACK,
        port=port,
        log_level="error",
        lifespan="on",
        timeout_graceful_shutdown=2,
    )
    Announcing(config).run()


def _die_with_starter() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    serve(int(sys.argv[1]), with_schedule=sys.argv[2:] == ["schedule"])
