"""Elements of an XML file as they begin and end, under their names without namespaces."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipelines.ingest.container import Refused
from pipelines.ingest.counts.xml import feed, safe_parser

Given = dict[str, str]


def walk(
    chunks: Iterable[bytes | str],
    start: Callable[[str, str, Given], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Calls ``start(name, namespace, attributes)``, ``end(name)`` and ``text``; raises
    Refused when the XML is broken or declares a document type."""
    names: dict[str, tuple[str, str]] = {}
    plain: dict[str, str] = {}

    def begin(tag: str, about: Given) -> None:
        known = names.get(tag)
        if known is None:
            space, _, name = tag.rpartition(" ")
            known = names[tag] = name, space
        if about:
            for key in about:
                if key not in plain:
                    plain[key] = key.rpartition(" ")[2]
            about = {plain[key]: value for key, value in about.items()}
        start(*known, about)

    def finish(tag: str) -> None:
        end(names[tag][0])

    parser = safe_parser(" ")
    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.CharacterDataHandler = text
    feed(parser, chunks)


def times(stated: str | None) -> int:
    """How often something is repeated; raises Refused for what is no number."""
    if stated is None:
        return 1
    if not (stated.isascii() and stated.isdigit()):
        raise Refused("ING_BROKEN", "重复的次数无法识别")
    return max(1, int(stated[:12]))
