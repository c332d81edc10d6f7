#!/usr/bin/env python3
"""Sets the project up on a bare Python and runs it: no other tool is needed first.

    python3 run.py                  one night (the same as ``yulu run``)
    python3 run.py test [...]       the tests (pytest, its options pass through)
    python3 run.py <command> [...]  any other ``yulu`` command

Standard library only. The environment lives in ``.venv`` and is built once from the
hash-pinned ``requirements.lock``; afterwards no network is needed. A build that was
interrupted has no stamp and is done again.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.stderr.write("需要 Python 3.11 或更新的版本，当前是 %s。\n" % sys.version)
    sys.exit(2)

import contextlib
import venv
from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / ".ready"
WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")


def main(words: list[str]) -> int:
    """The exit code of the command that was asked for."""
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if not is_ready(wanted):
        with one_at_a_time():
            if not is_ready(wanted):
                build()
                STAMP.write_text(wanted, encoding="ascii")
    if words[:1] == ["test"]:
        os.chdir(ROOT)
        return hand_over(["-m", "pytest", *words[1:]])
    return hand_over(["-m", "pipelines.cli", *words])


def is_ready(wanted: str) -> bool:
    """Whether the environment was built to its end from this lock and this Python."""
    try:
        return STAMP.read_text(encoding="ascii") == wanted and PYTHON.exists()
    except (OSError, UnicodeDecodeError):
        return False


def build() -> None:
    """Leaves a fresh environment with the locked packages and the command ``yulu``."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        stop("请用系统自带的 python3 运行，不要用 .venv 里的：它需要重建。")
    say("首次运行（或依赖已更新）：正在准备环境，约需一分钟，只需这一次……")
    uv = shutil.which("uv")
    if not (uv and make_venv(pip=False) and install_with([uv])):
        if not make_venv(pip=True):
            stop(
                "无法建立虚拟环境。Debian、Ubuntu、统信、麒麟等系统请先安装："
                "sudo apt install python3-venv，然后重新运行。"
            )
        pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
        pip += ["install", "--quiet", "--no-deps", "--require-hashes", "-r"]
        if not (install_uv(pip) and install_with([str(PYTHON), "-m", "uv"])):
            say("改用 pip 安装，会慢一些（一到两分钟）……")
            if not succeeds([*pip, str(LOCK)]):
                stop("安装依赖失败：请检查网络，或 pip 的镜像设置，然后重新运行。")
    link_project()
    say("环境已就绪。")


def make_venv(pip: bool) -> bool:
    """Whether an empty environment now stands in ``.venv``."""
    try:
        venv.create(VENV, clear=True, with_pip=pip, symlinks=not WINDOWS)
    except (OSError, ImportError, subprocess.CalledProcessError):
        return False
    return True


def install_uv(pip: list[str]) -> bool:
    """Whether the fast installer is there, in the version and hashes of the lock."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    starts = [n for n, line in enumerate(lines) if line.startswith("uv==")]
    if not starts:
        return False
    end = starts[0] + 1
    while end < len(lines) and lines[end].startswith(" "):
        end += 1
    pinned = VENV / "uv.txt"
    pinned.write_text("\n".join(lines[starts[0] : end]) + "\n", encoding="utf-8")
    return succeeds([*pip, str(pinned)])


def install_with(uv: list[str]) -> bool:
    """Whether uv installed the lock.

    Office networks and bare environments need the system's certificates. No bytecode
    is compiled here: it would take longer than everything else, and Python writes it
    for the modules that are really used.
    """
    words = [*uv, "pip", "install", "--quiet", "--system-certs", "--require-hashes"]
    return succeeds([*words, "--python", str(PYTHON), "-r", str(LOCK)])


def link_project() -> None:
    """Makes the project importable from its environment, and ``yulu`` a command."""
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = [str(PYTHON), "-c", where]
    purelib = subprocess.run(asked, capture_output=True, check=True).stdout
    folder = Path(os.fsdecode(purelib).strip())
    (folder / "yulu.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if WINDOWS:
        text = f'@"{PYTHON}" -X utf8 -m pipelines.cli %*\r\n'
        (SCRIPTS / "yulu.cmd").write_text(text, encoding="utf-8")
    else:
        command = SCRIPTS / "yulu"
        text = f'#!/bin/sh\nexec "{PYTHON}" -m pipelines.cli "$@"\n'
        command.write_text(text, encoding="utf-8")
        command.chmod(0o755)


def succeeds(words: list[str]) -> bool:
    """Whether a command ran and ended well."""
    try:
        return subprocess.run(words, env=environment(), check=False).returncode == 0
    except OSError:
        return False


def hand_over(words: list[str]) -> int:
    """Runs Python in the environment; on POSIX this process becomes that one.

    So signals and exit codes need no passing on, and killing it kills the work.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    command = [str(PYTHON), *words]
    if not WINDOWS:
        os.execve(PYTHON, command, environment())
    return subprocess.run(command, env=environment(), check=False).returncode


def environment() -> dict[str, str]:
    """The caller's environment without what would slow or mislead our Python."""
    dropped = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}
    kept = {name: text for name, text in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONUTF8": "1"}


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Lets one process build; a second one waits, then finds everything ready."""
    with (ROOT / ".venv.lock").open("a+b") as handle:
        if sys.platform == "win32":
            import msvcrt

            while True:
                with contextlib.suppress(OSError):
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def say(text: str) -> None:
    """Writes one line to stderr, whatever the terminal's coding."""
    sys.stderr.buffer.write(f"{text}\n".encode(sys.stderr.encoding, "replace"))
    sys.stderr.flush()


def stop(text: str) -> None:
    """Ends with a plain word."""
    say(text)
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
