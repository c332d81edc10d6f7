"""Why two rows were taken for one person, or why not; and whose a single row is.

Everything is read from the published tables: what linking looked at, chose and said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines import published
from pipelines.errors import UsageError
from pipelines.link.evidence import FATES
from pipelines.link.likeness import likeness
from pipelines.report.masking import mask_texts
from schemas.idnumber import parse_id
from schemas.sources import SPECS
from schemas.text import division_key, name_key

Record = dict[str, Any]
_TITLES = {spec.name: spec.title for spec in SPECS}
_LIKE = {"sound": "同音不同字", "look": "字形相近", "character": "有一字不同"}
_HOW_TO = (
    "行要写成“文件!工作表!行号”，例如 名册/2021.xlsx!Sheet1!12；只写文件名也可以，"
    "文本文件没有工作表，写成 名册.csv!!12。各行的地址见总表“来源”或“疑似同一人”。"
)
_SYSTEM = ("monitored_person", "member_departure")


def is_row(text: str) -> bool:
    """Whether a word of the command line names a row rather than a rule or a number."""
    return "!" in text or "！" in text


def explain_rows(places: list[str], out: Path) -> Iterator[str]:
    """Lines about one row or two; raises UsageError when a row is not there."""
    if len(places) > 2:
        raise UsageError(f"一次最多写两行。{_HOW_TO}")
    with published.tables(published.latest(out)) as con:
        tables = {name for (name,) in con.execute("show tables").fetchall()}
        if "record" not in tables:
            raise UsageError("最近一次结果是旧版本的，没有逐行的资料；请先运行一晚。")
        rows = [_row(con, place) for place in places]
        links = [_link(con, row) for row in rows]
        is_one = len(rows) == 1
        lines = _alone(con, rows[0], links[0]) if is_one else _two(con, rows, links)
        told = list(lines)
    return (line or "" for line in mask_texts(told))


def _row(con: Any, place: str) -> Record:
    parts = place.replace("！", "!").rsplit("!", 2)
    if len(parts) != 3 or not parts[2].strip().isdecimal():
        raise UsageError(f"看不懂“{place}”。{_HOW_TO}")
    file, sheet, row_no = parts[0], parts[1], int(parts[2])
    con.execute(
        "create or replace table asked as select ?::varchar as file, "
        "?::varchar as sheet, ?::integer as row_no",
        [file.replace("\\", "/"), sheet, row_no],
    )
    found = published.records(con, _query("row"))
    if not found:
        fate = published.records(con, _query("row_fate"))
        raise UsageError(_not_there(fate))
    if len({row["file"] for row in found}) > 1:
        files = "、".join(dict.fromkeys(row["file"] for row in found))
        raise UsageError(f"有几个文件都叫这个名字，请写出文件夹：{files}。")
    return found[0]


_DISPOSITIONS = {
    "held": "被隔离，没有采用（原因见总表“隔离行”）", "duplicate": "与别的行重复，只计一次",
    "title": "是标题行", "heading": "是表头", "total": "是合计行", "note": "是说明行",
    "blank": "是空行",
}  # fmt: skip


def _not_there(fate: list[Record]) -> str:
    if fate:
        what = _DISPOSITIONS.get(fate[0]["disposition"], "不是人员的数据行")
        return f"这一行{what}，没有对应的人。"
    return f"最近一次结果中没有这一行。{_HOW_TO}"


def _link(con: Any, row: Record) -> Record | None:
    if row["source"] != "yulu_roster":
        return None
    con.execute(
        "create or replace table asked as select ?::varchar as file, "
        "?::varchar as sheet, ?::integer as row_no",
        [row["file"], row["sheet"], row["row_no"]],
    )
    return published.records(con, _query("row_link"))[0]


def _alone(con: Any, row: Record, link: Record | None) -> Iterator[str]:
    yield from _shown("这一行", row)
    if link is not None:
        yield from _linked(link)
    elif row["person_key"] is None:
        yield "没有关联到任何人。"
    others = _others(con, row)
    if others:
        yield f"同一人的其他行　{len(others)} 行（用 yulu person 看全部）："
        for other in others[:10]:
            yield f"  {_place(other)}"
    for found in _findings(con):
        yield f"据此提出的问题　{found['finding_no']}　{found['sentence']}"


def _linked(link: Record) -> Iterator[str]:
    words = {
        "certain": "已关联（号码为证）", "proposed": "已关联，尚待人工认定",
        "decided": "已关联（人工认定）", "ambiguous": "没有关联：不能确定是谁",
        "unlinked": "没有关联：系统中没有找到",
    }  # fmt: skip
    yield f"{words[link['standing']]}"
    if link["person_id"]:
        yield f"  关联到：{link['person_id']}"
    yield f"  依据：{link['evidence_sentence'] or ''}"


def _two(con: Any, rows: list[Record], links: list[Record | None]) -> Iterator[str]:
    one, other = rows
    for title, row in zip(("第一行", "第二行"), rows, strict=True):
        yield from _shown(title, row)
    key = one["person_key"]
    is_one = key is not None and key == other["person_key"]
    yield "结论：是同一人的两行。" if is_one else "结论：没有当作同一人。"
    told = False
    for row, link, against in zip(rows, links, reversed(rows), strict=True):
        if link is None:
            continue
        told = True
        yield f"{_place(row)}"
        yield from _linked(link)
        if not is_one:
            yield from _why_not(link, against)
    if not told:
        yield _register_words(one, other, is_one=is_one)
    yield "逐项比较："
    yield from _compared(con, one, other)
    if is_one or _was_compared(con, rows, links):
        return
    if any(link and link["standing"] in ("certain", "decided") for link in links):
        yield "这两行没有放在一起比较：有号码为证或经人工认定的行，不再同别的人比较。"
    else:
        yield (
            "这两行没有放在一起比较：比较只在下列情形之一进行——号码相同；姓名相同且号码相近；"
            "姓名相同且同村、同户主、同户编号或同人编号；姓名相同且号码被截断的部分一致。"
        )


def _register_words(one: Record, other: Record, *, is_one: bool) -> str:
    if not is_one:
        return "两行各有各的人：号码、人编号加姓名、户加姓名都没有把它们连在一起。"
    if _pid(one) and _pid(one) == _pid(other):
        return "依据：证件号码相同。"
    return (
        "依据：号码改正前后是同一人（人编号和姓名相同，或同户同名且号码只差一两位）。"
    )


def _why_not(link: Record, against: Record) -> Iterator[str]:
    """What the evidence of a roster row says of the other row's person."""
    key = against["person_key"]
    candidates = json.loads(link["evidence"]).get("candidates", [])
    fate = next((c["fate"] for c in candidates if c["person_key"] == key), None)
    if fate == "possible":
        yield "  另一行的人是候选人之一，但不能确定是哪一位，所以谁也没有关联。"
    elif fate is not None:
        yield f"  另一行的人想到过，没有采用：{FATES[fate]}。"
    elif link["person_id"]:
        yield "  这一行已经有更可靠的关联，另一行的人不在候选之中。"
    else:
        yield "  另一行的人不在候选之中。"


def _was_compared(con: Any, rows: list[Record], links: list[Record | None]) -> bool:
    for link, against in zip(links, reversed(rows), strict=True):
        if link is not None:
            candidates = json.loads(link["evidence"]).get("candidates", [])
            if any(c["person_key"] == against["person_key"] for c in candidates):
                return True
    one, other = rows
    return bool(_pid(one) and _pid(other)) and (
        name_key(one["name"] or "") == name_key(other["name"] or "")
        and _distance(con, _pid(one), _pid(other)) <= 2
    )


def _shown(title: str, row: Record) -> Iterator[str]:
    place = f"{row['township'] or ''}{row['village'] or ''}"
    yield f"{title}　{_place(row)}　{_TITLES[row['source']]}"
    parts = [
        row["name"], f"号码：{row['id_as_read'] or '（没有）'}", place,
        f"户主{row['head_name']}" if row["head_name"] else "", row["says"],
    ]  # fmt: skip
    yield "  " + "；".join(part for part in parts if part)


def _place(row: Record) -> str:
    return f"{row['file']}!{row['sheet'] or ''}!{row['row_no']}"


def _compared(con: Any, one: Record, other: Record) -> Iterator[str]:
    yield f"  姓名　{_names(one['name'], other['name'])}"
    yield f"  证件号码　{_numbers(con, one, other)}"
    for title, field in (
        ("户编号", "household_no"), ("人编号", "person_no"), ("性别", "sex"),
        ("出生日期", "birth_on"), ("学籍号", "student_no"),
    ):  # fmt: skip
        said = _equal(one[field], other[field])
        if said is not None:
            yield f"  {title}　{said}"
    villages = [_village(row) for row in (one, other)]
    yield f"  村　{_equal(*villages) or '有一边没有写'}"
    heads = [name_key(row["head_name"] or "") for row in (one, other)]
    yield f"  户主　{_equal(*heads) or '有一边没有写'}"


def _village(row: Record) -> str | None:
    return division_key(row["village"]) if row["village"] else None


def _names(one: str | None, other: str | None) -> str:
    if not one or not other:
        return "有一边没有写"
    keys = name_key(one) or "", name_key(other) or ""
    if keys[0] == keys[1]:
        return "相同" if one.strip() == other.strip() else "只是写法不同"
    how = likeness(*keys)
    return _LIKE.get(how, "不同") if how else "不同"


def _numbers(con: Any, one: Record, other: Record) -> str:
    a, b = _pid(one), _pid(other)
    if not a or not b:
        return "有一边没有可用的号码"
    if a == b:
        return "相同"
    return f"不同（要改动 {_distance(con, a, b)} 处才会相同）"


def _distance(con: Any, a: str | None, b: str | None) -> int:
    return int(con.execute("select damerau_levenshtein(?, ?)", [a, b]).fetchone()[0])


def _pid(row: Record) -> str | None:
    found = parse_id(row["id_as_read"])
    return found.pid if found.form not in ("missing", "cut") else None


def _equal(one: object, other: object) -> str | None:
    if one in (None, "") or other in (None, ""):
        return None
    return "相同" if one == other else "不同"


def _others(con: Any, row: Record) -> list[Record]:
    con.execute(
        "create or replace table asked as select ?::varchar as person_key, "
        "?::varchar as file, ?::varchar as sheet, ?::integer as row_no",
        [row["person_key"], row["file"], row["sheet"], row["row_no"]],
    )
    return published.records(con, _query("row_other"))


def _findings(con: Any) -> list[Record]:
    return published.records(con, _query("row_finding"))


def _query(name: str) -> str:
    return (Path(__file__).parent / f"explain_{name}.sql").read_text(encoding="utf-8")
