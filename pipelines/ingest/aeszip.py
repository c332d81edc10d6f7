"""Members of zip archives locked with AES (WinZip's AE-1 and AE-2), as most packers do."""

from __future__ import annotations

import hashlib
import hmac
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

METHOD = 99
_EXTRA = 0x9901
_CHUNK = 1 << 20
_BLOCK = 16
_PROOF, _SEAL = 2, 10  # bytes before and after the locked content
_ROUNDS = 1000


def unlocked(path: Path, entry: zipfile.ZipInfo, password: bytes) -> Iterator[bytes]:
    """The content of a member, chunk by chunk; raises BadZipFile when the password is
    another or a byte was changed."""
    strength, method = _stated(entry.extra)
    salt_size, key_size = 4 + 4 * strength, 8 + 8 * strength
    size = entry.compress_size - salt_size - _PROOF - _SEAL
    if size < 0 or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile
    with path.open("rb") as file:
        file.seek(_start(file, entry))
        salt, proof = file.read(salt_size), file.read(_PROOF)
        start = file.tell()
        keys = hashlib.pbkdf2_hmac(
            "sha1", password, salt, _ROUNDS, 2 * key_size + _PROOF
        )
        if keys[-_PROOF:] != proof:
            raise zipfile.BadZipFile
        seal = hmac.new(keys[key_size : 2 * key_size], digestmod="sha1")
        for chunk in _chunks(file, size):
            seal.update(chunk)
        if not hmac.compare_digest(seal.digest()[:_SEAL], file.read(_SEAL)):
            raise zipfile.BadZipFile
        file.seek(start)
        plain = _deciphered(_chunks(file, size), keys[:key_size])
        yield from _inflated(plain) if method == zipfile.ZIP_DEFLATED else plain


def _stated(extra: bytes) -> tuple[int, int]:
    """Strength of the key (1 to 3) and the real method of compression."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _EXTRA and size >= 7 and extra[8] in (1, 2, 3):
            (method,) = struct.unpack_from("<H", extra, 9)
            return int(extra[8]), int(method)
        extra = extra[4 + size :]
    raise zipfile.BadZipFile


def _start(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the content begins, after the member's own header."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile
    name, extra = struct.unpack_from("<HH", header, 26)
    return entry.header_offset + 30 + int(name) + int(extra)


def _chunks(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        chunk = file.read(min(_CHUNK, size))
        if not chunk:
            raise zipfile.BadZipFile
        size -= len(chunk)
        yield chunk


def _deciphered(chunks: Iterator[bytes], key: bytes) -> Iterator[bytes]:
    # The counter runs from one and its lowest byte stands first, unlike elsewhere.
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    number = 1
    for chunk in chunks:
        blocks = -(-len(chunk) // _BLOCK)
        counters = b"".join(
            n.to_bytes(_BLOCK, "little") for n in range(number, number + blocks)
        )
        number += blocks
        stream = cipher.update(counters)[: len(chunk)]
        mixed = int.from_bytes(chunk, "little") ^ int.from_bytes(stream, "little")
        yield mixed.to_bytes(len(chunk), "little")


def _inflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    out = zlib.decompressobj(-15)
    for chunk in chunks:
        waiting = chunk
        while waiting:
            yield out.decompress(waiting, _CHUNK)
            waiting = out.unconsumed_tail
    yield out.flush()
    if not out.eof:
        raise zipfile.BadZipFile
