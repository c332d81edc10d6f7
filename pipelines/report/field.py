"""Follow-up books: one for each village, one for each township.

A village team prints its book or opens it on a phone: a cover that says what to do, and
one table grouped by household in which only the answer columns can be written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.report import sheets
from pipelines.report.book import CLASSIFICATION, Book, Page
from pipelines.report.facts import Facts
from pipelines.report.layout import height
from pipelines.report.masking import folded_number, mask_text, mask_texts
from pipelines.report.prepare import Row
from pipelines.report.sheets import DEFAULT_ANSWERS, Column, Sheet
from pipelines.report.table import heads, table_page

BODY_POINTS, COVER_POINTS = 11.0, 12.0
_LEAST_HEIGHT = 64.0
_HEAD_ROW = 2
_SIGN = (
    "核查人（驻村工作队）：＿＿＿＿＿＿　　村党支部书记：＿＿＿＿＿＿　　"
    "乡镇包村干部：＿＿＿＿＿＿　　（公章）　　　　年　　月　　日"
)
_TOWNSHIP_SIGN = (
    "核查人：＿＿＿＿＿＿　　乡镇分管负责人：＿＿＿＿＿＿　　（公章）　　　　年　　月　　日"
)


@dataclass(frozen=True)
class Item:
    """One question as the field sees it: masked, in the words of the rule."""

    finding_no: str
    rule_code: str
    title: str
    household_key: str
    answers: tuple[str, ...]
    is_new: bool
    person: str
    yuan: int
    cells: Mapping[str, str]


def items_of(sheet: Sheet, rows: Sequence[Row]) -> list[Item]:
    """Items from the rows of an item query, numbered from 1, every number masked."""
    return [
        _item(dict(zip(sheet.query_columns, row, strict=True)), number)
        for number, row in enumerate(rows, 1)
    ]


def _item(row: Mapping[str, object], number: int) -> Item:
    def text(name: str) -> str:
        value = row[name]
        return "" if value is None else str(value)

    is_person = row["subject_kind"] == "person"
    head = text("head_name")
    name = text("name") or ("" if is_person else text("subject_id"))
    is_head = bool(head) and head == name
    who = [name, text("sex_age"), "（户主）" if is_head else head and f"户主 {head}"]
    if is_person:
        who.append(text("subject_id"))
    yuan = int(str(row["yuan_at_stake"] or 0))
    period = f"（{text('period')}学年）" if row["period"] else ""
    matter = f"【{text('title')}】{period}\n{text('sentence')}"
    if yuan:
        matter += f"\n涉及 {yuan:,} 元。"
    question = text("asks")
    if row["proof"]:
        question += f"\n可看：{text('proof')}"
    shown = mask_texts(
        [
            matter,
            text("register_side"),
            text("roster_side"),
            "\n".join(part for part in who if part),
            question,
        ]
    )
    matter_shown, register, roster, who_shown, asked = (part or "" for part in shown)
    is_new = row["state"] in ("new", "reopened")
    mark = {"new": "\n新", "reopened": "\n又现"}.get(str(row["state"]), "")
    answers = row["answers"]
    return Item(
        finding_no=text("finding_no"),
        rule_code=text("rule_code"),
        title=text("title"),
        household_key=text("household_key"),
        answers=tuple(answers) if isinstance(answers, list) and answers else DEFAULT_ANSWERS,
        is_new=is_new,
        person=f"{text('name')}|{text('subject_id')}" if is_person else "",
        yuan=yuan,
        cells={
            "serial": f"{number}{mark}",
            "who": folded_number(who_shown),
            "number_of": text("finding_no"),
            "matter": matter_shown,
            "register": folded_number(register),
            "roster": folded_number(roster),
            "question": asked,
        },
    )


def village_book(
    path: Path, township: str, village: str, rows: Sequence[Row], facts: Facts
) -> str:
    """Write one village's book; its SHA-256. ``rows`` are that village's alone."""
    items = items_of(sheets.ITEM, rows)
    place = mask_text(f"{township}{village}")
    book = Book(f"{place}雨露计划对账核查表", facts.as_of)
    _cover(book, place, items, facts)
    _item_page(book, sheets.ITEM, place, items, facts, _SIGN)
    return book.save(path)


def township_book(
    path: Path, township: str, rows: Mapping[str, Sequence[Row]], facts: Facts
) -> str:
    """Write one township's book: its own questions, its villages' tasks and their sum."""
    items = items_of(sheets.TOWNSHIP_ITEM, rows[sheets.TOWNSHIP_ITEM.query])
    place = mask_text(township)
    book = Book(f"{place}雨露计划对账核查表", facts.as_of)
    _cover(book, place, items, facts, is_township=True)
    summary, detail = sheets.TOWNSHIP_SUMMARY, sheets.TOWNSHIP_DETAIL
    ground = f"依据：{facts.basis}。"
    table_page(book, summary, rows[summary.query], facts, ground=ground)
    _item_page(book, sheets.TOWNSHIP_ITEM, place, items, facts, _TOWNSHIP_SIGN)
    masked = [tuple(_masked(value) for value in row) for row in rows[detail.query]]
    table_page(book, detail, masked, facts, ground=ground)
    return book.save(path)


def _masked(value: object) -> object:
    return mask_text(value) if isinstance(value, str) else value


def _item_page(
    book: Book, sheet: Sheet, place: str, items: Sequence[Item], facts: Facts, sign: str
) -> None:
    page = book.page(sheet.title)
    page.widths(column.width for column in sheet.columns)
    last = len(sheet.columns) - 1
    page.put(0, 0, f"{place}　{sheet.heading}", book.style("title"))
    page.height(0, 24)
    people, households = _people(items), len({item.household_key for item in items})
    page.put(
        1, 0,
        f"{CLASSIFICATION}　{facts.as_of:%Y-%m-%d} 下发　请于 {facts.due_on:%Y-%m-%d} 前交回　"
        f"{households} 户　{people} 人　{len(items)} 个问题",
        book.style("mark"),
    )  # fmt: skip
    page.height(1, 18)
    heads(page, sheet.columns, _HEAD_ROW)
    _items(page, sheet, items)
    end = _HEAD_ROW + 1 + len(items)
    if not items:
        page.put(end, 0, "本次没有需要核实的问题。", book.style("sign"))
        end += 1
    page.height(end, 12)
    page.across(end + 1, 0, last, sign, book.style("sign"))
    page.height(end + 1, 40)
    page.sheet.freeze_panes(_HEAD_ROW + 1, sheet.frozen)
    page.print_set_up(repeat=(_HEAD_ROW, _HEAD_ROW), footer=place)
    page.sheet.print_area(0, 0, end + 1, last)
    page.protect()


def _people(items: Sequence[Item]) -> int:
    return len({item.person for item in items if item.person})


def _items(page: Page, sheet: Sheet, items: Sequence[Item]) -> None:
    band, before = True, ""
    by_answers: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    by_column: dict[Column, list[tuple[int, int]]] = {}
    for row, item in enumerate(items, _HEAD_ROW + 1):
        is_first = row == _HEAD_ROW + 1 or item.household_key != before
        band, before = band ^ is_first, item.household_key
        for at, column in enumerate(sheet.columns):
            style = page.book.style(column.role, band=band, first=is_first)
            page.put(row, at, item.cells.get(column.name), style)
            if column.by_rule:
                by_answers.setdefault(item.answers, []).append((row, at))
            elif column.choices:
                by_column.setdefault(column, []).append((row, at))
        shown = [(item.cells.get(c.name), c.width) for c in sheet.columns]
        page.height(row, max(_LEAST_HEIGHT, height(shown, BODY_POINTS)))
    for answers, cells in by_answers.items():
        page.choices(cells, answers, "核查结果", strict=True)
    for column, cells in by_column.items():
        page.choices(cells, column.choices, column.title.split("\n")[0], strict=False)


def _cover(
    book: Book, place: str, items: Sequence[Item], facts: Facts, *, is_township: bool = False
) -> None:
    page = book.page("说明")
    label, room = 21.0, 112.0
    page.widths([label, room])
    style = book.style
    page.put(0, 0, f"{place}　雨露计划对账核查", style("title"))
    page.height(0, 32)
    sample = "　演示数据（虚构）" if facts.is_sample else ""
    page.put(1, 0, f"{CLASSIFICATION}{sample}", style("mark"))
    row = 3
    for name, text in _cover_lines(items, facts, is_township=is_township):
        page.put(row, 0, name, style("cover_strong"))
        page.put(row, 1, text, style("cover"))
        page.height(row, height([(text, room)], COVER_POINTS) + 5)
        row += 1
    kinds = dict.fromkeys((item.title, item.answers) for item in items)
    if kinds:
        page.put(row + 1, 0, "每类问题可以选的“核查结果”", style("section"))
        page.height(row + 1, 24)
        row += 2
    for title, answers in kinds:
        text = "　/　".join(answers)
        page.put(row, 0, title, style("cover_cell"))
        page.put(row, 1, text, style("cover_cell"))
        page.height(row, height([(title, label), (text, room)], COVER_POINTS))
        row += 1
    page.print_set_up(repeat=None, footer=place)
    page.protect()


def _cover_lines(
    items: Sequence[Item], facts: Facts, *, is_township: bool
) -> list[tuple[str, str]]:
    households = len({item.household_key for item in items})
    told = "请联系" + facts.office + (f"，{facts.contact}" if facts.contact else "")
    table = sheets.TOWNSHIP_ITEM.title if is_township else sheets.ITEM.title
    lines = [
        ("这次有多少", f"{households} 户，{_people(items)} 人，{len(items)} 个问题。"),
        ("交回时间", f"{facts.due_on:%Y年%m月%d日}前。"),
        (
            "怎么做",
            f"1. 打开下面的“{table}”，同一户排在一起，粗线是户与户的分界。\n"
            "2. 到户里或打电话，看“请核实”一栏里写的材料，不要只问一句。\n"
            "3. 在黄色的栏里填：先点“核查结果”选一项；有错的把正确内容写在“正确信息”。\n"
            "4. 打印出来的，请核查人和农户签字后拍照；电子表照样填好一起交回。\n"
            "5. 一个问题填一行。不要删行、不要改白色的栏；填错了直接改过来。",
        ),
        (
            "请注意",
            "“问题编号”是交回时对账用的，请保留。问题只说明两边登记不一样，不说明谁有错；"
            "核实前不要承诺或停发任何补助。",
        ),
        (
            "保密",
            "本表只供核查人员使用，只含本"
            + ("乡镇" if is_township else "村")
            + "人员；不要发到公开的群里，用后交回或删除。",
        ),
        ("有疑问", told + "。"),
        ("依据", f"{facts.basis}。"),
    ]
    if is_township:
        lines.insert(
            3,
            ("还有", "“汇总”和“村级明细”是已经发到各村的问题，请督促按时交回，不用在本册里填。"),
        )
    return lines
