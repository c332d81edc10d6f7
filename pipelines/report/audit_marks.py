"""The mark of every copy, read back: its own on each sheet, and nobody else's."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import duckdb

_MARK = re.compile(r"Y[2-9A-Z]{3}-[2-9A-Z]{4}")
_SHEET = re.compile(r"xl/worksheets/sheet[0-9]+\.xml")
_FOOTER = re.compile(r"<oddFooter>([^<]*)</oddFooter>")


def of_all(folder: Path, con: duckdb.DuckDBPyConnection) -> list[str]:
    """Shortfalls of the marks of all copies below ``folder``."""
    con.execute("select book, recipient, mark from out_mark order by book")
    copies = con.fetchall()
    found = []
    if len({mark for _, _, mark in copies}) != len(copies):
        found.append("两件副本的编号相同")
    for book, name, mark in copies:
        path = folder / book
        if path.suffix == ".xlsx":
            shortfalls = _in_book(path, name, mark)
        else:
            text = unescape(path.read_text(encoding="utf-8"))
            shortfalls = _in_text(text, name, mark)
        found += [f"{book}：{what}" for what in shortfalls]
    return found


def _in_book(path: Path, name: str, mark: str) -> Iterator[str]:
    try:
        with zipfile.ZipFile(path) as book:
            parts = {n: book.read(n).decode("utf-8") for n in book.namelist()}
    except (zipfile.BadZipFile, UnicodeDecodeError):
        yield "不是完整的工作簿，读不出编号"
        return
    shown = "".join(
        unescape(parts.get(n, ""))
        for n in sorted(parts)
        if not n.startswith("docProps")
    )
    yield from _in_text(shown, name, mark)
    if mark not in parts.get("docProps/core.xml", ""):
        yield "文档属性里没有编号"
    for sheet in sorted(n for n in parts if _SHEET.fullmatch(n)):
        footers = _FOOTER.findall(parts[sheet])
        if not footers or not all(mark in footer for footer in footers):
            yield f"页脚没有编号（{sheet}）"


def _in_text(text: str, name: str, mark: str) -> Iterator[str]:
    wanted = f"{name}，编号 {mark}"
    lines = text.split("本件发给 ")[1:]
    if not lines or not all(line.startswith(wanted) for line in lines):
        yield "没有写明发给谁和编号，或写得不对"
    if set(_MARK.findall(text)) - {mark}:
        yield "出现别件的编号"
