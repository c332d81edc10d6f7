"""From truth to books: which files a county office keeps, and what is on each sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta

from schemas.kinds import Cell
from schemas.sources import SPECS
from schemas.spec import SourceSpec
from schemas.synth import exports, wide
from schemas.synth.clerk import Clerk
from schemas.synth.names import words
from schemas.synth.people import (
    County,
    Payment,
    Person,
    Raw,
    RosterRow,
    Value,
    period_no,
)
from schemas.synth.sheets import Book, Column, Line, Sheet, Subject

Record = tuple[Subject, dict[str, Value]]
_BY_NAME = {spec.name: spec for spec in SPECS}
_OPTIONAL = {"sex", "bank", "phone", "guardian_name", "major", "grade", "student_no"}
# What a county's own roster does not know: a system says it.
_NOT_IN_ROSTERS = {
    "household_no", "person_no", "monitored_category", "enjoyed", "not_enjoyed_reason",
    "guardian_id_number", "guardian_relation",
}  # fmt: skip
# Banks and schools answer for the county as a whole.
_WHOLE = frozenset({"yulu_payment", "school_register"})
_USUAL_EXTRAS = 12
_BATCHES = ("第一批", "第二批", "补发")
_CSV = {"csv_gb18030": "gb18030", "csv_utf8_mark": "utf-8-sig", "csv_utf8": "utf-8"}


def sheet_of(
    name: str,
    spec: SourceSpec,
    columns: list[Column],
    records: Iterable[Record],
    clerk: Clerk,
    above: list[str],
) -> Sheet:
    """A table under its title and note rows; ``columns`` are copied for the sheet."""
    lines = [Line("title" if not n else "note", [text]) for n, text in enumerate(above)]
    lines.append(Line("heading", [column.heading for column in columns]))
    for subject, values in records:
        cells = _cells(columns, subject, values, clerk)
        lines.append(Line("data", cells, subject, values=values))
    return Sheet(name, spec.name, [replace(c) for c in columns], lines)


def _cells(
    columns: list[Column], subject: Subject, values: dict[str, Value], clerk: Clerk
) -> list[Cell]:
    person = (
        subject if isinstance(subject, Person) else getattr(subject, "person", None)
    )
    mark = int(person.no[-9:]) if person is not None and person.no else 0
    is_student = not isinstance(subject, Person)
    return [
        clerk.cell(column, values.get(column.name), is_student=is_student)
        if column.name is not None
        else wide.extra_value(column.heading, mark + 7 * place)
        for place, column in enumerate(columns)
    ]


def by_township(records: list[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        town = record[1]["township"]
        if isinstance(town, Raw):  # an error in the cell: filed by where they live
            who = record[0]
            person = who if isinstance(who, Person) else getattr(who, "person", None)
            town = person.household.place.township if person else ""
        found.setdefault(str(town), []).append(record)
    return dict(sorted(found.items()))


def _drawn_columns(
    spec: SourceSpec, clerk: Clerk, extras: Iterable[str], without: set[str]
) -> list[Column]:
    """All declared columns, or the usual ones only, less those told elsewhere."""
    gone = set(without)
    if clerk.does("fewer_columns"):
        gone |= {name for name in sorted(_OPTIONAL) if clerk.rng.random() < 0.5}
    names = [c.name for c in spec.columns if c.name not in gone]
    return clerk.columns(spec, names, extras)


def register_books(
    county: County, snapshot: int, clerk: Clerk, width: int
) -> list[Book]:
    """One export of the monitoring system, in one of the layouts of domain 1.2–1.4."""
    spec, on = _BY_NAME["monitored_person"], county.snapshots[snapshot]
    size = exports.sizes(county, snapshot)
    records: list[Record] = [
        (person, exports.register_values(county, person, snapshot, size))
        for person in county.people()
        if exports.is_present(county, person, snapshot)
    ]
    if snapshot == 1:
        records += [
            (person, values | person.listed_again)
            for person, values in records
            if isinstance(person, Person) and person.listed_again is not None
        ]
    note = f"导出时间：{on.isoformat()} 09:30:00"
    folder, day = f"监测系统/{on:%Y年%m月}", f"{on:%Y%m%d}"

    def fixed(layout: str, above: list[str]) -> Sheet:
        columns = [clerk.known(spec, heading) for heading in words()[layout]]
        if layout == "whole_county":
            _as_codes(columns)
        return sheet_of("", spec, columns, records, clerk, above)

    if snapshot == 2:
        sheet = fixed("monthly", [])
        sheet.name = "Sheet1"
        return [Book(f"{folder}/防返贫监测对象月报_{day}.xlsx", [sheet])]
    if snapshot == 0 and clerk.does("whole_county_layout"):
        sheet = fixed("whole_county", [])
        sheet.name = "Sheet1"
        return [Book(f"{folder}/全县全字段（{day}）.xlsx", [sheet])]
    if snapshot == 0 and clerk.does("full_field_layout"):
        form = "gb18030" if clerk.rng.random() < 0.5 else "utf-8-sig"
        path = f"{folder}/全县全字段_{day}.csv"
        return [Book(path, [fixed("full_field", [])], form)]
    if clerk.does("basic_layout"):
        sheet = fixed("basic", [f"{county.name}户信息（基础信息）", note])
        sheet.name = "Sheet1"
        return [Book(f"{folder}/（基础信息）户信息_{day}.xlsx", [sheet])]
    names = [c.name for c in spec.columns if not c.name.startswith("belongs_")]
    width = width or len(names) + _USUAL_EXTRAS
    columns = clerk.columns(spec, names, wide.register_headings(width), width)
    title = f"{county.name}（自定义）监测对象信息"

    def book(path: str, parts: dict[str, list[Record]], above: list[str]) -> Book:
        sheets = [
            sheet_of(name, spec, columns, part, clerk, above)
            for name, part in parts.items()
        ]
        return Book(f"{folder}/{path}", sheets)

    if snapshot == 1 and clerk.does("files_by_type"):
        return [
            book(f"{name}.xlsx", {"Sheet1": part}, [title, note])
            for name, part in _by_type(records, day)
        ]
    towns = by_township(records)
    if snapshot == 1 and clerk.does("township_files"):
        return [
            book(
                copy_name(f"（自定义）监测对象信息_{day}", n),
                {"Sheet1": part},
                [title, note],
            )
            for n, part in enumerate(towns.values())
        ]
    name = f"（自定义）监测对象信息_{day}.xlsx"
    if snapshot == 1 and (clerk.does("township_sheets") or not clerk.messes):
        return [book(name, towns, [title, note])]
    return [book(name, {"Sheet1": records}, [title, note])]


def _as_codes(columns: list[Column]) -> None:
    """Sex as 1 and 2."""
    for column in columns:
        if column.name == "sex":
            column.typed = lambda value: {"男": "1", "女": "2"}.get(str(value))


def copy_name(stem: str, number: int) -> str:
    """As a browser names the same download again and again."""
    return f"{stem} ({number}).xlsx" if number else f"{stem}.xlsx"


def _by_type(records: list[Record], day: str) -> list[tuple[str, list[Record]]]:
    """One file a kind of household; 脱贫不稳定户 stand in two, word for word."""
    off = [r for r in records if "不享受" in str(r[1]["household_type"])]
    exited = [r for r in records if r[1]["household_type"] == "脱贫户"]
    monitored = [r for r in records if r[1]["monitored_category"]]
    done = [r for r in monitored if r[1]["is_risk_done"]]
    open_ = [r for r in monitored if not r[1]["is_risk_done"]]
    ordinary = [
        r
        for r in records
        if r[1]["household_type"] == "一般农户" and not r[1]["monitored_category"]
    ]
    monitored_name = f"防止返贫致贫监测对象信息_{day}"
    files = [
        (f"1-脱贫户信息_{day}-继续享受政策", exited),
        (f"6-{monitored_name}-风险未消除{len(open_)}人", open_),
        (f"9-脱贫户信息_{day}-脱贫不享受政策", off),
        (f"10-{monitored_name}-风险已消除{len(done)}人", done),
        (f"11-其他农户信息_{day}", ordinary),
    ]
    return [(name, part) for name, part in files if part]


def roster_rows(county: County, year: int) -> list[RosterRow]:
    """The rows of one school year by place and household, as the office files them."""
    rows = [row for row in county.roster if row.year == year]
    return sorted(rows, key=_roster_order)


def roster_books(
    county: County, year: int, clerk: Clerk, apart: Collection[int] = ()
) -> list[Book]:
    """The county's funding list of one school year, in one or several files.

    ``apart``: ids of the rows that stand in another system's list.
    """
    is_review = year == county.years[2]
    rows = [row for row in roster_rows(county, year) if id(row) not in apart]
    records: list[Record] = [(row, exports.roster_values(county, row)) for row in rows]
    if not is_review and clerk.does("roster_by_terms"):
        records = [half for record in records for half in halves(*record)]
    what = "申报名单（审核中）" if is_review else "资助名册"
    stem = f"{county.name}{period_no(year)}学年雨露计划{what}"
    on = county.as_of - timedelta(days=5) if is_review else date(year + 1, 4, 30)
    batches = sorted({row.batch for row in rows}, key=_BATCHES.index)
    if len(batches) > 1:
        parts = {
            f"{stem}（{batch}）": [
                r
                for r in records
                if isinstance(r[0], RosterRow) and r[0].batch == batch
            ]
            for batch in batches
        }
    else:
        parts = {stem: records}
    return [
        book
        for title, part in parts.items()
        for book in listed("雨露计划", "yulu_roster", title, part, clerk, on)
    ]


def halves(subject: Subject, values: dict[str, Value]) -> list[Record]:
    """The school year as two terms, each half of it: neither a second row nor less."""
    amount = values["amount_fen"]
    half = amount // 2 if isinstance(amount, int) else amount
    return [
        (
            subject,
            values | {"period_no": f"{values['period_no']}-{n}", "amount_fen": half},
        )
        for n in (1, 2)
    ]


def _roster_order(row: RosterRow) -> tuple[str, str, str, int]:
    home = row.person.household
    return home.place.township, home.place.village, home.head.no, row.year


def payment_books(county: County, year: int, clerk: Clerk) -> list[Book]:
    """The bank's return of one school year, other aid beside or among it."""
    found = [p for p in county.payments if p.year == year]
    found.sort(key=lambda p: (p.paid_on, p.person.household.place.township))
    title = f"{county.name}{period_no(year)}学年雨露计划补助资金发放回盘"
    on = date(year + 1, 12, 15)
    together = clerk.does("aid_in_the_same_file")
    parts = {title: [p for p in found if together or p.programme == "雨露计划"]}
    if not together:
        aid = f"{county.name}{period_no(year)}学年国家助学金发放明细"
        parts[aid] = [p for p in found if p.programme != "雨露计划"]
    return [
        book
        for name, part in parts.items()
        if part
        for book in listed("银行回盘", "yulu_payment", name, _payments(part), clerk, on)
    ]


def _payments(part: list[Payment]) -> list[Record]:
    return [(p, exports.payment_values(p)) for p in part]


def departure_books(county: County, clerk: Clerk) -> list[Book]:
    """All departures since the first funded year, in one list."""
    gone = [p for p in county.people() if p.departure]
    gone.sort(key=lambda p: (p.departure.on if p.departure else county.as_of, p.no))
    records: list[Record] = [(p, exports.departure_values(p)) for p in gone]
    if not records:
        return []
    title = f"{county.name}人员自然减少台账"
    on = county.as_of - timedelta(days=8)
    return listed("监测系统", "member_departure", title, records, clerk, on)


def listed(
    folder: str,
    source: str,
    title: str,
    records: list[Record],
    clerk: Clerk,
    on: date,
) -> list[Book]:
    """A county list as one sheet, a sheet a township, a file a township, or csv."""
    spec = _BY_NAME[source]
    without = set(_NOT_IN_ROSTERS) if source == "yulu_roster" else set()
    is_by_year = all(len(str(values.get("period_no"))) == 9 for _, values in records)
    if source == "yulu_roster" and is_by_year and clerk.does("period_in_title"):
        without.add("period_no")
    if source == "yulu_payment" and "payments_without_numbers" in clerk.messes:
        without.add("id_number")
    extras = wide.roster_headings() if source == "yulu_roster" else []
    columns = _drawn_columns(spec, clerk, extras, without)

    def sheet(name: str, part: list[Record], above: list[str]) -> Sheet:
        return sheet_of(name, spec, columns, part, clerk, above)

    place = f"{folder}/{title}"
    dated = [] if clerk.does("undated_lists") else [f"制表日期：{on:%Y年%m月%d日}"]
    many: Callable[[str], bool] = clerk.does
    if source not in _WHOLE and many("township_files"):
        return [
            Book(
                f"{place}/{town}.xlsx",
                [sheet("Sheet1", part, [f"{title}　{town}", *dated])],
            )
            for town, part in by_township(records).items()
        ]
    if source not in _WHOLE and many("township_sheets"):
        towns = by_township(records)
        sheets = [sheet(town, part, [title, *dated]) for town, part in towns.items()]
        return [Book(f"{place}.xlsx", sheets)]
    for mess, form in _CSV.items():
        if many(mess):
            return [Book(f"{place}.csv", [sheet("", records, [title, *dated])], form)]
    return [Book(f"{place}.xlsx", [sheet("Sheet1", records, [title, *dated])])]
