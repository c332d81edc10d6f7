"""Names of files and sheets that every system accepts, whatever a village is called."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from pipelines.report.masking import mask_text

MOST_BYTES = 80
MOST_SHEET_CHARACTERS = 31
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\[\]\']')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|history)")


# Controls, format marks (bidirectional, zero-width, tags), halves of surrogate pairs,
# line and paragraph separators; the line feed is the only control that stays.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f]"
)


def visible(text: str) -> str:
    """The text without unseen marks, which can turn or hide what follows."""
    return _UNSEEN.sub("", text)


def folded(name: str) -> str:
    """How a careless file system compares names."""
    return unicodedata.normalize("NFC", name).casefold()


def _cut(text: str, most_bytes: int) -> str:
    return text.encode("utf-8")[:most_bytes].decode("utf-8", errors="ignore")


def _safe(text: str, most_bytes: int) -> str:
    text = visible(unicodedata.normalize("NFC", text)).replace("\n", "")
    text = _cut(_FORBIDDEN.sub("_", mask_text(text)), most_bytes).strip(" .~")
    if not text or _RESERVED.fullmatch(text.split(".")[0].strip()):
        text = f"_{text}"
    return text


def safe_names(names: Iterable[str], suffix: str = "") -> dict[str, str]:
    """Each name → a file name, unique when folded, at most 80 bytes with ``suffix``.

    Names that would collide are told apart by a short mark made from the name itself,
    so the result does not depend on their order.
    """
    room = MOST_BYTES - len(suffix.encode("utf-8")) - len("_0000000000")
    wanted = {name: _safe(name, room) for name in sorted(set(names))}
    alike = Counter(folded(safe) for safe in wanted.values())
    # Of several that fold to one, the only one that needed no change keeps its name.
    kept = Counter(folded(safe) for name, safe in wanted.items() if safe == name)
    chosen: dict[str, str] = {}
    for name, safe in wanted.items():
        key = folded(safe)
        is_plain = alike[key] == 1 or (safe == name and kept[key] == 1)
        mark = "" if is_plain else f"_{sha256(name.encode('utf-8')).hexdigest()[:10]}"
        chosen[name] = f"{safe}{mark}{suffix}"
    if len({folded(name) for name in chosen.values()}) != len(chosen):
        raise ValueError("two file names fold to one")
    return chosen


def sheet_name(text: str) -> str:
    """A sheet name that Excel accepts: at most 31 characters, none of ``[]:*?/\\``."""
    return _safe(text, 90)[:MOST_SHEET_CHARACTERS].strip(" '")
