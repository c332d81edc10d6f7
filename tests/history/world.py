"""A county of a few lines: what a night's other stages would leave, then our three calls.

One township, one register, one roster per period. A finding is ``RULE 名`` with an
optional period; people are called by one character and get an invented number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from pipelines import database, history, publish
from pipelines.history import store
from schemas.idnumber import check_digit

TABLES = (Path(__file__).parent / "world.sql").read_text(encoding="utf-8")
OTHERS = tuple(f"人{number}" for number in range(60))
P1, P2 = "2021-2022", "2022-2023"
# rule → the source whose silence it complains of
RULES = {
    "ELG": None,
    "IDN": None,
    "OMI": "yulu_roster",
    "LNK": "monitored_person",
    "OMI_BREAK": "yulu_roster",
    "OMI_VOC_NO_YULU": "yulu_roster",
}


def pid(name: str) -> str:
    """An invented person's number: area 142230, born after it was abolished."""
    number = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 1000
    first = f"14223020050401{number:03d}"
    return first + check_digit(first)


@dataclass(frozen=True)
class Hit:
    """One candidate: a rule, a subject, a period, why it is held, what it says."""

    rule: str
    name: str
    period: str | None = P1
    hold: str | None = None
    says: str = "原样"
    subject_id: str | None = None
    kind: str = "person"


@dataclass(frozen=True)
class Given:
    """What one night was given: people in the register, in the rosters, what is found."""

    hits: Sequence[Hit] = ()
    register: Sequence[str] = ("甲", "乙", "丙", *OTHERS)
    rosters: dict[str, Sequence[str]] = field(
        default_factory=lambda: {P1: ("甲", "乙", "丙", *OTHERS)}
    )
    uncovered: Sequence[str] = ()
    rules: dict[str, str] = field(default_factory=lambda: dict.fromkeys(RULES, "hits"))
    snapshot_on: date = date(2023, 9, 10)
    keys: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    village: str | None = "一村"


@dataclass(frozen=True)
class Told:
    """How one finding stands after a night."""

    state: str
    number: str
    first_on: date
    last_on: date
    says: str
    held: str | None
    subject_id: str
    village: str | None
    owner: str
    cells: int
    is_tonight: bool


class County:
    """A county in memory: what its nights knew lies in the attached database `past`."""

    def __init__(self) -> None:
        self.con = duckdb.connect(config={"threads": 1})
        self.con.execute("attach ':memory:' as past")
        self.con.execute("use past")
        database.run_sql_file(self.con, store.FOLDER / "tables.sql")
        self.con.execute("use memory")

    def night(
        self, as_of: date, given: Given, *, is_published: bool = True
    ) -> dict[str, Told]:
        """One whole night; findings by ``RULE 名`` (with the period unless it is P1)."""
        self.con.execute(
            "create or replace temp table his_until as select ?::date as as_of", [as_of]
        )
        database.run_sql_file(self.con, store.FOLDER / "recall.sql")
        fill(self.con, as_of, given)
        history.live(self.con)
        if is_published:
            self.remember(as_of)
        return told(self.con)

    def remember(self, as_of: date) -> None:
        """What publishing and taking in come to."""
        self.con.execute(
            "create or replace temp table night as select ?::date as as_of, "
            "'hash' as run_hash, '' as version, '' as counts",
            [as_of],
        )
        for name in store.MEMORY:
            self.con.execute(
                f"create or replace temp table night_{name} as from memory.mem_{name}"
            )
        self.con.execute("use past")
        database.run_sql_file(self.con, store.FOLDER / "night.sql")
        self.con.execute("use memory")


class Disk:
    """A county with its output folder and its history.duckdb."""

    def __init__(self, out: Path) -> None:
        self.out = out
        out.mkdir(exist_ok=True)
        self.db = out / "history.duckdb"
        self.notes: list[str] = []

    def night(
        self, as_of: date, given: Given, *, is_published: bool = True
    ) -> dict[str, Told]:
        """One whole night, published and remembered."""
        with duckdb.connect(config={"threads": 1}) as con:
            history.recall(con, self.db, self.out, as_of)
            fill(con, as_of, given)
            self.notes = [n for (n,) in con.execute("from his_note").fetchall()]
            history.live(con)
            if is_published:
                self.publish(con, as_of)
            return told(con)

    def publish(self, con: duckdb.DuckDBPyConnection, as_of: date) -> None:
        publish.sweep(self.out)
        aside = self.out / publish.WORK / "aside"
        (aside / "tables").mkdir(parents=True)
        outputs = {}
        for name in (*(f"mem_{name}" for name in store.MEMORY), "fnd_finding"):
            path = aside / "tables" / f"{name}.parquet"
            con.sql(f"from {name}").write_parquet(str(path))
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            outputs[path.relative_to(aside).as_posix()] = digest
        run = {"as_of": str(as_of), "outcome": "audited", "outputs": outputs}
        (aside / "run.json").write_text(json.dumps(run))
        publish.publish(aside, self.out, as_of)
        history.remember(self.db, self.out / str(as_of))

    def bytes_of(self, as_of: date) -> dict[str, str]:
        """Every published file of a night and its hash."""
        folder = self.out / str(as_of)
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(
                path.read_bytes()
            ).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


def fill(con: duckdb.DuckDBPyConnection, as_of: date, given: Given) -> None:
    """Everything that the stages before us leave."""
    database.run_sql_file(con, database.MACROS)
    con.execute(TABLES)
    con.execute("insert into run values (?)", [as_of])
    rows: list[tuple[str, str | None, str]] = [
        ("monitored_person", None, name) for name in given.register
    ]
    for period, names in given.rosters.items():
        rows += [("yulu_roster", period, name) for name in names]
    con.execute(
        "insert into world select unnest(range(1, $1 + 1)), unnest($2::varchar[]), "
        "unnest($3::varchar[]), unnest($4::varchar[]), unnest($5::varchar[]), "
        "unnest($6::varchar[])",
        [
            len(rows),
            [source for source, _, _ in rows],
            [period for _, period, _ in rows],
            [name for _, _, name in rows],
            [pid(name) for _, _, name in rows],
            [given.keys.get(name, f"p{name}") for _, _, name in rows],
        ],
    )
    con.execute("insert into tonight values (?, ?)", [given.snapshot_on, given.village])
    if given.uncovered:
        con.execute("insert into uncovered select unnest(?)", [list(given.uncovered)])
    for rule, outcome in given.rules.items():
        con.execute(
            "insert into rule values (?, ?, ?)", [rule, RULES.get(rule), outcome]
        )
    for hit in given.hits:
        key = given.keys.get(hit.name, f"p{hit.name}")
        con.execute(
            "insert into hit values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                hit.rule, hit.kind, hit.name if hit.kind == "place" else key,
                hit.subject_id or pid(hit.name), hit.name, hit.period, hit.hold, hit.says,
            ],
        )  # fmt: skip
    database.run_sql_file(con, Path(__file__).parent / "stages.sql")
    for former, key in given.aliases.items():
        con.execute("insert into lnk_key_alias values (?, ?)", [former, key])


def told(con: duckdb.DuckDBPyConnection) -> dict[str, Told]:
    """fnd_finding, readable."""
    rows = con.execute(
        "select rule_code, name, period, state, finding_no, first_seen_on, "
        "last_seen_on, observed, held_reason, subject_id, village, owner, "
        "coalesce(len(evidence), 0), is_tonight from fnd_finding"
    ).fetchall()
    return {
        " ".join([rule, name, *([period] if period not in (None, P1) else [])]): Told(
            *rest
        )
        for rule, name, period, *rest in rows
    }


def but(given: Given, **changes: object) -> Given:
    """The same night with something else."""
    return replace(given, **changes)  # type: ignore[arg-type]
