"""How the characters of a text file are written, told from its bytes."""

from __future__ import annotations

import codecs
import re
from pathlib import Path


def text_encoding(path: Path) -> str | None:
    """The encoding that decodes the whole file strictly; null when none does.

    A mark decides; without one UTF-8 is tried before GB18030, because GB18030 accepts
    much of what is really UTF-8. Control characters mean a binary file.
    """
    with path.open("rb") as file:
        head = file.read(4)
        if head.startswith(codecs.BOM_UTF8):
            candidates: tuple[str, ...] = ("utf-8-sig",)
        elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            candidates = ("utf-16",)
        else:
            candidates = ("utf-8", "gb18030")
    return next((name for name in candidates if _decodes(path, name)), None)


_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while chunk := file.read(1 << 20):
                if _CONTROL.search(chunk):
                    return False
    except UnicodeError:
        return False
    return True
