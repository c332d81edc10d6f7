"""Large ordinary xlsx workbooks as sheets, by our own quick reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipelines.ingest.cells import Rows, Sheet
from pipelines.ingest.container import in_one, inflated
from pipelines.ingest.counts import Facts, facts_around
from pipelines.ingest.helpers import Helpers
from pipelines.ingest.package import Unusual, open_package
from pipelines.ingest.sheetxml import SheetXml


def quick_sheets(
    path: Path, most_inflated: int, helpers: Helpers | None = None
) -> Iterator[Sheet]:
    """The sheets in their order; may raise Unusual at any row, and Refused."""
    package = open_package(path, most_inflated)
    if len({sheet.part for sheet in package.sheets}) < len(package.sheets):
        raise Unusual
    for number, sheet in enumerate(package.sheets, start=1):
        data = in_one(inflated(path, sheet.part, most_inflated))
        xml = SheetXml(data, package, helpers)
        yield Sheet(
            number=number,
            name=sheet.name,
            is_hidden=sheet.is_hidden,
            height=xml.height,
            rows=partial(_itself, xml),
            merges=xml.merges,
            valueless=xml.valueless,
            facts=partial(_facts, xml, data),
        )


def _facts(xml: SheetXml, data: bytes) -> Facts:
    return replace(facts_around(data), hidden_rows=xml.hidden_rows)


def _itself(rows: Rows) -> Rows:
    return rows
