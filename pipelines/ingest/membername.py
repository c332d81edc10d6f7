"""What a member of a zip archive is called, whoever packed it."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075  # the extra field in which some programs keep the name again
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def member_name(entry: zipfile.ZipInfo) -> str:
    """The path as text, with ``/``, without drive, root or way up.

    Windows programs in China write names in GBK and do not say so; the library then
    takes them for old American ones.
    """
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        name = _stated(entry.extra, raw) or _decoded(raw)
    parts = (
        part.strip()
        for part in _CONTROL.sub("�", name)
        .split("\x00")[0]
        .replace("\\", "/")
        .split("/")
    )
    kept = [part for part in parts if part not in ("", ".", "..")]
    if kept and re.fullmatch("[A-Za-z]:", kept[0]):
        kept = kept[1:]
    return "/".join(kept) or "无名文件"


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _stated(extra: bytes, raw: bytes) -> str | None:
    """The name in the extra field, if it belongs to the name that stands before it."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5:
            (check,) = struct.unpack_from("<I", body, 1)
            if check == zlib.crc32(raw):
                return body[5:].decode("utf-8", "replace")
    return None
