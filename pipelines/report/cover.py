"""The cover of a follow-up book: what to do, by when, whom to ask, what to answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.report import sheets
from pipelines.report.book import CLASSIFICATION, Book, Page
from pipelines.report.copies import Copy
from pipelines.report.facts import Facts
from pipelines.report.items import Item
from pipelines.report.layout import height

TITLE = "说明"
POINTS = 12.0
_LABEL, _ROOM = 21.0, 112.0


def people_of(items: Sequence[Item]) -> int:
    """Distinct persons among the items."""
    return len({item.person for item in items if item.person})


def households_of(items: Sequence[Item]) -> int:
    """Distinct households among the items."""
    return len({item.household_key for item in items})


def due(items: Sequence[Item]) -> str:
    """By when, in the words of the page; questions of an earlier copy keep their day."""
    days = sorted({item.due_on for item in items})
    if not days:
        return "没有要交回的"
    last = f"请于 {days[-1]:%Y-%m-%d} 前交回"
    if len(days) == 1:
        return last
    return f"{last}（以前下发的按原定日期，最早 {days[0]:%Y-%m-%d}）"


def cover(
    book: Book, place: str, items: Sequence[Item], facts: Facts, copy: Copy,
    *, is_township: bool,
) -> None:  # fmt: skip
    """Write the sheet 说明, locked as a whole."""
    page = book.page(TITLE)
    page.widths([_LABEL, _ROOM])
    style = book.style
    page.put(0, 0, f"{place}　雨露计划对账核查", style("title"))
    page.height(0, 32)
    sample = "　演示数据（虚构）" if facts.is_sample else ""
    page.put(1, 0, f"{CLASSIFICATION}{sample}　{facts.to.line}", style("mark"))
    row = 3
    for name, text in _lines(items, facts, copy, is_township=is_township):
        page.put(row, 0, name, style("cover_strong"))
        page.put(row, 1, text, style("cover"))
        page.height(row, height([(text, _ROOM)], POINTS) + 5)
        row += 1
    kinds = dict.fromkeys((item.title, item.answers) for item in items)
    if kinds:
        page.put(row + 1, 0, "每类问题可以选的“核查结果”", style("section"))
        page.height(row + 1, 24)
        row += 2
    for title, answers in kinds:
        text = answers_line(answers)
        page.put(row, 0, title, style("cover_cell"))
        page.put(row, 1, text, style("cover_cell"))
        page.height(row, height([(title, _LABEL), (text, _ROOM)], POINTS))
        row += 1
    _taken_back(page, copy, row + 1)
    page.print_set_up(repeat=None, footer=place)
    page.protect()


def answers_line(answers: Sequence[str]) -> str:
    """The answers that one kind of question takes."""
    return "　/　".join(answers)


def taken_back(copy: Copy) -> Iterator[tuple[str, str]]:
    """Number and name, and why it was withdrawn, of each question taken back."""
    for gone in copy.withdrawn:
        yield (
            "\n".join(filter(None, (gone.finding_no, gone.name))),
            (
                f"{gone.left_on:%Y-%m-%d} 撤回：{gone.why}。"
                f"（{gone.asked_on:%Y-%m-%d} 下发，{gone.title}）"
            ),
        )


def _taken_back(page: Page, copy: Copy, row: int) -> None:
    """What an earlier copy asked and nobody need ask any more, with the reason."""
    if not copy.withdrawn:
        return
    style = page.book.style
    page.put(row, 0, sheets.WITHDRAWN.heading, style("section"))
    page.height(row, 24)
    for place, (label, text) in enumerate(taken_back(copy), row + 1):
        page.put(place, 0, label, style("cover_cell"))
        page.put(place, 1, text, style("cover_cell"))
        page.height(place, max(36, height([(text, _ROOM)], POINTS)))


def _lines(
    items: Sequence[Item], facts: Facts, copy: Copy, *, is_township: bool
) -> list[tuple[str, str]]:
    ask = "请联系" + "，".join(filter(None, (facts.office, facts.contact))) + "。"
    return [
        *told(items, copy, is_township=is_township),
        ("有疑问", ask),
        ("依据", f"{facts.basis}。"),
    ]


def told(
    items: Sequence[Item], copy: Copy, *, is_township: bool
) -> list[tuple[str, str]]:
    """What the cover says of its own questions, line by line."""
    counted = f"{households_of(items)} 户，{people_of(items)} 人，{len(items)} 个问题。"
    table = (sheets.TOWNSHIP_ITEM if is_township else sheets.ITEM).title
    place = "本乡镇" if is_township else "本村"
    lines = [
        ("这次有多少", counted),
        ("这次的变化", copy.change),
        ("交回时间", f"{due(items)}。" if items else "没有要交回的。"),
        ("怎么做", _STEPS.format(table=table, cards="" if is_township else _CARDS)),
        ("请注意", _CAUTION),
        ("保密", _SECRECY.format(place=place)),
    ]
    if is_township:
        lines.insert(4, ("还有", _TOWNSHIP_TOO))
    if copy.queue:
        lines.insert(2, ("后面还有", copy.queue))
    return lines


_STEPS = (
    "1. 打开下面的“{table}”，同一户排在一起，粗线是户与户的分界。\n"
    "2. 到户里或打电话，看“请核实”一栏里写的材料，不要只问一句。\n"
    "3. 在黄色的栏里填：先点“核查结果”选一项；有错的把正确内容写在“正确信息”。\n"
    "4. 打印出来的，请核查人和农户签字后拍照；电子表照样填好一起交回。{cards}\n"
    "5. 一个问题填一行。不要删行、不要改白色的栏；填错了直接改过来。"
)
_CARDS = "上门可打印“入户卡”，一户一页，手写后照着填回核查表。"
_CAUTION = (
    "“问题编号”是交回时对账用的，请保留。问题只说明两边登记不一样，不说明谁有错；"
    "核实前不要承诺或停发任何补助。"
)
_SECRECY = "本表只供核查人员使用，只含{place}人员；不要发到公开的群里，用后交回或删除。"
_TOWNSHIP_TOO = (
    "“汇总”和“村级明细”是已经发到各村的问题，请督促按时交回，不用在本册里填；"
    "“排队”是各村手上满了、还没有发下去的。"
)
