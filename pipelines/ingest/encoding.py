"""How the characters of a text file are written, told from its bytes.

Never guessed by a library: an encoding is taken when it decodes the whole file
strictly and what comes out can be Chinese office text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1 << 20
# Tab, line ends and the file-end mark of old programs aside; a few may be strays.
_CONTROL = re.compile("[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_STRAY_SHARE = 0.001
# What office text is made of: the 3,755 everyday characters (GB 2312 level 1), the
# punctuation and full-width forms of the same standard.
_EVERYDAY = "".join(
    bytes((lead, trail)).decode("gb2312", "ignore")
    for leads in ((0xA1,), (0xA3,), range(0xB0, 0xD8))
    for lead in leads
    for trail in range(0xA1, 0xFF)
)
_NOT_EVERYDAY = re.compile(f"[^\x00-\x7f\xa0{re.escape(_EVERYDAY)}]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_DAMAGED = re.compile("[\ufffd\ue000-\uf8ff]")
_WINDOW = 2000
# Names and places are some 2 % rare characters; Big5 taken for GB is over 60 %.
_MOST_RARE = 0.3
_FEWEST = 24  # so many characters are needed to judge a window
_THREE_BYTES = re.compile("[\u0800-\uffff]")
_SURELY_UTF8 = 3  # so many three-byte characters are valid by chance in no GB line
_GUESSES = frozenset({"gb18030", "utf-16-le", "utf-16-be"})


def text_encoding(path: Path) -> str | None:
    """The encoding that decodes the whole file strictly; null when none does.

    A mark decides. Without one, zero bytes mean UTF-16, then UTF-8 is tried before
    GB18030, because GB18030 accepts much of what is really UTF-8.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    return next((name for name in _candidates(head) if _is_text(path, name)), None)


def _candidates(head: bytes) -> tuple[str, ...]:
    if head.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\x00" in head:
        # Separators and digits are ASCII: their zero byte stands second or first.
        first, second = head[::2].count(0), head[1::2].count(0)
        if first and second and min(first, second) * 20 > max(first, second):
            return ()
        return ("utf-16-le",) if second > first else ("utf-16-be",)
    return ("utf-8", "gb18030")


def _is_text(path: Path, encoding: str) -> bool:
    strays = size = 0
    # UTF-8 and marked UTF-16 say themselves what they are; the others are guesses.
    odd = _NOT_EVERYDAY if encoding in _GUESSES else _DAMAGED
    try:
        for text in _chunks(path, encoding):
            strays += len(_CONTROL.findall(text))
            size += len(text)
            if "\x00" in text or not _is_plausible(text, odd):
                return False
    except UnicodeError:
        return False
    return strays <= size * _STRAY_SHARE and not (
        encoding == "gb18030" and _mixes_utf8(path)
    )


def _chunks(path: Path, encoding: str) -> Iterator[str]:
    with path.open(encoding=encoding, newline="") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _is_plausible(text: str, odd: re.Pattern[str]) -> bool:
    """Whether no stretch of the text is nonsense, as a wrong encoding gives."""
    for at in range(0, len(text), _WINDOW):
        window = text[at : at + _WINDOW]
        beyond = len(_NOT_ASCII.findall(window))
        if beyond >= _FEWEST and len(odd.findall(window)) > beyond * _MOST_RARE:
            return False
    return True


def _mixes_utf8(path: Path) -> bool:
    """Whether single lines of what decodes as GB18030 are really UTF-8."""
    with path.open("rb") as file:
        for line in file:
            if line.isascii():
                continue
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            if len(_THREE_BYTES.findall(text)) >= _SURELY_UTF8:
                return True
    return False
