"""What titles, sheet names and file names say about a whole sheet.

A title or note row inside the sheet is believed first, then the sheet's name, then
the file's; a name is only a hint and its use is noted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from pipelines.ingest.rows import people_stated
from schemas.dates import Period, parse_period, parse_span

_DAY = (
    r"((?:19|20)[0-9]{2})(?:\s*[-年./]\s*([0-9]{1,2})\s*[-月./]\s*([0-9]{1,2})"
    r"|([0-9]{2})([0-9]{2}))"
)
_STATED_DAY = re.compile(
    r"(?:导出|数据|截止|截至|统计|下载|打印|查询|生成|制表|填报|更新)(?:时间|日期|时点)?"
    r"[^0-9]{0,6}" + _DAY
)
_ANY_DAY = re.compile(r"(?<![0-9])" + _DAY + r"(?![0-9])")
_MONTH = re.compile(r"(?<![0-9])(20[0-9]{2})\s*年\s*([0-9]{1,2})\s*月(?!\s*[0-9])")

_APPLIED = re.compile(r"申报|审核中|待审|在审")
_POLICY_OFF = re.compile(r"不(?:再)?享受(?:帮扶)?政策")
_TEN_THOUSANDS = re.compile(r"单位[:：]?\s*[（(]?万元|[（(]万元[)）]")
# Other programmes paid to the same families (domain section 2.2): not Yulu.
_OTHER_PROGRAMME = re.compile(
    r"助学金|助学贷款|免学费|奖学金|低保|养老|医疗救助|临时救助|五保|特困|残疾人|公益性?岗"
)


@dataclass(frozen=True)
class SheetHints:
    """What the words around a sheet say; ``period_from``: title, sheet or file.

    ``stated_people`` comes from the title or the sheet's name; a head count in a
    file's name speaks for all of its sheets and is compared elsewhere.
    """

    snapshot_on: date | None
    dated_by: str | None
    period: Period | None
    period_from: str | None
    stated_people: int | None
    is_applied: bool
    is_policy_off: bool
    is_other_programme: bool
    in_ten_thousands: bool


def sheet_hints(file: str, sheet: str, above: Sequence[str]) -> SheetHints:
    """Hints for one sheet; ``above`` are the texts of the rows over the heading."""
    title, name = "\n".join(above), PurePosixPath(file).stem
    words = (title, sheet, name)
    inside = day_in(title) or day_in(sheet)
    by_name = None if inside else day_in(name)
    period, period_from = None, None
    for where, text in zip(("title", "sheet", "file"), words, strict=True):
        period = parse_period(text)
        if period is not None:
            period_from = where
            break
    counts = (people_stated(text) for text in (title, sheet))
    return SheetHints(
        snapshot_on=inside or by_name,
        dated_by="title" if inside else "name" if by_name else None,
        period=period,
        period_from=period_from,
        stated_people=next((n for n in counts if n is not None), None),
        is_applied=any(_APPLIED.search(text) for text in words),
        is_policy_off=any(_POLICY_OFF.search(text) for text in words),
        is_other_programme=_is_other_programme("".join(words)),
        in_ten_thousands=bool(_TEN_THOUSANDS.search(title)),
    )


def _is_other_programme(text: str) -> bool:
    return "雨露" not in text and bool(_OTHER_PROGRAMME.search(text))


def day_in(text: str) -> date | None:
    """The day a text says it was made, else the last whole day it names, else the
    first day of a month it names; null when it names none."""
    for pattern in (_STATED_DAY, _ANY_DAY):
        days = [_day(match) for match in pattern.finditer(text)]
        real = [day for day in days if day is not None]
        if real:
            return real[-1]
    if found := _MONTH.search(text):
        # A month's list can speak for no day later than its first without guessing.
        span = parse_span(f"{found[1]}-{found[2]}")
        return span.first if span else None
    return None


def _day(match: re.Match[str]) -> date | None:
    year, month, day = match[1], match[2] or match[4], match[3] or match[5]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
