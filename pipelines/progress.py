"""How long work tells what it is doing: a word, and how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called with a Chinese word for the step and how many of how many are done.

    ``total`` 0 means unknown. The word carries no file name and no personal value.
    """

    def __call__(self, text: str, done: int = 0, total: int = 0) -> None: ...


def silent(text: str, done: int = 0, total: int = 0) -> None:
    """Says nothing: for tests, and for whoever only wants the result."""
