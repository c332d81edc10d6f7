"""Damaged files by the thousand: none may crash the reader or lose a cell in silence.

Usage: python tests/evaluation/mutants.py [COUNT] [SEED] [FORM…] (default 10000 1)

Small files of every form are damaged at random, by a seed: bytes flipped in the zip or
record stream, records and XML elements dropped, doubled, put elsewhere, attributes
changed, stray marks in texts. Each goes the way of a reading process, in a forked copy
of this one under the same limits. What is read is then read again by other means:

``crash``      an exception that is no verdict: a mistake of ours
``silent``     cells accepted that a second reader, or the library, sees otherwise
``died``       the process ended; the file is refused, as in a real run, and told here
"""

from __future__ import annotations

import io
import os
import pickle
import quopri
import random
import re
import resource
import shutil
import struct
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from xml.etree import ElementTree as ET

import python_calamine

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pipelines.ingest import child  # noqa: E402
from pipelines.ingest.container import Refused  # noqa: E402
from pipelines.ingest.grid import sheets  # noqa: E402
from pipelines.ingest.job import Job  # noqa: E402
from pipelines.ingest.package import Unusual  # noqa: E402
from schemas.sources import SPECS  # noqa: E402
from tests.ingest import writers  # noqa: E402
from tests.ingest.parts import unzipped, zipped  # noqa: E402
from tests.ingest.sheets import REGISTER, ROSTER, register_row, roster_row  # noqa: E402

_MOST = 64 << 20
_BATCH = 100
_SECONDS = 30
_MEMORY_MIB = 1024
# What the reading process says when an exception of ours came out of it; a panic of
# the library is a verdict about the file.
_MISTAKE = re.compile(r"内容无法识别（[A-Za-z]+）")
_ID = re.compile(rb"1422[0-9]{13}[0-9X]")
_VALUES = ("", "0", "1", "-1", "99999999999", "A1", "XFD1048576", "s", "str", "e", "b",
           "inlineStr", "d", "true", "../x", "rId1", "&#10;", "张", "1e400", "nan")  # fmt: skip

Change = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True)
class Found:
    """What became of one mutant."""

    number: int
    form: str
    damage: str
    verdict: str
    detail: str


def originals() -> dict[str, bytes]:
    """One small file of every form that is read."""
    register = [
        ["导出时间：2022-12-18"],
        list(REGISTER),
        *(register_row(n) for n in range(1, 9)),
    ]
    roster = [list(ROSTER), *(roster_row(n) for n in range(1, 9)), ["合计", "", 8]]
    two = {"监测对象": register, "名册": roster}
    one = {"名册": roster}
    found = {name: write(two) for name, write in writers.WORKBOOKS.items()}
    found |= {name: write(one) for name, write in writers.TEXTS.items()}
    found |= {f"biff{version}": writers.biff(version)(one) for version in (2, 3, 4, 5)}
    return found


def flipped(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content))]


def repeated(content: bytes, rng: random.Random) -> bytes:
    """A stretch of bytes doubled or left out."""
    start = rng.randrange(len(content))
    end = min(len(content), start + rng.choice((1, 2, 8, 64, 512)))
    again = content[start:end] * rng.choice((0, 2))
    return content[:start] + again + content[end:]


def in_part(change: Change) -> Change:
    """The change inside one part of a zip, which is put together rightly again."""

    def changed(content: bytes, rng: random.Random) -> bytes:
        parts: dict[str, str | bytes] = dict(unzipped(content))
        told = sorted(n for n, body in parts.items() if body)
        name = rng.choice([n for n in told if "sheet" in n or "content" in n] + told)
        parts[name] = change(bytes(parts[name]), rng)  # type: ignore[arg-type]
        return zipped(parts)

    return changed


# The library knows OpenDocument's elements by their usual prefixes alone.
for _prefix in ("office", "table", "text", "style"):
    ET.register_namespace(
        _prefix, f"urn:oasis:names:tc:opendocument:xmlns:{_prefix}:1.0"
    )


def element(content: bytes, rng: random.Random) -> bytes:
    """An element dropped, doubled, moved, renamed, emptied, or an attribute changed."""
    try:
        root = ET.fromstring(content)  # noqa: S314 - written by us a moment ago
    except (ET.ParseError, ValueError):
        return flipped(content, rng)
    for _ in range(rng.choice((1, 1, 1, 3))):
        parents = [node for node in root.iter() if len(node)]
        if not parents:
            break
        parent = rng.choice(parents)
        at = rng.randrange(len(parent))
        node = parent[at]
        match rng.randrange(8):
            case 0:
                parent.remove(node)
            case 1:
                parent.insert(rng.randrange(len(parent)), node)
            case 2:
                parent.remove(node)
                parent.insert(rng.randrange(len(parent) + 1), node)
            case 3:
                rng.choice(parents).append(deepcopy(node))  # never into itself
            case 4:
                node.tag = rng.choice(parents).tag
            case 5:
                node.text = rng.choice((None, "", "  ", *_VALUES[1:-3]))
            case 6 if node.attrib:
                node.attrib.pop(rng.choice(sorted(node.attrib)))
            case _:
                names = sorted(node.attrib) or ["r", "t"]
                node.set(rng.choice(names), rng.choice(_VALUES[:-4]))
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def markup(content: bytes, rng: random.Random) -> bytes:
    """A tag dropped, doubled or swapped with its neighbour, right or not."""
    tags = [m.span() for m in re.finditer(rb"<[^<>]*>", content)]
    if len(tags) < 2:
        return flipped(content, rng)
    at = rng.randrange(len(tags) - 1)
    (start, end), (after, last) = tags[at], tags[at + 1]
    tag, between, other = content[start:end], content[end:after], content[after:last]
    some = rng.choice((
        between + other, tag + tag + between + other, other + between + tag,
        tag + b"<!-- x -->" + between + other, tag + b"<![CDATA[" + between + b"]]>" + other,
        tag + other, tag.replace(b'"', b"'") + between + other,
        tag.replace(b"<", b"<x:") + between + other, b"<!DOCTYPE a>" + tag + between + other,
        tag + b"&amp;&#65;&b;" + between + other,
    ))  # fmt: skip
    return content[:start] + some + content[last:]


def records(content: bytes, rng: random.Random) -> bytes:
    """Records of an old workbook dropped, doubled, swapped, or changed inside."""
    # The stream is found by its first record; writers put it in one piece.
    starts = map(content.find, (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00"))
    start = max(0, *starts)
    places, at = [], start
    while 0 <= at < len(content) - 4:
        kind, size = struct.unpack_from("<2H", content, at)
        if not kind or at + 4 + size > len(content):
            break
        places.append((at, at + 4 + size))
        at += 4 + size
    if len(places) < 3:
        return flipped(content, rng)
    number = rng.randrange(len(places) - 1)
    (first, middle), (_, last) = places[number], places[number + 1]
    one, other = content[first:middle], content[middle:last]
    match rng.randrange(4):
        case 0:
            some = other + one
        case 1:
            some = one + one + other
        case 2:
            some = other
        case _:
            some = one[:4] + flipped(one[4:] or b"x", rng)[: len(one) - 4] + other
    changed = content[:first] + some + content[last:]
    return (changed + bytes(512))[: max(len(content), 512)]


def pollution(content: bytes, rng: random.Random) -> bytes:
    """What exporters and hands do to separated text."""
    for coding in ("utf-8", "utf-16", "gb18030"):
        try:
            text = content.decode(coding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return flipped(content, rng)
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    line = lines[at]
    place = rng.randrange(len(line))
    stray = rng.choice(
        ('"', ",", "\t", ";", "\r", "\n", "\r\n", '""', '"a"b', "\x00", "\ufeff", "|")
    )
    match rng.randrange(7):
        case 0 | 1:
            lines[at] = line[:place] + stray + line[place:]
        case 2:
            lines[at] = line.replace(rng.choice(",\t;|"), "", 1)
        case 3:
            lines[at : at + 1] = [line, rng.choice(("\r\n", "\n", ",,,\n"))]
        case 4:
            lines[at] = line.rstrip("\r\n")
        case 5:
            lines[at] = f'"{line}'
        case _:
            lines[at] = line.rstrip("\r\n") + stray + "\n"
    return "".join(lines).encode(coding, "surrogatepass")


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_RECORD = b"\x09"  # what workbooks without a container begin with
_PLAIN = {"ods", "fods", "spreadsheetml", "html", "mhtml"}
_ZIPPED = {"xlsx", "xlsb", "ods"}
_ANY: dict[str, Change] = {"bytes": flipped, "cut": cut, "stretch": repeated}
_BY_FORM: dict[str, dict[str, Change]] = {
    "xlsx": {f"element {n}": in_part(element) for n in range(6)}
    | {f"tag {n}": in_part(markup) for n in range(4)},
    "ods": {"element": in_part(element), "element 2": in_part(element), "tag": in_part(markup)},
    "xlsb": {"part": in_part(flipped), "part stretch": in_part(repeated)},
    "xls": {"records": records, "records 2": records, "records 3": records},
    "fods": {"element": element, "tag": markup},
    "spreadsheetml": {"element": element, "element 2": element, "tag": markup},
    "html": {"tag": markup, "tag 2": markup}, "mhtml": {"tag": markup},
    **{f"biff{n}": {"records": records, "records 2": records} for n in (2, 3, 4, 5)},
}  # fmt: skip
_WEIGHTS = {
    "xlsx": 8,
    "xls": 4,
    "xlsb": 2,
    "ods": 2,
    "fods": 2,
    "spreadsheetml": 2,
    "html": 2,
    "biff2": 2,
    "csv": 3,
}


def mutants(
    count: int, seed: int, only: Sequence[str] = ()
) -> Iterator[tuple[int, str, str, bytes]]:
    """Number, form, damage and bytes; each depends on the seed and its number alone."""
    whole = originals()
    forms = list(only) or [form for form in whole for _ in range(_WEIGHTS.get(form, 1))]
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        form = rng.choice(forms)
        own = _BY_FORM.get(form) or {"pollution": pollution, "pollution 2": pollution}
        changes = (
            _ANY | own | ({"in part": in_part(flipped)} if form in _ZIPPED else {})
        )
        damage = rng.choice(sorted(changes))
        content = whole[form]
        for _ in range(rng.choice((1, 1, 2))):
            content = changes[damage](content, rng) or b"x"
        yield number, form, damage, content


def judged(path: Path, folder: Path) -> tuple[str, str]:
    """Verdict and detail of one file, read as a reading process reads it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    job = Job(1, path, "a", folder, SPECS, _MEMORY_MIB, _SECONDS, 64, os.getpid())
    answer = child.answer(job)
    if "refused" in answer:
        reason = str(answer.get("reason", ""))
        if _MISTAKE.fullmatch(reason):
            return "crash", reason
        return "refused", f"{answer['refused']} {reason}"
    if "sheets" not in answer:
        return "members", ""
    try:
        return _second_opinion(path, str(answer["sniffed"]))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        return "crash", f"second reader: {type(error).__name__}"


def _second_opinion(path: Path, sniffed: str) -> tuple[str, str]:
    """The cells that were accepted, against those of another reader."""
    if sniffed in _PLAIN or path.read_bytes()[:1] == _RECORD:
        verdict = _against_bytes(path, sniffed)
        is_open = verdict[0] == "read" and sniffed in ("ods", "fods")
        return _against_library(path, sniffed) if is_open else verdict
    if sniffed != "xlsx":
        return "read", sniffed
    first = _cells(path, quick_from=0)
    other = _cells(path, quick_from=1)
    if isinstance(first, str) or isinstance(other, str):
        return "read", f"one reader: {first if isinstance(first, str) else other}"
    if first != other:
        return "silent", "the two readers differ"
    return "read", "both readers"


def _against_bytes(path: Path, sniffed: str) -> tuple[str, str]:
    """Numbers of people that stand in the file and in no cell of it, or more often."""
    stated = Counter(_ID.findall(_plain(path, sniffed)))
    given = Counter(
        number
        for sheet in sheets(path, sniffed, _MOST)
        for row in sheet.rows()
        for cell in row
        for number in _ID.findall(str(cell).encode())
    )
    if stated == given:
        return "read", "all numbers"
    lost, more = (stated - given).total(), (given - stated).total()
    return "silent", f"{lost} numbers lost, {more} more than there are"


def _plain(path: Path, sniffed: str) -> bytes:
    """The file as bytes in which a number stands as it is."""
    content = path.read_bytes()
    if sniffed == "mhtml":
        return quopri.decodestring(content)
    if sniffed == "ods":
        with zipfile.ZipFile(path) as archive:
            return archive.read("content.xml")
    return content


def _against_library(path: Path, sniffed: str) -> tuple[str, str]:
    """Texts and numbers row by row, against those that the library gives."""
    content = path.read_bytes()
    if sniffed == "fods":
        content = zipped({"mimetype": _ODS, "content.xml": content})
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        other = [book.get_sheet_by_index(n) for n in range(len(book.sheet_names))]
        theirs = [[_words(row) for row in sheet.to_python(skip_empty_area=False)]
                  for sheet in other]  # fmt: skip
    except Exception as error:  # noqa: BLE001 - the library's own business
        return "read", f"the library cannot: {type(error).__name__}"
    ours = [
        [_words(row) for row in sheet.rows()] for sheet in sheets(path, sniffed, _MOST)
    ]
    # It passes over texts whose type is not said: it may see less, never more.
    is_all = len(ours) == len(theirs) and all(
        not Counter(row) - Counter(own)
        for sheet, other in zip(ours, theirs, strict=True)
        for own, row in zip_longest(sheet, other, fillvalue=())
    )
    return ("read", "as the library") if is_all else ("silent", "the library sees more")


def _words(row: Sequence[object]) -> list[str]:
    """The row's texts and numbers; dates and truth values are read otherwise there."""
    return [
        f"{cell:g}" if isinstance(cell, int | float) else " ".join(cell.split())
        for cell in row
        if isinstance(cell, str | int | float) and str(cell).strip()
    ]


def _cells(path: Path, quick_from: int) -> list[list[list[object]]] | str:
    try:
        return [
            [_trimmed(row) for row in sheet.rows()]
            for sheet in sheets(path, "xlsx", _MOST, quick_from=quick_from)
        ]
    except Unusual:
        return "unusual"
    except Refused as refused:
        return refused.code


def _trimmed(row: Sequence[object]) -> list[object]:
    # Texts of white space alone are nothing to one of them.
    cells = [None if cell is None or not str(cell).strip() else cell for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def judge_all(count: int, seed: int, only: Sequence[str] = ()) -> Iterator[Found]:
    """What became of each mutant, in their order; of some forms alone if named."""
    batch: list[tuple[int, str, str, bytes]] = []
    for mutant in mutants(count, seed, only):
        batch.append(mutant)
        if len(batch) == _BATCH:
            yield from _judge(batch)
            batch = []
    yield from _judge(batch)


def _judge(batch: list[tuple[int, str, str, bytes]]) -> Iterator[Found]:
    while batch:
        done = 0
        for verdict, detail in _in_fork([content for *_, content in batch]):
            number, form, damage, _ = batch[done]
            yield Found(number, form, damage, verdict, detail)
            done += 1
        batch = batch[done:]


def _in_fork(contents: list[bytes]) -> list[tuple[str, str]]:
    """Verdicts as far as a forked copy came; the last one tells if it died."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = os.pipe()
        pid = os.fork()
        if not pid:
            _work(contents, Path(folder), theirs)
        os.close(theirs)
        with os.fdopen(ours, "rb") as pipe:
            told = pipe.read()
        _, status = os.waitpid(pid, 0)
    found = []
    while told:
        size = struct.unpack_from("<I", told)[0]
        if len(told) < 4 + size:
            break
        found.append(pickle.loads(told[4 : 4 + size]))  # noqa: S301 - our own copy's
        told = told[4 + size :]
    if status:
        found.append(("died", f"status {os.waitstatus_to_exitcode(status)}"))
    return found


def _work(contents: list[bytes], folder: Path, pipe: int) -> None:
    status = 1
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 2)
        memory = _MEMORY_MIB << 20
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        target = folder / "target"
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        for content in contents:
            spent = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime)
            resource.setrlimit(resource.RLIMIT_CPU, (spent + _SECONDS, most))
            path = folder / "copy"
            path.write_bytes(content)
            told = pickle.dumps(judged(path, target))
            os.write(pipe, struct.pack("<I", len(told)) + told)
        status = 0
    finally:
        os._exit(status)


def main(count: int, seed: int, *forms: str) -> int:
    counts: Counter[tuple[str, str]] = Counter()
    bad = []
    for found in judge_all(count, seed, forms):
        counts[found.form, found.verdict] += 1
        if found.verdict in ("crash", "silent", "died"):
            bad.append(found)
            sys.stdout.write(f"{found}\n")
            sys.stdout.flush()
    for (form, verdict), times in sorted(counts.items()):
        sys.stdout.write(f"{form:14} {verdict:10} {times}\n")
    return 1 if any(found.verdict != "died" for found in bad) else 0


if __name__ == "__main__":
    given = [*sys.argv[1:], "10000", "1"][: max(2, len(sys.argv) - 1)]
    sys.exit(main(int(given[0]), int(given[1]), *given[2:]))
