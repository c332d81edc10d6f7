"""OpenDocument sheets with an opening password, as LibreOffice and WPS write them."""

from __future__ import annotations

import base64
import hashlib
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.ingest.container import check_directory, inflated
from pipelines.ingest.xmlread import Attributes, read_xml

_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0 "
_CONTENT, _SMALL = "content.xml", 8 << 20
_MOST_ROUNDS = 2_000_000
_GCM_MARK = 12  # bytes before the content where the cipher proves itself


@dataclass
class _Lock:
    """What the manifest says of the content part: element → its attributes."""

    said: dict[str, Attributes] = field(default_factory=dict)
    part: str = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == f"{_MANIFEST}file-entry":
            self.part = attributes.get(f"{_MANIFEST}full-path", "")
        elif self.part == _CONTENT:
            self.said[name.removeprefix(_MANIFEST)] = {
                key.rpartition(" ")[2]: value for key, value in attributes.items()
            }


def unlock(path: Path, password: str, target: Path, most: int) -> bool:
    """Writes the sheets without their password to ``target``, if it is the right one;
    raises Refused when the container is unsafe."""
    check_directory(path, most)
    lock = _Lock()
    manifest = inflated(path, "META-INF/manifest.xml", _SMALL)
    read_xml(manifest, lock.start, lambda _: None, lambda _: None)
    locked = b"".join(inflated(path, _CONTENT, most))
    try:
        packed = _deciphered(locked, lock.said, password)
        out = zlib.decompressobj(-15)
        content = out.decompress(packed, most)
    except (KeyError, ValueError, zlib.error):
        return False
    if not out.eof:
        return False
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as plain:
        plain.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        plain.writestr(_CONTENT, content)
    return True


def _deciphered(locked: bytes, said: dict[str, Attributes], password: str) -> bytes:
    """The packed content; raises KeyError or ValueError for any other scheme or key."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = _key(said, password)
    name = said["algorithm"]["algorithm-name"]
    start = base64.b64decode(said["algorithm"]["initialisation-vector"])
    if name.endswith("aes256-gcm"):
        body = locked[_GCM_MARK:] if locked.startswith(start) else locked
        try:
            return AESGCM(key).decrypt(start, body, None)
        except InvalidTag:
            raise ValueError from None
    if not name.endswith("aes256-cbc"):
        raise ValueError
    cipher = Cipher(algorithms.AES(key), modes.CBC(start)).decryptor()
    padded = cipher.update(locked) + cipher.finalize()
    if not 1 <= padded[-1] <= 16:
        raise ValueError
    plain = padded[: -padded[-1]]
    check = said["encryption-data"]
    if check.get("checksum-type", "").endswith("sha256-1k"):
        found = hashlib.sha256(plain[:1024]).digest()
        if base64.b64encode(found).decode() != check["checksum"]:
            raise ValueError
    return plain


def _key(said: dict[str, Attributes], password: str) -> bytes:
    derivation = said["key-derivation"]
    rounds = int(derivation["iteration-count"])
    if derivation["key-derivation-name"] != "PBKDF2" or rounds > _MOST_ROUNDS:
        raise ValueError
    digest = said.get("start-key-generation", {}).get("start-key-generation-name", "")
    word = password.encode()
    first = hashlib.sha256(word) if digest.endswith("sha256") else hashlib.sha1(word)  # noqa: S324
    salt, size = base64.b64decode(derivation["salt"]), int(derivation["key-size"])
    return hashlib.pbkdf2_hmac("sha1", first.digest(), salt, rounds, size)
