"""A whole file, counted sheet by sheet in the order of its own directory."""

from __future__ import annotations

from pathlib import Path

from pipelines.ingest.container import Refused
from pipelines.ingest.counts.biff import count_xls
from pipelines.ingest.counts.biff2 import count_early, is_early
from pipelines.ingest.counts.biff12 import count_xlsb
from pipelines.ingest.counts.ole import workbook_stream
from pipelines.ingest.counts.opc import Package
from pipelines.ingest.counts.record import Count, Counted
from pipelines.ingest.counts.sheetml import Texts, count_part, count_texts


def count_book(path: Path, sniffed: str, most_inflated: int) -> tuple[Counted, ...]:
    """Every sheet of a workbook that the library reads, zips with a directory that was
    checked; raises Refused when it is unsafe, broken or encrypted."""
    if sniffed == "xls":
        return count_xls(path)
    if sniffed == "xlsb":
        return count_xlsb(path, most_inflated)
    return count_xlsx(path, most_inflated)


def count_old(path: Path) -> tuple[Counted, ...]:
    """The sheets of an old workbook of any form, in a container or without."""
    stream = workbook_stream(path.read_bytes())
    return count_early(stream) if is_early(stream) else count_xls(path)


def count_xlsx(path: Path, most_inflated: int) -> tuple[Counted, ...]:
    """The sheets of an XML workbook."""
    package = Package(path, most_inflated)
    texts = Texts()
    if package.shared is not None:
        texts = count_texts(package.read(package.shared))
    found: list[Counted] = []
    counts: dict[str, Count] = {}
    for sheet in package.sheets():
        if sheet.part is None:
            found.append(Counted(sheet.name, None))
            continue
        if sheet.part in counts:
            raise Refused("ING_UNSAFE", "两张工作表指向同一份内容")
        counts[sheet.part] = count_part(package.read(sheet.part), texts)
        found.append(Counted(sheet.name, counts[sheet.part]))
    package.look_through_the_rest()
    return tuple(found)
