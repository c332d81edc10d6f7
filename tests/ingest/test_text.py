"""Text files: which encoding and which separator, and when neither can be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.ingest.encoding import text_encoding
from pipelines.ingest.text import separator, text_sheet
from tests.ingest.sheets import REGISTER, register_row, text

ROWS = [REGISTER, *(register_row(serial) for serial in range(1, 40))]
RARE = [
    ["姓名", "村"],
    *([name, "城内村"] for name in ("欧阳㛃", "司马䶮", "𬘭𠮷", "喆堃彧") * 9),
]
TRADITIONAL = "戶主姓名,證件號碼,風險是否已消除,監測對象類別,義務教育階段學生\n縣鄉鎮,國務院,雲南,農業,發展\n"


def put(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "file"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (text(ROWS), "utf-8"),
        (text(ROWS, "utf-8-sig"), "utf-8-sig"),
        (text(ROWS, "utf-16"), "utf-16"),
        (text(ROWS, "utf-16-le"), "utf-16-le"),
        (text(ROWS, "utf-16-be"), "utf-16-be"),
        (text(ROWS, "gb18030"), "gb18030"),
        (text(RARE, "gb18030"), "gb18030"),
        (text(RARE, "utf-16-le"), "utf-16-le"),
        (text([["id", "name"], ["1", "abc"]]), "utf-8"),
        (TRADITIONAL.encode("utf-8"), "utf-8"),
        # taken for GB these are nonsense
        (TRADITIONAL.encode("big5"), None),
        (text(ROWS, "gb18030") + text(ROWS[1:2]), None),
        (text(ROWS) + text(ROWS[1:3], "gb18030"), None),
        (text(ROWS)[:-4] + "张".encode()[:2], None),
        (text(ROWS, "utf-16-le")[:-1], None),
        (b"\xff\xfe" + "张\ud800三".encode("utf-16-le", "surrogatepass"), None),
        ("张三".encode() + b"\xed\xa0\x80", None),
        (text(ROWS).replace("城内".encode(), b"\x00\x00"), None),
        (text(ROWS).replace(b"142230", b"\x01\x02\x03\x04"), None),
        # one stray control character makes no binary file
        (text(ROWS).replace("城内".encode(), b"\x07", 1), "utf-8"),
    ],
)  # fmt: skip
def test_encoding(tmp_path: Path, content: bytes, encoding: str | None):
    assert text_encoding(put(tmp_path, content)) == encoding


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_separator_is_what_gives_most_lines_one_width(tmp_path: Path, mark: str):
    titled = [["五寨县名册", "", ""], ["导出时间：2022-12-18"], *ROWS]
    path = put(tmp_path, text(titled, delimiter=mark))
    assert separator(path, "utf-8") == mark
    assert len(list(text_sheet(path).rows())[2]) == len(REGISTER)


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        # cells that hold other marks: several measures, a phone list, a tab after a number
        ("姓名,措施\n张三,低保;医疗;教育\n李四,低保;医疗;教育\n", ","),
        ("姓名\t措施\n张三\ta,b,c\n李四\td,e,f\n", "\t"),
        ("姓名,证件号码\n张三,1\t\n李四,2\t\n", ","),
        ("sep=;\n姓名;村\n张三;城内村\n", ";"),
        ("只有一列\n张三\n", ","),
        ("", ","),
        ('姓名;"村;镇";号\n张三;"a;b";1\n李四;"c;d";2\n', ";"),
    ],
)
def test_separator_in_doubt(tmp_path: Path, lines: str, mark: str):
    assert separator(put(tmp_path, lines.encode()), "utf-8") == mark


def test_line_ends_inside_quotation_marks_are_one_row(tmp_path: Path):
    path = put(tmp_path, '姓名,备注\r\n张三,"一\r\n二"\r\n李四,三\r\n'.encode())
    rows = list(text_sheet(path).rows())
    assert [len(row) for row in rows] == [2, 2, 2]
