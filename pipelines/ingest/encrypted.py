"""Workbooks with an opening password, opened with the passwords of the settings.

Happens inside a limited process; neither a password nor what a library says about one
ever leaves it.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

from pipelines.ingest.container import Refused
from pipelines.ingest.odslock import unlock

# Excel's own for workbooks whose structure is locked but that anyone may open.
_EVERYBODYS = "VelvetSweatshop"


def passwords(names: Sequence[str]) -> list[str]:
    """The passwords in the environment variables of these names, none empty."""
    return [value for name in names if (value := os.environ.get(name))]


def decrypted(path: Path, given: Sequence[str], target: Path, most: int) -> Path:
    """The workbook without its password, at ``target``; raises Refused."""
    is_zip = zipfile.is_zipfile(path)
    for password in (_EVERYBODYS, *given):
        if (
            unlock(path, password, target, most)
            if is_zip
            else _opens(path, password, target)
        ):
            return target
    target.unlink(missing_ok=True)
    reason = "设置里的密码打不开它" if given else "工作簿设了打开密码"
    raise Refused("ING_ENCRYPTED", reason)


def _opens(path: Path, password: str, target: Path) -> bool:
    import msoffcrypto

    try:
        with path.open("rb") as file, target.open("wb") as out:
            book = msoffcrypto.OfficeFile(file)
            if book.format == "ooxml":
                book.load_key(password=password, verify_password=True)
            else:
                book.load_key(password=password)
            book.decrypt(out)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the library raises whatever a wrong key causes
        return False
    return True
