"""Opening passwords of books: one for each recipient that the settings name.

The plain file was audited before. The salts and the key that encryption needs are
drawn from password and content, slowly, so that the same book with the same password
is the same bytes; whoever has neither learns nothing from that.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import UsageError, YuluError
from pipelines.report.book import write_private

RUN = "run.json"
COUNTY, TOWNSHIP, VILLAGE = "县级", "乡镇", "村"
_ROUNDS = 100_000
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001


def passwords(named: Mapping[str, str]) -> dict[str, str]:
    """Recipient → password; UsageError when a variable that the settings name is empty."""
    empty = [who for who, variable in named.items() if not os.environ.get(variable)]
    if empty:
        raise UsageError(
            f"设置 [passwords] 中“{empty[0]}”的环境变量没有值，没有发布任何内容。"
            "请先设好密码，或从设置里删去这一行。"
        )
    return {who: os.environ[variable] for who, variable in named.items()}


def lock_books(
    con: duckdb.DuckDBPyConnection, folder: Path, named: Mapping[str, str]
) -> list[str]:
    """Encrypt every audited book whose recipient has a password; the books' paths.

    ``run.json`` then states the hashes of the files as they lie there.
    """
    given = passwords(named)
    con.execute(
        "select book, audience, township, village from out_mark "
        "where book like '%.xlsx' order by book"
    )
    locked = []
    for book, audience, township, village in con.fetchall():
        password = _password(given, audience, township, village)
        if password and not book.startswith("公示"):
            _lock(folder / book, password)
            locked.append(str(book))
    if locked:
        _restate(folder, locked)
    return locked


def _password(
    given: Mapping[str, str], audience: str, township: str | None, village: str | None
) -> str | None:
    """The most particular one: its own, else that of all of its kind."""
    if audience == "county":
        return given.get(COUNTY)
    if audience == "township":
        return given.get(str(township)) or given.get(TOWNSHIP)
    return given.get(f"{township}/{village}") or given.get(VILLAGE)


def _lock(path: Path, password: str) -> None:
    plain = path.read_bytes()
    sealed = encrypted(plain, password)
    if decrypted(sealed, password) != plain:
        raise YuluError("加了密码的工作簿打不开，没有发布任何内容，请联系维护人员。")
    path.unlink()
    write_private(path, sealed)


def encrypted(plain: bytes, password: str) -> bytes:
    """The workbook as Excel and WPS encrypt it (ECMA-376 agile, AES-256)."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    with _repeatable(plain, password):
        OOXMLFile(io.BytesIO(plain)).encrypt(password, out)
    return out.getvalue()


def decrypted(sealed: bytes, password: str) -> bytes:
    """What an encrypted workbook holds."""
    import msoffcrypto

    out = io.BytesIO()
    book = msoffcrypto.OfficeFile(io.BytesIO(sealed))
    book.load_key(password=password, verify_password=True)
    book.decrypt(out)
    return out.getvalue()


@contextmanager
def _repeatable(plain: bytes, password: str) -> Iterator[None]:
    """The library's source of salts and its clock, replaced while one book is made."""
    from msoffcrypto.method import ecma376_agile
    from msoffcrypto.method.container import ecma376_encrypted

    seed = hashlib.pbkdf2_hmac(
        "sha512", password.encode("utf-8"), hashlib.sha256(plain).digest(), _ROUNDS
    )
    drawn = 0

    def draw(size: int) -> bytes:
        nonlocal drawn
        drawn += 1
        return hashlib.shake_256(seed + drawn.to_bytes(8, "big")).digest(size)

    agile: Any = ecma376_agile
    container: Any = ecma376_encrypted
    before = agile._random_buffer, container.datetime
    agile._random_buffer, container.datetime = draw, _clock(container.datetime)
    try:
        yield
    finally:
        agile._random_buffer, container.datetime = before


def _clock(real: Any) -> Any:
    return type("Clock", (real,), {"now": classmethod(lambda _: _EPOCH)})


def _restate(folder: Path, locked: list[str]) -> None:
    run = json.loads((folder / RUN).read_text(encoding="utf-8"))
    for book in locked:
        content = (folder / book).read_bytes()
        run["outputs"][book] = hashlib.sha256(content).hexdigest()
    run["encrypted"] = locked
    text = json.dumps(run, ensure_ascii=False, indent=1) + "\n"
    (folder / RUN).unlink()
    write_private(folder / RUN, text.encode("utf-8"))
