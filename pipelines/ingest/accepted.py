"""Headings that somebody accepted: ``headings.toml`` → sources that know them.

One line is one heading: ``"雨露计划资助名册"."学生证件" = "身份证号"``. Until it stands
there the heading is unknown; what it says is never guessed.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.errors import UsageError
from schemas.spec import ColumnSpec, SourceSpec
from schemas.text import fold

UNUSED = "不用"


@dataclass(frozen=True)
class _Line:
    """One accepted heading: its source, its text, and what it was said to be."""

    source: str
    heading: str
    column: str


def line_for(source: SourceSpec, heading: str, column: ColumnSpec) -> str:
    """The line to add to the file so that the heading is read as the column."""
    return " = ".join(
        (f"{_quoted(source.title)}.{_quoted(heading)}", _quoted(column.title))
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def with_accepted(sources: Sequence[SourceSpec], file: Path) -> tuple[SourceSpec, ...]:
    """The sources with the accepted headings; raises UsageError naming a bad line."""
    known = tuple(sources)
    for line in _lines(file):
        known = _add(known, line, file.name)
    return known


def _lines(file: Path) -> Iterator[_Line]:
    if not file.is_file():
        return
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise _wrong(file.name, "不是 UTF-8 文本，请另存为 UTF-8") from None
    given = _parsed(text, file.name)
    for source, headings in given.items():
        if not isinstance(headings, dict):
            raise _wrong(file.name, f"“{source}”一行缺少标题，{_PATTERN}")
        for heading, column in headings.items():
            if not isinstance(column, str):
                raise _wrong(file.name, f"“{heading}”一行写法不对，{_PATTERN}")
            yield _Line(source, heading, column)


def _parsed(text: str, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what = str(error).lower()
    # The parser often tells no line: it is the first that spoils what stands above.
    lines = text.splitlines()
    for count in range(1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            if "overwrite" in what or "twice" in what:
                raise _wrong(name, f"第 {count} 行与前面的行重复，请只留一行") from None
            raise _wrong(name, f"第 {count} 行写法不对，{_PATTERN}") from None
    raise _wrong(name, f"写法不对，{_PATTERN}")


_PATTERN = '请写成 "表的名称"."表中的标题" = "登记的标题"'


def _wrong(name: str, what: str) -> UsageError:
    return UsageError(f"设置文件 {name} {what}。")


def _add(
    sources: tuple[SourceSpec, ...], line: _Line, name: str
) -> tuple[SourceSpec, ...]:
    source = next((s for s in sources if line.source in (s.title, s.name)), None)
    if source is None:
        titles = "、".join(s.title for s in sources)
        raise _wrong(name, f"中没有“{line.source}”这种表，可写的有：{titles}")
    folded = fold(line.heading)
    if not folded:
        raise _wrong(name, f"“{line.source}”有一行没有写标题")
    for column in source.columns:
        if folded in map(fold, column.headings):
            raise _wrong(
                name,
                f"中“{line.heading}”已经是“{column.title}”的写法，"
                "不能再写，请删去这一行；如果表里它另有含义，请改正表里的标题",
            )
    if folded in map(fold, source.ignored):
        raise _wrong(name, f"中“{line.heading}”写了不止一次，请只留一行")
    if line.column == UNUSED:
        changed = replace(source, ignored=(*source.ignored, line.heading))
    else:
        target = _column(source, line, name)
        columns = tuple(
            replace(c, aliases=(*c.aliases, line.heading)) if c is target else c
            for c in source.columns
        )
        changed = replace(source, columns=columns)
    return tuple(changed if s is source else s for s in sources)


def _column(source: SourceSpec, line: _Line, name: str) -> ColumnSpec:
    wanted = fold(line.column)
    for column in source.columns:
        if line.column == column.name or wanted in map(fold, column.headings):
            return column
    titles = "、".join(column.title for column in source.columns)
    raise _wrong(
        name,
        f"中“{source.title}”没有“{line.column}”这一栏，可写的有：{titles}；"
        f"不需要的标题写“{UNUSED}”",
    )
