"""The pages of a web page saved as one file, cut out of it line by line."""

from __future__ import annotations

import binascii
import quopri
import re

from pipelines.ingest.container import Refused

_BOUNDARY = re.compile(rb'boundary\s*=\s*(?:"([^"\r\n]+)"|([^\s;]+))', re.IGNORECASE)
_HEADERS_END = re.compile(rb"\r?\n[ \t]*\r?\n|\r[ \t]*\r")
_KIND = re.compile(
    rb"^content-type\s*:\s*([\w.+-]+/[\w.+-]+)", re.IGNORECASE | re.MULTILINE
)
_CODING = re.compile(
    rb"^content-transfer-encoding\s*:\s*\"?([\w-]+)", re.IGNORECASE | re.MULTILINE
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_AS_IT_IS = frozenset({b"", b"7bit", b"8bit", b"binary"})
# A quoted letter that is none of ASCII's, which has two such bytes or more.
_QUOTED = re.compile(rb"(?:=[89A-F][0-9A-F]){2}")
_MOST_INSIDE, _MOST_PARTS = 5, 2_000
_TABLE = re.compile(rb"<(?:table|td|th)\b", re.IGNORECASE)


def pages_of(data: bytes) -> list[str]:
    """Every page in its order; raises Refused when a part that is no page holds a
    table, a part cannot be decoded, or there are more of them than anybody saves."""
    found_marks = _BOUNDARY.findall(data)
    if len(found_marks) > _MOST_INSIDE:
        raise Refused("ING_UNSAFE", "网页的组成部分套得过深")
    marks = {re.escape(a or b) for a, b in found_marks}
    parts = [data]
    if marks:
        line = (
            rb"(?:^|\r\n|\r|\n)--(?:"
            + b"|".join(sorted(marks))
            + rb")(?:--)?[ \t]*(?=[\r\n]|\Z)"
        )
        parts = re.split(line, data)
    if len(parts) > _MOST_PARTS:
        raise Refused("ING_UNSAFE", "网页的组成部分过多")
    found = []
    for part in parts:
        head, body = _halves(part)
        kind = _KIND.search(head)
        said = kind[1].lower() if kind else b""
        if said.startswith(b"multipart/") and not _TABLE.search(body):
            continue
        is_page = said == b"text/html"
        content = _decoded(body, head, is_page=is_page)
        if is_page:
            found.append(_text(content))
        elif _TABLE.search(content):
            raise Refused("ING_MISREAD", "网页里有一部分没有读")
    return found


def _halves(part: bytes) -> tuple[bytes, bytes]:
    """The headers, their continued lines joined, and what they speak of."""
    part = part.removeprefix(b"\r").removeprefix(b"\n")
    end = _HEADERS_END.search(part)
    head, body = (part[: end.start()], part[end.end() :]) if end else (b"", part)
    return re.sub(rb"\r?\n[ \t]+", b" ", head), body


def _decoded(body: bytes, head: bytes, *, is_page: bool) -> bytes:
    coding = _CODING.search(head)
    said = coding[1].lower() if coding else b""
    try:
        match said:
            case b"quoted-printable":
                return quopri.decodestring(body)
            case b"base64":
                return binascii.a2b_base64(body)
    except binascii.Error:
        raise Refused("ING_BROKEN", "网页里有一部分不完整") from None
    if is_page and (_QUOTED.search(body) or said not in _AS_IT_IS):
        raise Refused("ING_MISREAD", "网页的编码方式无法识别")
    return body


def _text(page: bytes) -> str:
    said = _CHARSET.search(page[:4096])
    stated = said[1].decode() if said else "gb18030"
    for name in ("utf-8-sig", stated, "gb18030"):
        try:
            return page.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Refused("ING_BROKEN", "文字编码前后不一致，或夹有乱码")
