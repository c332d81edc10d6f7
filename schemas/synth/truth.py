"""What a perfect reconciliation of the invented county would say."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from schemas.synth.errors import Expected
from schemas.synth.people import County, Raw, RosterRow, period_no
from schemas.synth.sheets import Book


@dataclass(frozen=True)
class Link:
    """A roster row and the register's pid it must link to.

    The pid is null for nobody, and for a person whose number the register lacks.
    """

    file: str
    sheet: str
    row_no: int
    person_id: str | None
    is_linked: bool


@dataclass(frozen=True)
class SheetRows:
    """How many rows of each kind were written to a sheet."""

    file: str
    sheet: str
    source: str
    kinds: dict[str, int]


@dataclass(frozen=True)
class Truth:
    """Expected findings, links and figures; ``traps``: subjects that stay silent."""

    seed: int
    as_of: str
    county_code: str
    findings: tuple[Expected, ...]
    headline: dict[str, dict[str, int]]
    links: tuple[Link, ...]
    sheets: tuple[SheetRows, ...]
    copies: tuple[str, ...]
    traps: tuple[tuple[str, str], ...]

    def write(self, file: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        file.write_text(text + "\n", encoding="utf-8")


def read(file: Path) -> Truth:
    """The truth that was written; raises OSError or ValueError when there is none."""
    told = json.loads(file.read_text(encoding="utf-8"))
    told["findings"] = tuple(Expected(**f) for f in told["findings"])
    told["links"] = tuple(Link(**link) for link in told["links"])
    told["sheets"] = tuple(SheetRows(**rows) for rows in told["sheets"])
    told["copies"] = tuple(told["copies"])
    told["traps"] = tuple((trap, subject) for trap, subject in told["traps"])
    return Truth(**told)


def tell(
    county: County, expected: tuple[Expected, ...], books: list[Book], seed: int
) -> Truth:
    """The truth of a county and the books as they were written."""
    return Truth(
        seed=seed,
        as_of=county.as_of.isoformat(),
        county_code=county.code,
        findings=expected,
        headline={period_no(year): _headline(county, year) for year in county.years},
        links=tuple(_links(books)),
        sheets=tuple(_sheets(books)),
        copies=tuple(copy for book in books for copy in book.copies),
        traps=tuple(_traps(county)),
    )


def _headline(county: County, year: int) -> dict[str, int]:
    """Persons counted once, households by register or head, yuan as written."""
    rows = [row for row in county.roster if row.year == year]
    people = {id(row.person) for row in rows}
    homes = {id(row.person.household.head) for row in rows}
    if year == county.years[2]:
        return {"people": 0, "households": 0, "yuan": 0, "applied": len(people)}
    return {
        "people": len(people),
        "households": len(homes),
        "yuan": sum(row.amount for row in rows),
        "applied": 0,
    }


def _links(books: list[Book]) -> list[Link]:
    found = []
    for book in books:
        for sheet in book.sheets:
            for number, line in enumerate(sheet.lines, 1):
                if line.kind == "data" and isinstance(line.subject, RosterRow):
                    person = line.subject.person
                    known = person.is_registered
                    shown = known and person.shown_number != Raw(None)
                    pid = person.known_as if shown else None
                    found.append(Link(book.path, sheet.name, number, pid, known))
    return found


def _sheets(books: list[Book]) -> list[SheetRows]:
    found = []
    for book in books:
        for sheet in book.sheets:
            kinds: dict[str, int] = {}
            for line in sheet.lines:
                kinds[line.kind] = kinds.get(line.kind, 0) + 1
            found.append(SheetRows(book.path, sheet.name, sheet.source, kinds))
    return found


def _traps(county: County) -> list[tuple[str, str]]:
    return [
        (home.trap or person.trap, person.known_as)
        for home in county.households
        for person in home.members
        if home.trap or person.trap
    ]
