"""Workbooks with an opening password, each scheme that office programs have used."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import struct
import zipfile
import zlib

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


def ods(book: bytes, password: str) -> bytes:
    """As LibreOffice and WPS lock an ods: the content part alone matters here."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        content = archive.read("content.xml")
    pack = zlib.compressobj(wbits=-15)
    packed = pack.compress(content) + pack.flush()
    first = hashlib.sha256(password.encode()).digest()
    key = hashlib.pbkdf2_hmac("sha1", first, _SALT, 1000, 32)
    cipher = Cipher(algorithms.AES(key), modes.CBC(_SALT)).encryptor()
    short = 16 - len(packed) % 16
    said = {
        "checksum": base64.b64encode(hashlib.sha256(packed[:1024]).digest()).decode(),
        "salt": base64.b64encode(_SALT).decode(),
    }
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="content.xml"><m:encryption-data m:checksum-type='
        f'"urn:x#sha256-1k" m:checksum="{said["checksum"]}"><m:algorithm '
        f'm:algorithm-name="urn:x#aes256-cbc" m:initialisation-vector="{said["salt"]}"/>'
        '<m:start-key-generation m:start-key-generation-name="urn:x#sha256"/>'
        '<m:key-derivation m:key-derivation-name="PBKDF2" m:key-size="32" '
        f'm:iteration-count="1000" m:salt="{said["salt"]}"/></m:encryption-data>'
        "</m:file-entry></m:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", cipher.update(packed + bytes([short]) * short))
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def aes_zip(name: str, content: bytes, password: bytes, strength: int = 3) -> bytes:
    """A zip archive with one member locked as WinRAR and 7-Zip do (AE-2)."""
    pack = zlib.compressobj(wbits=-15)
    packed = pack.compress(content) + pack.flush()
    salt, size = _SALT[: 4 + 4 * strength], 8 + 8 * strength
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 2 * size + 2)
    cipher = Cipher(algorithms.AES(keys[:size]), modes.ECB()).encryptor()  # noqa: S305
    blocks = -(-len(packed) // 16)
    counters = b"".join(n.to_bytes(16, "little") for n in range(1, blocks + 1))
    stream = cipher.update(counters)
    locked = bytes(a ^ b for a, b in zip(packed, stream, strict=False))
    seal = hmac.new(keys[size : 2 * size], locked, "sha1").digest()[:10]
    body = salt + keys[-2:] + locked + seal
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", strength, 8)
    raw = name.encode()
    common = struct.pack(
        "<HHHHHIIIHH",
        51,
        0x801,
        99,
        0,
        33,
        0,
        len(body),
        len(content),
        len(raw),
        len(extra),
    )
    header = b"PK\x03\x04" + common + raw + extra
    entry = b"PK\x01\x02" + struct.pack("<H", 51) + common + bytes(14) + raw + extra
    start = len(header) + len(body)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), start, 0)
    return header + body + entry + end
