"""What a file is, told from its bytes; its name is never asked.

``sniff`` answers a type word; types that can be read here are in ``READABLE``, the
others are refused by name, each with its reason and advice.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from pathlib import Path

from pipelines.ingest.container import ole_names
from pipelines.ingest.encoding import text_encoding
from pipelines.ingest.text import separator

READABLE = frozenset(
    {
        "xlsx", "xls", "xlsb", "ods", "fods", "csv", "tsv", "html", "mhtml",
        "spreadsheetml",
    }
)  # fmt: skip

# Issue code and one sentence for each type that is recognised but not read.
REFUSED: dict[str, tuple[str, str]] = {
    "empty": ("ING_EMPTY", "文件是空的，没有任何内容"),
    "encrypted": ("ING_ENCRYPTED", "工作簿设了打开密码"),
    "zip": ("ING_UNSUPPORTED", "是压缩包"),
    "archive": ("ING_PACKED", "是 RAR、7z 一类的压缩包"),
    "xml": ("ING_UNSUPPORTED", "是 XML 文件，不是表格"),
    "document": ("ING_UNSUPPORTED", "是文档、图片或其他文件，不是表格"),
    "binary": ("ING_UNSUPPORTED", "不是能识别的表格文件"),
    "broken_zip": ("ING_BROKEN", "压缩结构不完整"),
    "broken_ole": ("ING_BROKEN", "旧版表格的结构不完整"),
    "broken_text": ("ING_BROKEN", "文字编码前后不一致，或夹有乱码"),
}

# What an extension promises; a text file may use commas or tabs under any of them.
_PROMISED = {
    ".xlsx": {"xlsx"}, ".xlsm": {"xlsx"}, ".xls": {"xls"}, ".et": {"xls", "xlsx"},
    ".xlsb": {"xlsb"}, ".ods": {"ods"}, ".fods": {"fods"}, ".html": {"html"},
    ".htm": {"html"}, ".mht": {"mhtml"}, ".mhtml": {"mhtml"}, ".xml": {"spreadsheetml"},
    ".csv": {"csv", "tsv"}, ".tsv": {"csv", "tsv"}, ".txt": {"csv", "tsv"},
}  # fmt: skip

_HEAD = 8192
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_DOCUMENTS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
)
# What may stand before the first element, and the first element.
_ASIDE = re.compile(r"\A(?:<!--.*?-->\s*)+", re.DOTALL)
_ROOT = re.compile(r"<([a-z][\w:.-]*)")
_MIME = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_TAR = slice(257, 262)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_STRAYS = 0.05
_BIFF = re.compile(
    rb"\x09[\x00\x02\x04\x08]\x04\x00|\x09[\x00\x02\x04\x08][\x06\x08]\x00"
)


def disagrees(name: str, sniffed: str) -> bool:
    """Whether the extension promises something else than the file holds."""
    promised = _PROMISED.get(Path(name).suffix.lower())
    return sniffed in READABLE and (promised is None or sniffed not in promised)


def sniff(path: Path) -> str:
    """The type word of a file: a member of ``READABLE`` or a key of ``REFUSED``."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_type(path)
    if head.startswith(_OLE):
        return _ole_type(path)
    if _BIFF.match(head):
        return "xls"  # BIFF without a container, as Excel 4 and some exporters wrote
    if head.startswith(_ARCHIVES) or head[_TAR] == b"ustar":
        return "archive"
    if head.startswith(_DOCUMENTS):
        return "document"
    return _text_type(path, head)


def _zip_type(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "xl/workbook.bin" in names:
                return "xlsb"
            if "word/document.xml" in names or "ppt/presentation.xml" in names:
                return "document"
            if "mimetype" in names and "content.xml" in names:
                return "ods"
            # The main part of a workbook may stand anywhere; its type tells.
            kinds = (
                archive.read("[Content_Types].xml")[: 1 << 20]
                if ("[content_types].xml" in names)
                else b""
            )
            return "xlsx" if b"spreadsheetml.sheet.main+xml" in kinds else "zip"
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, RuntimeError):
        return "broken_zip"


def _ole_type(path: Path) -> str:
    names = ole_names(path)
    if names is None:
        return "broken_ole"
    if "encryptedpackage" in names or "encryptioninfo" in names:
        return "encrypted"
    if "workbook" in names or "book" in names:
        return "xls"
    return "document"


def _text_type(path: Path, head: bytes) -> str:
    encoding = text_encoding(path)
    if encoding is None:
        return "binary" if _is_binary(head) else "broken_text"
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(_HEAD * 8)
    start = _ASIDE.sub("", start.lstrip("\ufeff \t\r\n")).lstrip().lower()
    if start.startswith("mime-version:") or _MIME.match(start):
        return "mhtml"
    if start.startswith("<"):
        return _markup_type(start)
    return "tsv" if separator(path, encoding) == "\t" else "csv"


def _is_binary(head: bytes) -> bool:
    """Whether bytes that no text has are more than strays."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    return len(_NO_TEXT.findall(head)) > len(head) * _STRAYS


def _markup_type(start: str) -> str:
    root = _ROOT.search(start)
    name = root[1].rpartition(":")[2] if root else ""
    if name == "workbook" and ("office:spreadsheet" in start or "excel.sheet" in start):
        return "spreadsheetml"
    if name == "document" and "opendocument.spreadsheet" in start:
        return "fods"
    if not start.startswith("<?xml") or "<table" in start or name == "html":
        return "html"
    return "xml"
