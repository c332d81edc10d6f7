"""Hostile and damaged files of every family, each with the verdict it must get.

A case is what lies in the folder and how its line in the receipt must read: outcome
and issue, and how many rows are accepted where it is read. Every file carries a name
that nobody may ever see in a message.
"""

from __future__ import annotations

import io
import os
import socket
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.ingest import writers
from tests.ingest.locked import agile, ole
from tests.ingest.sheets import ROSTER, roster_row
from tests.ingest.writers import zipped

CANARY = "金丝雀"
MIB = 1 << 20
SHEET = "xl/worksheets/sheet1.xml"
_serials = iter(range(1, 900))


@dataclass(frozen=True)
class Case:
    """``content``: the bytes, or what puts something else in their place."""

    name: str
    content: bytes | Callable[[Path], None]
    outcome: str
    code: str | None
    rows: int = 0


def roster(rows: int = 2) -> list[list[object]]:
    """A roster whose rows stand in no other file."""
    named = (roster_row(next(_serials), 学生姓名=CANARY) for _ in range(rows))
    return [list(ROSTER), *named]


def book(rows: int = 2) -> bytes:
    return writers.xlsx({"名册": roster(rows)})


def parts(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def changed(part: str, *changes: tuple[bytes, bytes]) -> bytes:
    """A workbook with bytes of one part replaced, each of them found."""
    found = parts(book())
    for old, new in changes:
        assert old in found[part], old
        found[part] = found[part].replace(old, new)
    return zipped(found)


def with_rows(xml: str) -> bytes:
    """A workbook with more rows in its sheet, as written."""
    return changed(SHEET, (b"</sheetData>", f"{xml}</sheetData>".encode()))


def stored_twice() -> bytes:
    """A workbook with two parts of one name."""
    whole = zipped(parts(book()) | {"xl/one.xml": b"<a/>", "xl/two.xml": b"<b/>"})
    return whole.replace(b"xl/two.xml", b"xl/one.xml")


def overlap() -> bytes:
    """Two parts of the directory share one content."""
    whole = bytearray(book())
    first, second = (whole.index(b"PK\x01\x02"), whole.rindex(b"PK\x01\x02"))
    whole[second + 42 : second + 46] = whole[first + 42 : first + 46]
    return bytes(whole)


def many_parts(count: int) -> bytes:
    return zipped(parts(book()) | {f"xl/x{n}.bin": b"" for n in range(count)})


def flagged() -> bytes:
    whole = bytearray(book())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(mark) + at] |= 1
    return bytes(whole)


def method(number: int) -> bytes:
    whole = bytearray(book())
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", whole, whole.index(mark) + at, number)
    return bytes(whole)


def containers() -> list[Case]:
    bomb = parts(book())
    bomb[SHEET] = bomb[SHEET].replace(
        b"</sheetData>", b" " * (60 * MIB) + b"</sheetData>"
    )
    media = parts(book()) | {"xl/media/a.bin": os.urandom(8) * (12 * MIB)}
    inner = zipped({"a.csv": b"0" * (60 * MIB)})
    return [
        Case("空.xlsx", b"", "refused", "ING_EMPTY"),
        Case("一个字节.xlsx", b"P", "refused", "ING_NO_HEADER"),
        Case("只有开头.xlsx", b"PK\x03\x04", "refused", "ING_BROKEN"),
        Case("空压缩包.zip", b"PK\x05\x06" + bytes(18), "refused", "ING_EMPTY"),
        Case("截断一半.xlsx", book()[: len(book()) // 2], "refused", "ING_BROKEN"),
        Case("截断末尾.xlsx", book()[:-10], "refused", "ING_BROKEN"),
        Case("炸弹.xlsx", zipped(bomb), "refused", "ING_UNSAFE"),
        Case("大图.xlsx", zipped(media), "refused", "ING_UNSAFE"),
        Case("炸弹.zip", zipped({"a.zip": inner}), "read", "ING_ARCHIVE"),
        Case("炸弹.zip!a.zip", b"", "refused", "ING_UNSAFE"),
        Case("重叠.xlsx", overlap(), "refused", "ING_UNSAFE"),
        Case("重名.xlsx", stored_twice(), "refused", "ING_UNSAFE"),
        Case("大小写重名.xlsx", zipped(parts(book()) | {"XL/Workbook.xml": b""}), "refused", "ING_UNSAFE"),
        Case("反斜杠重名.xlsx", zipped(parts(book()) | {"xl\\workbook.xml": b""}), "refused", "ING_UNSAFE"),
        Case("五千个部件.xlsx", many_parts(5000), "refused", "ING_UNSAFE"),
        Case("部件加密.xlsx", flagged(), "refused", "ING_ENCRYPTED"),
        Case("压缩方法.xlsx", method(12), "refused", "ING_UNSAFE"),
        Case("加密.xlsx", agile(book(), "不告诉你"), "refused", "ING_ENCRYPTED"),
        Case("人人可开.xlsx", agile(book(), "VelvetSweatshop"), "read", None, 2),
        Case("坏的加密.xlsx", ole({"EncryptionInfo": b"\x04\x00\x04\x00", "EncryptedPackage": b"x"}), "refused", "ING_ENCRYPTED"),
        Case("环形扇区.xls", looped(), "refused", "ING_BROKEN"),
        Case("其实是名册.pdf", book(), "read", "ING_TYPE_MISMATCH", 2),
        Case("名册.xlsx.xlsx", book(), "read", None, 2),
        Case("其实是文档.xlsx", zipped({"word/document.xml": b"<a/>"}), "refused", "ING_UNSUPPORTED"),
        Case("其实是图片.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(400), "refused", "ING_UNSUPPORTED"),
        *(
            Case(f"其他压缩.{end}", mark + bytes(400), "refused", "ING_PACKED")
            for end, mark in (("rar", b"Rar!\x1a\x07"), ("7z", b"7z\xbc\xaf"), ("gz", b"\x1f\x8b"))
        ),
        Case("没有扩展名", book(), "read", "ING_TYPE_MISMATCH", 2),
        Case("逃逸.zip", zipped({"../../../etc/cron.d/名册.xlsx": book()}), "read", "ING_ARCHIVE"),
        Case("逃逸.zip!etc/cron.d/名册.xlsx", b"", "read", None, 2),
    ]  # fmt: skip


def looped() -> bytes:
    """An old workbook whose sectors lead back to their beginning."""
    whole = bytearray(writers.xls({"名册": roster()}))
    (table,) = struct.unpack_from("<I", whole, 76)
    struct.pack_into("<4I", whole, (table + 1) * 512, 1, 2, 3, 0)
    return bytes(whole)


def xmls() -> list[Case]:
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    lol = f'<!DOCTYPE a [<!ENTITY l0 "lol">{laughs}]>'.encode()
    outside = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    remote = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">'
    return [
        *(
            Case(f"{what}.xlsx", changed(part, (b"\n", b"\n" + doctype)), "refused", "ING_UNSAFE")
            for what, part, doctype in (
                ("实体膨胀", SHEET, lol),
                ("外部实体", SHEET, outside),
                ("远程定义", "xl/workbook.xml", remote),
                ("样式里的实体", "xl/styles.xml", lol),
                ("共享文字里的实体", "xl/sharedStrings.xml", lol),
            )
        ),
        Case("UTF-16的实体.xlsx", zipped(parts(book()) | {SHEET: (lol.decode() + "<worksheet/>").encode("utf-16")}), "refused", "ING_UNSAFE"),
        Case("标签没有结尾.xlsx", changed(SHEET, (b"</sheetData>", b"")), "refused", "ING_BROKEN"),
        Case("不是XML.xlsx", zipped(parts(book()) | {SHEET: b"\xff\x00garbage"}), "refused", "ING_BROKEN"),
        Case("工作表是目录.xlsx", changed("xl/_rels/workbook.xml.rels", (b"worksheets/sheet1.xml", b"workbook.xml")), "refused", "ING_BROKEN"),
        Case("没有工作表.xlsx", zipped({k: v for k, v in parts(book()).items() if k != SHEET}), "refused", "ING_BROKEN"),
        Case("XML表格的实体.xls", writers.spreadsheetml({"a": roster()}).replace(b"<Workbook", lol + b"<Workbook", 1), "refused", "ING_UNSAFE"),
        Case("ods的实体.ods", zipped({"mimetype": b"", "content.xml": head + lol + b"<a/>"}), "refused", "ING_UNSAFE"),
        Case("很深.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">' + b"<a>" * 200_000, "refused", "ING_BROKEN"),
    ]  # fmt: skip


def grids() -> list[Case]:
    far = (
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row>'
    )
    formatted = "".join(
        f'<row r="{n}" ht="15"><c r="A{n}" s="0"/></row>' for n in range(4, 200_000)
    )
    wide = [*ROSTER, *(f"列{n}" for n in range(16_000))]
    return [
        Case("很远的一格.xlsx", with_rows(far), "read", None, 2),
        Case("范围写错.xlsx", changed(SHEET, (b'ref="A1:G3"', b'ref="A1"')), "read", None, 2),
        Case("范围写到天边.xlsx", changed(SHEET, (b'ref="A1:G3"', b'ref="A1:XFD1048576"')), "read", None, 2),
        Case("二十万空行.xlsx", with_rows(formatted), "read", None, 2),
        Case("一万六千列.xlsx", writers.xlsx({"名册": [wide, *roster()[1:]]}), "read", None, 2),
        Case("一万六千列.csv", writers.TEXTS["csv"]({"": [wide, *roster()[1:]]}), "read", None, 2),
        Case("行号越界.xlsx", with_rows('<row r="99999999"><c r="A99999999"><v>1</v></c></row>'), "refused", "ING_UNSAFE"),
        Case("跨行到底.xls", b"<html><table><tr><td rowspan=99999999>a<td colspan=99999999>b</table></html>", "refused", "ING_NO_HEADER"),
        Case("表格套表格.html", b"<html>" + b"<table><tr><td>" * 3000, "refused", "ING_UNSAFE"),
    ]  # fmt: skip


def texts() -> list[Case]:
    rows = roster(30)
    utf8 = writers.TEXTS["csv"]({"": rows})
    gbk = writers.TEXTS["csv gb18030"]({"": roster(30)})
    traditional = "學生姓名,身份證號,學年,補助金額,縣鄉鎮,國務院\n" * 30
    return [
        Case("正常.csv", utf8, "read", None, 30),
        Case("截断的汉字.csv", utf8[:-5] + b"\xe5\xbc", "refused", "ING_BROKEN"),
        Case("截断在行中.csv", gbk[: gbk.rindex(b",")], "refused", "ING_BROKEN"),
        Case("截断在首格.csv", gbk[: gbk.rindex(b"\r\n", 0, -2) + 4], "refused", "ING_BROKEN"),
        Case("合计没有行尾.csv", writers.TEXTS["csv"]({"": roster(4)}) + "合计,,4人".encode(), "read", None, 4),
        Case("空字节.csv", gbk.replace(b"3000", b"\x00\x00\x00\x00", 1), "refused", "ING_BROKEN"),
        Case("全是空字节.csv", bytes(5000), "refused", "ING_UNSUPPORTED"),
        Case("引号没有结尾.csv", utf8.replace(b",3000", b',"3000', 1), "refused", "ING_BROKEN"),
        Case("大五码.csv", traditional.encode("big5"), "refused", "ING_BROKEN"),
        Case("两种编码.csv", utf8 + gbk, "refused", "ING_BROKEN"),
        Case("乱码标记.csv", b"\xff\xfe" + utf8[:801], "refused", "ING_BROKEN"),
        Case("半个代理.csv", b"\xff\xfe" + "张\ud800".encode("utf-16-le", "surrogatepass"), "refused", "ING_BROKEN"),
        Case("一行到底.csv", b"a" * (3 * MIB), "refused", "ING_BROKEN"),
        Case("全是逗号.csv", b"," * MIB + b"\n", "refused", "ING_TOO_LARGE"),
        Case("格内换行.csv", writers.TEXTS["csv"]({"": [*roster(), *(roster_row(next(_serials), 就读学校="忻州\n职业") for _ in range(2))]}), "read", None, 4),
        Case("只有换行.csv", b"\r\n" * 1000, "refused", "ING_EMPTY"),
        Case("二进制.csv", bytes(range(256)) * 20, "refused", "ING_UNSUPPORTED"),
    ]  # fmt: skip


def inbox() -> list[Case]:
    def link(path: Path) -> None:
        path.symlink_to("/etc/hostname")

    def folder_link(path: Path) -> None:
        path.symlink_to("/etc")

    def loop(path: Path) -> None:
        path.symlink_to(path)

    def listening(path: Path) -> None:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's own path may not be long
        try:
            with socket.socket(socket.AF_UNIX) as one:
                one.bind(path.name)
        finally:
            os.chdir(here)

    def folder(path: Path) -> None:
        path.mkdir()
        (path / "里面.xlsx").write_bytes(book())

    return [
        Case("链接.xlsx", link, "refused", "ING_UNSAFE"),
        Case("指向文件夹.xlsx", folder_link, "refused", "ING_UNSAFE"),
        Case("指向自己.xlsx", loop, "refused", "ING_UNSAFE"),
        Case("管道.xlsx", os.mkfifo, "refused", "ING_UNSAFE"),
        Case("套接字.xlsx", listening, "refused", "ING_UNSAFE"),
        Case("文件夹.xlsx", folder, "", None),
        Case("文件夹.xlsx/里面.xlsx", b"", "read", None, 2),
        Case("~$名册.xlsx", b"lock", "", None),
        Case("名册.xlsx.part", b"half", "", None),
        Case("带[1]*?号.xlsx", book(), "read", None, 2),
        Case("=cmd|' !A1.xlsx", book(), "read", None, 2),
        Case("名" * 60 + ".xlsx", book(), "read", None, 2),
        Case("142230200503120016.xlsx", book(), "read", None, 2),
    ]  # fmt: skip


FAMILIES: Mapping[str, Callable[[], list[Case]]] = {
    "containers": containers,
    "xmls": xmls,
    "grids": grids,
    "texts": texts,
    "inbox": inbox,
}
