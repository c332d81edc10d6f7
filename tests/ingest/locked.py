"""Workbooks with an opening password, each scheme that office programs have used."""

from __future__ import annotations

import hashlib
import io
import struct

import olefile
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.ecma376_standard import ECMA376Standard
from msoffcrypto.method.rc4 import ARC4, _makekey

_SECTOR = 512
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_SALT = bytes(range(16))


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file; streams are filled up to where the small-stream table ends."""
    data = [s.ljust(4096, b"\0") for s in streams.values()]
    sizes = [-(-len(one) // _SECTOR) for one in data]
    directory = b""
    start, fat = 0, []
    root = struct.pack("<III", _FREE, _FREE, 1)
    entries = [("Root Entry", 5, root, _END, 0)]
    for at, (name, one, size) in enumerate(zip(streams, data, sizes, strict=True), 1):
        right = at + 1 if at < len(streams) else _FREE
        entries.append(
            (name, 2, struct.pack("<III", _FREE, right, _FREE), start, len(one))
        )
        fat += [*range(start + 1, start + size), _END]
        start += size
    for name, kind, links, first, length in entries:
        raw = name.encode("utf-16-le")
        head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
        directory += head + links + bytes(36) + struct.pack("<IQ", first, length)
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    in_directory = len(directory) // _SECTOR
    fat += [*range(start + 1, start + in_directory), _END]
    tables = -(-(len(fat) + 8) // 128)
    first_table = len(fat)
    fat += [0xFFFFFFFD] * tables
    fat += [_FREE] * (tables * 128 - len(fat))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, start, 0)
    header += struct.pack("<IIIII", 4096, _END, 0, _END, 0)
    header += struct.pack(
        "<109I", *range(first_table, first_table + tables), *[_FREE] * (109 - tables)
    )
    padded = (one.ljust(-(-len(one) // _SECTOR) * _SECTOR, b"\0") for one in data)
    return header + b"".join(padded) + directory + struct.pack(f"<{len(fat)}I", *fat)


def agile(book: bytes, password: str) -> bytes:
    """As Excel 2010 and later, WPS and LibreOffice lock an xlsx."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(book)).encrypt(password, out)
    return out.getvalue()


def standard(book: bytes, password: str) -> bytes:
    """As Excel 2007 locks an xlsx."""
    key = ECMA376Standard.makekey_from_password(
        password, 0x660E, 0x8004, 0x18, 128, 16, _SALT
    )
    aes = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305
    verifier = bytes(range(16, 32))
    proof = hashlib.sha1(verifier).digest().ljust(32, b"\0")  # noqa: S324

    def locked(plain: bytes) -> bytes:
        return aes.encryptor().update(plain)

    header = struct.pack("<IIIIIIII", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0)
    header += "Microsoft Enhanced RSA and AES\0".encode("utf-16-le")
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header
    info += struct.pack("<I", 16) + _SALT + locked(verifier)
    info += struct.pack("<I", 20) + locked(proof)
    padded = book.ljust(-(-len(book) // 16) * 16, b"\0")
    package = struct.pack("<Q", len(book)) + locked(padded)
    return ole({"EncryptionInfo": info, "EncryptedPackage": package})


def rc4(book: bytes, password: str) -> bytes:
    """As Excel 97 to 2003 locks an xls: bodies of records, block after block."""
    stream = olefile.OleFileIO(io.BytesIO(book)).openstream("Workbook").read()

    def cipher(block: int):
        return Cipher(ARC4(_makekey(password, _SALT, block)), mode=None).encryptor()

    first = cipher(0)
    verifier = bytes(range(16, 32))
    proof = first.update(verifier), first.update(hashlib.md5(verifier).digest())  # noqa: S324
    body = struct.pack("<HHH", 1, 1, 1) + _SALT + b"".join(proof)
    filepass = struct.pack("<HH", 0x2F, len(body)) + body
    out, at, kept = bytearray(), 0, []
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        record = bytearray(stream[at : at + 4 + size])
        if number == 0x85:  # where a sheet begins: now so much further on
            (place,) = struct.unpack_from("<I", record, 4)
            struct.pack_into("<I", record, 4, place + len(filepass))
        plain = 4 + size if number in (0x809, 0xE1) else 8 if number == 0x85 else 4
        kept.append((len(out), plain, 4 + size))
        out += record
        if not at:
            kept.append((len(out), len(filepass), len(filepass)))
            out += filepass
        at += 4 + size
    keys = b"".join(
        cipher(block).update(bytes(1024)) for block in range(len(out) // 1024 + 1)
    )
    for start, plain, end in kept:
        for place in range(start + plain, start + end):
            out[place] ^= keys[place]
    return ole({"Workbook": bytes(out)})
