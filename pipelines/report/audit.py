"""The audit: everything written, opened again from disk before anybody may see it.

Each shortfall is one Chinese line with file, sheet and cell, and nobody's data. One is
enough to stop the publication.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from pipelines.report import (
    audit_books,
    audit_decide,
    audit_marks,
    audit_page,
    gate,
    gate_book,
    gate_file,
    manifest,
)
from pipelines.report.query import Row, asked
from pipelines.report.tables import file_hashes, table_queries
from pipelines.report.write import (
    DECIDE,
    KEYS,
    LISTS,
    MAIN,
    NOTICE,
    PAGE,
    RETURNS,
    TABLES,
    TOWNSHIPS,
    VILLAGES,
)  # fmt: skip

CHECKS = Path(__file__).parent / "checks"
RUN = "run.json"
Connection = duckdb.DuckDBPyConnection
_MANY = 50_000


def audit(folder: Path, con: Connection) -> list[str]:
    """Shortfalls of the outputs below ``folder``; empty when they may be published.

    Needs the connection that wrote them, with its ``out_`` tables.
    """
    found = [*_files(folder, con)]
    if found:
        return found
    rows = audit_books.all_rows(con)
    found += of_tables(con, rows)
    found += _tables(folder, con)
    found += _manifest(folder, con)
    found += _page(folder)
    accounts = gate_file.Accounts(con)
    for path in sorted(folder.rglob("*.xlsx")):
        name = path.relative_to(folder).as_posix()
        broken = [f"{name}：{what}" for what in gate_book.active_content(path)]
        found += broken
        if broken:
            continue
        is_for_all = name.split("/")[0] in (TOWNSHIPS, VILLAGES, NOTICE, RETURNS)
        finder = gate.leaks if is_for_all else accounts.leaks
        found += [
            f"{name}：{what}" for what in gate_book.leaking(path, finder, gate.leaks)
        ]
    for name in sorted(table_queries(con)):
        table = folder / TABLES / f"{name}.parquet"
        found += [
            f"{TABLES}/{name}：{w}" for w in gate_file.in_table(con, table, accounts)
        ]
    run = (folder / RUN).read_text(encoding="utf-8")
    found += audit_marks.of_all(folder, con)
    found += [f"{RUN}：出现{what}" for what in accounts.leaks(run)]
    return found or [
        *audit_books.books(folder, con, rows),
        *audit_page.figures(folder / PAGE, rows),
        *audit_decide.decide(folder, con, rows),
    ]


def _files(folder: Path, con: Connection) -> Iterator[str]:
    """Files missing, unexpected, or readable by others."""
    con.execute("select book from out_book")
    wanted = {book for (book,) in con.fetchall()}
    wanted |= {MAIN, LISTS, KEYS, NOTICE, DECIDE, PAGE, RUN}
    wanted |= {f"{TABLES}/{name}.parquet" for name in table_queries(con)}
    have = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if not path.is_dir()
    }
    yield from (f"缺少文件：{name}" for name in sorted(wanted - have.keys()))
    yield from (f"多出文件：{name}" for name in sorted(have.keys() - wanted))
    for name, path in sorted(have.items()):
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            yield f"不是普通文件：{name}"
        elif os.name == "posix" and mode & 0o077:
            yield f"文件权限过宽：{name}"
        yield from (f"文件名：{what}" for what in gate_file.in_name(name))


def of_tables(con: Connection, rows: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """What does not add up in the work database; a check returns what falls short."""
    for path in sorted(CHECKS.glob("*.sql")):
        yield from (str(line) for (line,) in asked(con, path)[1])
    yield from audit_books.counted(con, rows)


def _tables(folder: Path, con: Connection) -> Iterator[str]:
    """Published tables that differ from the work database, value by value."""
    for name, query in sorted(table_queries(con).items()):
        literal = str(folder / TABLES / f"{name}.parquet").replace("'", "''")
        try:
            wanted = con.execute(query.rstrip().rstrip(";")).fetchmany(_MANY)
            published = f"select * from read_parquet('{literal}')"  # noqa: S608
            have = con.execute(published).fetchmany(_MANY)
            if len(wanted) == len(have) == _MANY:
                # too many to hold twice: every row's hash, with its place
                wanted, have = _hashed(con, query), _hashed(con, published)
        except duckdb.Error:
            yield f"数据表无法打开：{name}"
            continue
        if have == wanted:
            continue
        if len(wanted) != len(have):
            counts = f"应有 {len(wanted)} 行，实有 {len(have)} 行"
            yield f"数据表行数不符：{name}（{counts}）"
        else:
            yield f"数据表内容不符：{name}"


def _hashed(con: Connection, query: str) -> list[Row]:
    """How many rows, and one number for all of them in their order."""
    con.execute(
        "select count(*), bit_xor(hash(place, line)) from (select row_number() over () "  # noqa: S608
        f"as place, line from ({query.rstrip().rstrip(';')}\n) as line)"
    )
    return con.fetchall()


def _manifest(folder: Path, con: Connection) -> Iterator[str]:
    """``run.json`` against the files beside it and the figures in the database."""
    try:
        run = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        yield "run.json 无法读取"
        return
    hashes = {name: value for name, value in file_hashes(folder).items() if name != RUN}
    stated = run.get("outputs", {})
    yield from (
        f"文件与 run.json 记录的校验值不符：{name}"
        for name in sorted(hashes.keys() | stated.keys())
        if hashes.get(name) != stated.get(name)
    )
    if run.get("headline") != manifest.headline(con):
        yield "run.json 的资助规模不符"
    if run.get("headline_total") != manifest.headline_total(con):
        yield "run.json 的合计不符"
    if run.get("counts") != manifest.counts(con):
        yield "run.json 的计数不符"


def _page(folder: Path) -> Iterator[str]:
    """The page: no script, nothing loaded, no number in full."""
    text = (folder / PAGE).read_text(encoding="utf-8")
    yield from (f"{PAGE}：{what}" for what in gate_file.on_page(text))
