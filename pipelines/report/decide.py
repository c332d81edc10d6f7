"""疑似同一人.xlsx, in which people settle what a program cannot, and its receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from pipelines.report import sheets
from pipelines.report.book import Book, Page
from pipelines.report.facts import Facts
from pipelines.report.field import masked
from pipelines.report.layout import height
from pipelines.report.names import safe_names
from pipelines.report.query import Row
from pipelines.report.table import (
    BODY_POINTS,
    heading_lines,
    heads,
    table_page,
    value_of,
)

Rows = Mapping[str, Sequence[Row]]
FOLDER = "回执"
_HEAD_ROW = 3
_POINTS = 11.0
_LEAST_HEIGHT = 44.0
_NOTES = (
    "1. 每一行问的是：雨露名册里的这名学生，是不是监测系统里的这一位（或这几位中的哪一位）。",
    "系统只能凭号码、姓名、住处推测，拿不准的都在这里，请查户口簿、身份证，或打电话核实。",
    "2. 只填黄色的四栏：认定结果（点开选）、认定人、认定日期、情况说明。其他栏锁定，改了不采用。",
    "认定日期请写全，如 2023-10-12：前后两次答复不同的，以日期晚的为准；分不出先后的先冻结。",
    "3. 选“同一人”，这名学生就按监测系统里的这一位核对；选“不是同一人”，今后不再把两者关联；",
    "选“无法确定”，维持现状，不再重复询问。号码写错的，仍须在源系统中更正。",
    "4. 填好后存盘，放回 data/raw 文件夹（放哪一层、叫什么名字都可以），下一晚自动收回；",
    "只填一部分也可以交。每一行收到没有、采用没有，见“回执”文件夹。",
    "5. 两边的号码或姓名改动以后，原来的认定自动失效，需要时会换一个编号重新询问。",
)
_ONE = ("同一人", "不是同一人", "无法确定")
_SEVERAL_END = ("都不是", "无法确定")


def decide_book(path: Path, rows: Rows, facts: Facts) -> str:
    """Write 疑似同一人: how to fill it in, the questions, the answers so far."""
    book = Book(f"{facts.county}雨露计划疑似同一人", facts)
    questions = rows[sheets.QUESTION.query]
    _question_page(book, questions, facts)
    table_page(book, sheets.DECISION, rows[sheets.DECISION.query], facts)
    page = book.page("填写说明")
    page.widths([110])
    heading_lines(page, "疑似同一人：怎么填", "给县里认定的人员。", 0, facts)
    for row, text in enumerate(_NOTES, _HEAD_ROW):
        page.put(row, 0, text, book.style("plain"))
        page.height(row, height([(text, 110)], BODY_POINTS) + 6)
    page.print_set_up(repeat=None, footer="疑似同一人")
    return book.save(path)


def options(candidates: int) -> tuple[str, ...]:
    """The drop-down for so many people to choose from."""
    if candidates == 1:
        return _ONE
    return tuple(f"是候选{n}" for n in range(1, candidates + 1)) + _SEVERAL_END


def _question_page(book: Book, questions: Sequence[Row], facts: Facts) -> None:
    sheet = sheets.QUESTION
    page = book.page(sheet.title)
    page.widths(column.width for column in sheet.columns)
    last = len(sheet.columns) - 1
    about = f"{sheet.unit}。共 {len(questions)} 件，填法见“填写说明”。{facts.ground}"
    heading_lines(page, sheet.heading, about, last, facts)
    heads(page, sheet.columns, _HEAD_ROW)
    by_options: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for row, line in enumerate(questions, _HEAD_ROW + 1):
        _question(page, row, line)
        answer_at = [column.name for column in sheet.columns].index("answer")
        candidates = line[0] if isinstance(line[0], int) else 1
        by_options.setdefault(options(candidates), []).append((row, answer_at))
    for choices, cells in by_options.items():
        page.choices(cells, choices, "认定结果", strict=True)
    end = _HEAD_ROW + len(questions)
    if not questions:
        page.put(_HEAD_ROW + 1, 0, "（今晚没有需要认定的）", book.style("about"))
    page.sheet.freeze_panes(_HEAD_ROW + 1, sheet.frozen)
    page.sheet.autofilter(_HEAD_ROW, 0, max(end, _HEAD_ROW + 1), last)
    page.print_set_up(repeat=(_HEAD_ROW, _HEAD_ROW), footer=sheet.heading)
    page.protect()


def _question(page: Page, row: int, line: Row) -> None:
    sheet = sheets.QUESTION
    cells = dict(zip(sheet.query_columns, line, strict=True))
    shown = []
    for at, column in enumerate(sheet.columns):
        value = value_of(cells.get(column.name))
        page.put(row, at, value, page.book.style(column.role))
        shown.append((value if isinstance(value, str) else None, column.width))
    page.height(row, max(_LEAST_HEIGHT, height(shown, _POINTS)))


def receipt_names(files: Sequence[str]) -> dict[str, str]:
    """File that came back → path of its receipt, told apart where two are called alike."""
    stems = {file: PurePosixPath(file.replace("!", "/")).stem for file in sorted(files)}
    alike = [stem for stem in stems.values() if list(stems.values()).count(stem) > 1]
    wanted = {
        file: file.replace("/", "_") if stem in alike else stem
        for file, stem in stems.items()
    }
    names = safe_names(wanted.values(), ".xlsx")
    return {file: f"{FOLDER}/{names[name]}" for file, name in wanted.items()}


def receipt_book(path: Path, rows: Sequence[Row], facts: Facts) -> str:
    """Write the receipt of one returned workbook; its SHA-256. Numbers are masked."""
    sheet = sheets.RETURNED
    book = Book(f"{facts.county}认定表回执", facts)
    at = sheet.query_columns.index("outcome")
    counts = {word: sum(row[at] == word for row in rows) for word in _OUTCOMES}
    ground = "，".join(f"{word} {count} 行" for word, count in counts.items()) + "。"
    table_page(book, sheet, masked(rows), facts, ground=ground)
    return book.save(path)


_OUTCOMES = ("采用", "没有采用", "没有填")
