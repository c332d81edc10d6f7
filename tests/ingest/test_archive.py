"""Zip archives: every member is a file of its own, whatever it is called or holds."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest

from pipelines.ingest import archive
from pipelines.ingest.container import Refused
from pipelines.ingest.membername import member_name
from pipelines.settings import Reading
from tests.ingest import locked
from tests.ingest.sheets import (
    REGISTER_FILE,
    ROSTER,
    ROSTER_FILE,
    fetch,
    night,
    roster_row,
    text,
)
from tests.ingest.writers import zipped

FILES = (
    "select file, sniffed_type, outcome, issue_code, rows from ing_file order by file"
)
MIB = 1 << 20


def raw_name(archive_bytes: bytes, ascii_name: str, raw: bytes) -> bytes:
    """The archive with a member's name replaced by bytes of the same length."""
    assert len(ascii_name) == len(raw)
    return archive_bytes.replace(ascii_name.encode(), raw)


def test_members_are_files_of_their_own(tmp_path: Path):
    gbk = "三岔镇/名册.xlsx".encode("gbk")
    placeholder = "n" * len(gbk)
    packed = zipped(
        {
            placeholder: ROSTER_FILE,
            "监测对象.xlsx": REGISTER_FILE,
            "again.xlsx": REGISTER_FILE,
            "坏.xlsx": REGISTER_FILE[:2000],
            "说明.docx": b"%PDF-1.7",
            "__MACOSX/._监测对象.xlsx": b"x",
            "~$监测对象.xlsx": b"x",
            ".DS_Store": b"x",
            "空文件夹/": b"",
        }
    )
    con = night(tmp_path, {"县/包.zip": raw_name(packed, placeholder, gbk)})
    assert fetch(con, FILES) == [
        ("县/包.zip", "zip", "read", "ING_ARCHIVE", None),
        ("县/包.zip!again.xlsx", "xlsx", "read", None, 4),
        ("县/包.zip!三岔镇/名册.xlsx", "xlsx", "read", None, 3),
        ("县/包.zip!坏.xlsx", "broken_zip", "refused", "ING_BROKEN", None),
        ("县/包.zip!监测对象.xlsx", "xlsx", "duplicate", "ING_DUP_FILE", None),
        ("县/包.zip!说明.docx", "document", "refused", "ING_UNSUPPORTED", None),
    ]
    said = "select text_zh from ing_issue where issue_code = 'ING_ARCHIVE'"
    assert fetch(con, said) == [
        ("压缩包已打开：包内 5 个文件，跳过 3 个系统或临时文件",)
    ]
    ledger = "select distinct file from ing_ledger order by file"
    assert [file for (file,) in fetch(con, ledger)] == [
        "县/包.zip!again.xlsx",
        "县/包.zip!三岔镇/名册.xlsx",
    ]
    assert not list((tmp_path / "work").rglob("members"))


def test_what_lies_beside_an_archive_comes_before_what_lies_in_it(tmp_path: Path):
    packed = zipped({"名册.xlsx": ROSTER_FILE})
    con = night(tmp_path, {"a.zip": packed, "b.xlsx": ROSTER_FILE, "c.zip": packed})
    assert [(row[0], row[2]) for row in fetch(con, FILES)] == [
        ("a.zip", "read"),
        ("a.zip!名册.xlsx", "duplicate"),
        ("b.xlsx", "read"),
        ("c.zip", "duplicate"),
    ]


def test_an_archive_inside_is_opened_once_more_and_no_deeper(tmp_path: Path):
    inner = zipped({"甲.xlsx": ROSTER_FILE, ".DS_Store": b"x"})
    deep = zipped({"乙.xlsx": REGISTER_FILE})
    middle = zipped({"deep.zip": deep})
    con = night(tmp_path, {"a.zip": zipped({"inner.zip": inner, "middle.zip": middle})})
    assert [row[:4] for row in fetch(con, FILES)] == [
        ("a.zip", "zip", "read", "ING_ARCHIVE"),
        ("a.zip!inner.zip", "zip", "read", "ING_ARCHIVE"),
        ("a.zip!inner.zip!甲.xlsx", "xlsx", "read", None),
        ("a.zip!middle.zip", "zip", "read", "ING_ARCHIVE"),
        ("a.zip!middle.zip!deep.zip", "unknown", "refused", "ING_PACKED"),
    ]


def test_a_file_called_like_a_member_keeps_its_rows(tmp_path: Path):
    con = night(
        tmp_path,
        {"a.zip": zipped({"b.xlsx": ROSTER_FILE}), "a.zip!b.xlsx": REGISTER_FILE},
    )
    assert [(row[0], row[2]) for row in fetch(con, FILES)] == [
        ("a.zip", "read"),
        ("a.zip!b.xlsx", "read"),
        ("a.zip!b.xlsx（重名）", "read"),
    ]


def test_a_member_is_dated_by_its_own_time(tmp_path: Path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        info = zipfile.ZipInfo("名册.csv", (2022, 3, 5, 9, 0, 0))
        packed.writestr(info, text([ROSTER, roster_row(1)]))
    con = night(tmp_path, {"a.zip": out.getvalue()})
    days = "select file, snapshot_on from ing_sheet"
    assert fetch(con, days) == [("a.zip!名册.csv", date(2022, 3, 5))]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../etc/名册.xlsx", "etc/名册.xlsx"),
        ("/srv/a.xlsx", "srv/a.xlsx"),
        ("C:\\表\\a.xlsx", "表/a.xlsx"),
        ("a\x07b.xlsx", "a�b.xlsx"),
        ("..", "无名文件"),
        ("./a//b.xlsx", "a/b.xlsx"),
    ],
)
def test_names_that_would_escape_are_only_told(name: str, told: str):
    info = zipfile.ZipInfo("x")
    info.orig_filename, info.flag_bits = name, 0x800
    assert member_name(info) == told


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_names_without_the_flag_are_decoded(encoding: str):
    info = zipfile.ZipInfo("x")
    info.orig_filename = "五寨县名册㛃".replace("㛃", "" if encoding == "gbk" else "㛃").encode(encoding).decode("cp437")  # fmt: skip
    assert member_name(info).startswith("五寨县名册")


def test_the_name_that_stands_in_the_extra_field():
    raw, name = b"????.xlsx", "名册.xlsx".encode()
    body = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + name
    info = zipfile.ZipInfo("x")
    info.orig_filename = raw.decode()
    info.extra = struct.pack("<HH", 0x7075, len(body)) + body
    assert member_name(info) == "名册.xlsx"


def unpacked(tmp_path: Path, content: bytes, most: int = 64 * MIB, *words: str):
    path, folder = tmp_path / "a.zip", tmp_path / "members"
    path.write_bytes(content)
    folder.mkdir()
    return archive.unpack(path, folder, most, words)[0]


def overlapping() -> bytes:
    """Two names in the directory for one content."""
    whole = bytearray(zipped({"a.csv": b"1" * 5000, "b.csv": b"2" * 5000}))
    second = whole.rindex(b"PK\x01\x02")
    struct.pack_into("<I", whole, second + 42, 0)
    return bytes(whole)


def lying(size: int) -> bytes:
    """A member that says it is small and is not."""
    whole = bytearray(zipped({"a.csv": b"0123456789" * size}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", whole, whole.index(mark) + offset, 10)
    return bytes(whole)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({"a.csv": b"0" * (40 * MIB)}), "ING_UNSAFE"),
        (zipped({f"{n}.csv": bytes(range(256)) * 8192 for n in range(40)}), "ING_TOO_LARGE"),
        (zipped({f"{n}.csv": b"" for n in range(5001)}), "ING_UNSAFE"),
        (zipped({"a/../b.csv": b"1", "a/b.csv": b"2"}), "ING_UNSAFE"),
        (overlapping(), "ING_UNSAFE"),
        (zipped({"a.csv": b"1"})[:-30], "ING_BROKEN"),
    ],
)  # fmt: skip
def test_unsafe_archives_are_refused_whole(tmp_path: Path, content: bytes, code: str):
    with pytest.raises(Refused) as refused:
        unpacked(tmp_path, content)
    assert refused.value.code == code


def test_archives_inside_share_one_limit(tmp_path: Path):
    inner = zipped({"a.csv": bytes(range(256)) * (30 << 10)})
    found = unpacked(tmp_path, zipped({"1.zip": inner, "2.zip": inner}), 12 * MIB)
    assert [(member.name, member.code) for member in found] == [
        ("1.zip", None),
        ("1.zip!a.csv", None),
        ("2.zip", "ING_TOO_LARGE"),
    ]


def link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        info = zipfile.ZipInfo("a.xlsx")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(info, "/etc/passwd")
    return out.getvalue()


def damaged() -> bytes:
    whole = bytearray(zipped({"a.csv": bytes(range(256)) * 40, "b.csv": b"ok"}))
    whole[60] ^= 0xFF
    return bytes(whole)


def method(number: int) -> bytes:
    whole = bytearray(zipped({"a.csv": b"1" * 100}))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", whole, whole.index(mark) + offset, number)
    return bytes(whole)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (link(), "ING_UNSAFE"),
        (damaged(), "ING_BROKEN"),
        (method(9), "ING_PACKED"),
        (lying(50), "ING_BROKEN"),
    ],
)
def test_a_bad_member_is_refused_alone(tmp_path: Path, content: bytes, code: str):
    first, *others = unpacked(tmp_path, content)
    assert (first.code, first.file) == (code, None)
    assert [member.code for member in others] in ([], [None])


def zipcrypto(content: bytes, word: bytes) -> bytes:
    """A member locked in the old way, which the standard library only opens."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = ~zlib.crc32(bytes([byte]), ~keys[0] & 0xFFFFFFFF) & 0xFFFFFFFF
        keys[1] = (keys[1] + (keys[0] & 0xFF)) * 134775813 + 1 & 0xFFFFFFFF
        keys[2] = (
            ~zlib.crc32(bytes([keys[1] >> 24]), ~keys[2] & 0xFFFFFFFF) & 0xFFFFFFFF
        )

    for byte in word:
        update(byte)
    whole = bytearray(zipped({"a.xlsx": content}))
    start = whole.index(b"PK\x03\x04")
    (check,) = struct.unpack_from("<I", whole, start + 14)
    (size,) = struct.unpack_from("<I", whole, start + 18)
    begin = start + 30 + len("a.xlsx")
    locked = bytearray()
    for byte in bytes(11) + bytes([check >> 24]) + bytes(whole[begin : begin + size]):
        mixed = keys[2] | 2
        locked.append(byte ^ (mixed * (mixed ^ 1) >> 8 & 0xFF))
        update(byte)
    out = whole[:begin] + locked + whole[begin + size :]
    for mark, flag, packed in ((b"PK\x03\x04", 6, 18), (b"PK\x01\x02", 8, 20)):
        at = out.index(mark)
        out[at + flag] |= 1
        struct.pack_into("<I", out, at + packed, size + 12)
    end = out.rindex(b"PK\x05\x06")
    struct.pack_into("<I", out, end + 16, out.index(b"PK\x01\x02"))
    return bytes(out)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), "ING_ENCRYPTED", "压缩包设了密码"),
        (("wrong",), "ING_ENCRYPTED", "设置里的密码打不开它"),
        (("wrong", "雨露2022"), None, ""),
    ],
)
@pytest.mark.parametrize(
    "content",
    [
        zipcrypto(ROSTER_FILE, "雨露2022".encode()),
        zipcrypto(ROSTER_FILE, "雨露2022".encode("gbk")),
        *(locked.aes_zip("a.xlsx", ROSTER_FILE, "雨露2022".encode(), n) for n in (1, 2, 3)),
    ],
)  # fmt: skip
def test_locked_members(tmp_path: Path, content: bytes, words, code, said):
    (member,) = unpacked(tmp_path, content, 64 * MIB, *words)
    assert (member.code, member.reason) == (code, said)
    assert code or (tmp_path / "members" / "00001").read_bytes() == ROSTER_FILE


def test_a_changed_byte_under_a_right_password_is_seen(tmp_path: Path):
    content = bytearray(locked.aes_zip("a.xlsx", ROSTER_FILE, b"word"))
    content[200] ^= 1
    (member,) = unpacked(tmp_path, bytes(content), 64 * MIB, "word")
    assert (member.code, member.file) == ("ING_ENCRYPTED", None)


def test_what_was_locked_around_a_member_was_locked_for_it(tmp_path: Path):
    inner = zipped({"名册.xlsx": ROSTER_FILE})
    packed = locked.aes_zip("inner.zip", inner, b"word")
    found = unpacked(tmp_path, packed, 64 * MIB, "word")
    assert [member.was_locked for member in found] == [True, True]


def test_a_night_opens_a_locked_archive(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("YULU_ONE", "word")
    files = {"a.zip": locked.aes_zip("名册.xlsx", ROSTER_FILE, b"word")}
    con = night(tmp_path, files, Reading(password_env=("YULU_ONE",)))
    assert [row[:3] for row in fetch(con, FILES)] == [
        ("a.zip", "zip", "read"),
        ("a.zip!名册.xlsx", "xlsx", "read"),
    ]
