"""Errors that stop a run: one class per kind of blame, each with its exit code.

A message is Chinese, says what to do next, and is built from codes and places only:
no name, number or cell value may stand in it.
"""

from __future__ import annotations

from typing import ClassVar


class YuluError(Exception):
    """Our own fault, or one that nobody foresaw."""

    exit_code: ClassVar[int] = 1


class UsageError(YuluError):
    """The command, its settings or its folders cannot be used as given."""

    exit_code: ClassVar[int] = 2


class NothingToReadError(YuluError):
    """No usable export of a required source."""

    exit_code: ClassVar[int] = 3


class HeldBackError(YuluError):
    """Computed, but too far from the last published run to go out unseen."""

    exit_code: ClassVar[int] = 4


class AlreadyRunningError(YuluError):
    """Another run holds the lock."""

    exit_code: ClassVar[int] = 5
