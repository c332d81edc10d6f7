"""入户卡: one printed page a household, for whoever goes from door to door with a pen.

The cards repeat what the table asks and are written on by hand; what comes back as a
file is the table alone, so the sheet is locked as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipelines.report.book import CLASSIFICATION, Book, Page
from pipelines.report.cover import due
from pipelines.report.facts import Facts
from pipelines.report.items import Item
from pipelines.report.layout import height

TITLE = "入户卡"
POINTS = 12.0
# Portrait A4 at full size: what one hand holds at a door.
_LABEL, _ROOM = 14.0, 78.0
_ANSWER_ROOM = 34.0
# Excel keeps at most 1,023 page breaks by hand.
MOST_HOUSEHOLDS = 1_000
_SIGN = (
    "核查人：＿＿＿＿＿＿　　农户签字：＿＿＿＿＿＿　　核查日期：＿＿＿年＿＿月＿＿日"
)


def card_page(book: Book, place: str, items: Sequence[Item], facts: Facts) -> None:
    """Write a card for each household, in the order of the table."""
    page = book.page(TITLE)
    page.widths([_LABEL, _ROOM])
    row, breaks = 0, []
    households = [list(group) for _, group in groupby(items, lambda i: i.household_key)]
    for number, household in enumerate(households[:MOST_HOUSEHOLDS], 1):
        if row:
            breaks.append(row)
        count = f"第 {number} 户，共 {len(households)} 户"
        row = _card(page, place, household, f"{count}　{facts.to.mark}", row)
    page.sheet.set_h_pagebreaks(breaks)
    page.print_set_up(repeat=None, footer=place, is_upright=True)
    page.protect()


def _card(
    page: Page,
    place: str,
    household: Sequence[Item],
    count: str,
    row: int,
) -> int:
    """One card from ``row`` on; the row after it."""
    style = page.book.style
    page.put(row, 0, f"{place}　入户核查卡", style("title"))
    page.height(row, 30)
    mark = f"{CLASSIFICATION}　{count}　{due(household)}"
    page.put(row + 1, 0, mark, style("mark"))
    page.height(row + 1, 20)
    row += 2
    for item in household:
        for is_first, name, text, least in lines(item):
            role = "card_strong" if is_first else "card"
            page.put(row, 0, name, style(role, first=is_first))
            page.put(row, 1, text, style(role, first=is_first))
            wanted = height([(name, _LABEL), (text, _ROOM)], POINTS)
            page.height(row, max(least, wanted))
            row += 1
    page.across(row, 0, 1, _SIGN, style("card_sign"))
    page.height(row, 44)
    return row + 1


def lines(item: Item) -> Iterator[tuple[bool, str, str, float]]:
    """(first of its question, label, text, least height in points)."""
    # The table folds a number to fit its narrow column; here it fits on one line.
    cells = {name: text.replace("*\n*", "**") for name, text in item.cells.items()}
    who = "　".join(cells["who"].split("\n"))
    change = cells["change"].replace("\n", " ")
    yield (
        True,
        f"问题 {item.cells['serial']}",
        f"{cells['number_of']}　{who}　［{change}］",
        24,
    )
    yield False, "发现的问题", cells["matter"], 24
    yield False, "监测系统里是", cells["register"], 24
    yield False, "雨露名册里是", cells["roster"], 24
    yield False, "请核实", cells["question"], 24
    yield False, "核查结果", "　　".join(f"□ {answer}" for answer in item.answers), 30
    yield False, "正确信息\n情况说明", "", _ANSWER_ROOM * 1.5
