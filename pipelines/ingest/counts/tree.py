"""XML as a tree that is looked at and taken down while it grows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast
from xml.etree import ElementTree as ET

from pipelines.ingest.container import Refused


def grown(chunks: Iterable[bytes | str]) -> Iterator[tuple[str, str, ET.Element]]:
    """``start`` or ``end``, the element's name without its namespace, the element; an
    element that ends has all that is inside.

    The reader went through the same bytes before and refuses document types. Raises
    Refused when the XML is broken.
    """
    parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
    names: dict[str, str] = {}
    try:
        for chunk in chunks:
            parser.feed(chunk)
            yield from _told(parser, names)
        parser.close()
        yield from _told(parser, names)
    except (ET.ParseError, LookupError, ValueError):
        # LookupError and ValueError: an encoding that nobody knows.
        raise Refused("ING_BROKEN", "内部的 XML 不完整") from None


def _told(
    parser: ET.XMLPullParser[ET.Element], names: dict[str, str]
) -> Iterator[tuple[str, str, ET.Element]]:
    for event, node in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
        tag = node.tag
        name = names.get(tag)
        if name is None:
            name = names[tag] = tag.rpartition("}")[2]
        yield event, name, node


def given(node: ET.Element) -> dict[str, str]:
    """Its attributes by their names without namespaces."""
    return {name.rpartition("}")[2]: value for name, value in node.attrib.items()}


def refuse_text(node: ET.Element) -> None:
    """Raises Refused when there is text where no cell is: the cells were taken down."""
    if any(not text.isspace() for text in node.itertext()):
        raise Refused("ING_MISREAD", "有文字不在格子里")


def times(stated: str | None) -> int:
    """How often something is repeated; raises Refused for what is no number."""
    if stated is None:
        return 1
    if not (stated.isascii() and stated.isdigit()):
        raise Refused("ING_BROKEN", "重复的次数无法识别")
    return max(1, int(stated[:12]))
