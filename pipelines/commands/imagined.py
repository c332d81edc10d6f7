"""A policy that somebody imagines: a province's name, or files of changed policy rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.errors import UsageError
from schemas import policy, reference
from schemas.policy import Policy, PolicyRow
from schemas.policy.tables import BY_NAME, DATED, TABLES, Column, Table

_MOST_BYTES, _MOST_ROWS = 1 << 20, 1000
_IMAGINED = "设想"
# columns whose words are those that the declared rows use
_NAMED = {"name", "topic", "stage", "relation"}


@dataclass(frozen=True)
class Imagined:
    """What is imagined: in words, for which province, and by which rows."""

    words: str
    province_code: str
    policy: Policy


def imagined(asked: Sequence[str], province_code: str) -> Imagined:
    """The policy that the words mean for a county of that province.

    Raises UsageError: an unknown province or file, or the row and column of a file that
    cannot be what it says, with what would be right.
    """
    if len(asked) == 1 and (code := _province(asked[0])):
        if not any(
            row.fields["province_code"] == code for row in policy.rows("period")
        ):
            raise UsageError(
                f"{reference.province_names()[code]}还没有政策行（schemas/policy/），"
                f"现有{'、'.join(_ruled())}；也可以给一个改动行的文件。"
            )
        name = reference.province_names()[code]
        return Imagined(f"按{name}的政策", code, policy.declared())
    rows = [row for word in asked for row in _file(word, province_code)]
    _require_once(rows)
    told: dict[str, int] = {}
    for row in rows:
        title = BY_NAME[row.policy].title
        told[title] = told.get(title, 0) + 1
    parts = "、".join(f"{title} {count} 行" for title, count in told.items())
    return Imagined(
        f"本省政策改动：{parts}", province_code, policy.declared().changed(rows)
    )


def _province(word: str) -> str | None:
    names = reference.province_names()
    return word if word in names else reference.province_words().get(word)


def _ruled() -> list[str]:
    codes = {row.fields["province_code"] for row in policy.rows("period")}
    return [reference.province_names()[code] for code in sorted(codes)]


def _file(word: str, province_code: str) -> Iterator[PolicyRow]:
    path = Path(word)
    if not path.is_file():
        raise UsageError(
            f"“{path.name}”既不是省名，也不是文件。省名如 重庆；文件是改动的政策行，"
            "第一行写列名，例如：\n学段,单位,金额（元）,自,依据\n"
            "中职,学年,4000,2024-09-01,设想"
        )
    lines = _lines(path)
    at, heading = next(lines, (0, []))
    if not at:
        raise UsageError(f"{path.name} 是空的：第一行写列名，下面每行一项规定。")
    table = _table(path, heading)
    columns = [_column(table, title) for title in heading]
    count = 0
    for row_no, cells in lines:
        count += 1
        if count > _MOST_ROWS:
            raise UsageError(f"{path.name} 超过 {_MOST_ROWS} 行，不像改动的政策行。")
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            raise UsageError(
                f"{path.name} 第{row_no}行多出一列：内容里的逗号要用引号括起来。"
            )
        yield _row(path, table, columns, row_no, cells, province_code)
    if not count:
        raise UsageError(f"{path.name} 只有列名，没有改动的行。")


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of a text file that are not blank, with their numbers from 1."""
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    text = None
    if len(content) <= _MOST_BYTES and b"\0" not in content:
        for coding in ("utf-8-sig", "gb18030"):
            try:
                text = content.decode(coding)
                break
            except UnicodeDecodeError:
                continue
    if text is None:
        raise UsageError(
            f"{path.name} 不是文本文件：请在表格软件里另存为 CSV（UTF-8）再试。"
        )
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = next((one for one in ",\t;，" if one in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for cells in reader:
            cleaned = [cell.strip() for cell in cells]
            if any(cleaned):
                yield reader.line_num, cleaned
    except csv.Error:
        raise UsageError(f"{path.name} 第{reader.line_num}行的引号没有配对。") from None


def _table(path: Path, heading: Sequence[str]) -> Table:
    """The policy table that the heading is of: it has all that is needed, and no more."""
    known = {
        name for table in TABLES for c in table.every for name in (c.name, c.title)
    }
    for at, title in enumerate(heading, 1):
        if title not in known:
            raise UsageError(
                f"{path.name} 第1行第{at}列：不认识列名“{title[:20]}”。可写的列名见 "
                "schemas/README.md 的“政策”一节。"
            )
    fits = [table for table in TABLES if _fits(table, heading)]
    if len(fits) != 1:
        shown = "；".join(
            f"{table.title}：{','.join(c.title for c in (*table.columns, *DATED[:1]))}"
            for table in TABLES[:6]
        )
        raise UsageError(
            f"{path.name} 第1行：列名不成一张政策表。一个文件写一张表，例如 {shown}。"
        )
    if len({_column(fits[0], title).name for title in heading}) < len(heading):
        raise UsageError(f"{path.name} 第1行：有一列写了两次。")
    return fits[0]


def _fits(table: Table, heading: Sequence[str]) -> bool:
    names = {name for c in table.every for name in (c.name, c.title)}
    return set(heading) <= names and all(
        c.name in heading or c.title in heading
        for c in table.every
        if c.required and c.name != "document"
    )


def _column(table: Table, title: str) -> Column:
    return next(c for c in table.every if title in (c.name, c.title))


def _row(
    path: Path,
    table: Table,
    columns: Sequence[Column],
    row_no: int,
    cells: Sequence[str],
    province_code: str,
) -> PolicyRow:
    fields = {column.name: "" for column in table.every}
    fields["document"] = _IMAGINED
    for at, (column, text) in enumerate(zip(columns, cells, strict=False), 1):
        where = f"{path.name} 第{row_no}行第{at}列（{column.title}）"
        try:
            fields[column.name] = column.read(text) or fields[column.name]
        except ValueError as error:
            raise UsageError(f"{where}：{error}。") from None
        words = _words(table, column)
        if words and fields[column.name] not in words:
            raise UsageError(f"{where}：没有这一项，可写{'、'.join(words)}。")
    for column in table.every:
        if column.required and not fields[column.name]:
            raise UsageError(f"{path.name} 第{row_no}行：缺“{column.title}”。")
    if fields["province_code"] not in ("", province_code):
        other = reference.province_names().get(fields["province_code"], "别的省")
        raise UsageError(
            f"{path.name} 第{row_no}行（省）：这一行是{other}的，对本县没有影响；"
            "省一列可以不写。"
        )
    fields["province_code"] = province_code
    if fields["valid_to"] and fields["valid_to"] < fields["valid_from"]:
        raise UsageError(f"{path.name} 第{row_no}行（至）：早于“自”，两个日期写反了。")
    return policy.read_row(table.name, fields)


def _words(table: Table, column: Column) -> tuple[str, ...]:
    if column.name not in _NAMED:
        return ()
    told = (row.fields[column.name] for row in policy.rows(table.name))
    return tuple(dict.fromkeys(told))


def _require_once(rows: Iterable[PolicyRow]) -> None:
    seen: list[PolicyRow] = []
    for row in rows:
        key = BY_NAME[row.policy].key
        for other in seen:
            if (
                other.policy == row.policy
                and all(other.fields[at] == row.fields[at] for at in key)
                and other.valid_from <= (row.valid_to or date.max)
                and row.valid_from <= (other.valid_to or date.max)
            ):
                title = BY_NAME[row.policy].title
                raise UsageError(
                    f"{title}有两行说同一件事而日期重叠（自 {row.valid_from}），"
                    "请留一行，或写明“至”。"
                )
        seen.append(row)
