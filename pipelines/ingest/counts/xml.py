"""An XML parser that knows no document type, no entity and no other file."""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

from pipelines.ingest.container import Refused


def local(name: str) -> str:
    """An element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]


def safe_parser(separator: str | None = None) -> expat.XMLParserType:
    """A parser whose handlers are still to be set; with a separator names come as
    ``namespace name`` instead of with the prefix that the file gave them."""
    parser = expat.ParserCreate(namespace_separator=separator)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes | str]) -> None:
    """Runs the parser over a part; raises Refused when the XML is broken or declares
    a document type."""
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        # LookupError and ValueError: an encoding that nobody knows.
        raise Refused("ING_BROKEN", "内部的 XML 不完整") from None


def _refuse(*_: object) -> None:
    raise Refused("ING_UNSAFE", "含有外部实体声明")
