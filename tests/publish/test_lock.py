"""One run at a time; the dead hold nothing."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import lock
from pipelines.errors import AlreadyRunningError, UsageError
from pipelines.settings import ROOT

HOLDER = """
import sys, time
from pathlib import Path
from pipelines import lock
with lock.hold(Path(sys.argv[1])):
    sys.stdout.write("held\\n"); sys.stdout.flush(); time.sleep(60)
"""


def test_a_second_run_is_refused_at_once_and_the_next_one_is_not(
    tmp_path: Path,
) -> None:
    with lock.hold(tmp_path):
        with (
            pytest.raises(AlreadyRunningError, match="另一次运行正在进行") as refusal,
            lock.hold(tmp_path),
        ):
            pass
        assert refusal.value.exit_code == 5
    with lock.hold(tmp_path):
        assert stat.S_IMODE((tmp_path / lock.NAME).stat().st_mode) == 0o600


def test_the_lock_of_a_killed_run_is_free_again(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"
    with pytest.raises(AlreadyRunningError), lock.hold(tmp_path):
        pass
    child.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    child.wait()
    child.stdout.close()
    with lock.hold(tmp_path):
        pass


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    treasure = tmp_path / "treasure"
    treasure.write_text("kept")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / lock.NAME).symlink_to(treasure)
    with pytest.raises(UsageError), lock.hold(tmp_path / "out"):
        pass
    assert treasure.read_text() == "kept"
