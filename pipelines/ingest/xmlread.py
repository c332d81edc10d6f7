"""A streaming XML pass that follows no entity and no outside name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from pipelines.ingest.container import Refused

Attributes = dict[str, str]


def read_xml(
    chunks: Iterable[bytes | str],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Calls back for each element as ``namespace name`` and each text; raises Refused.

    Chunks of text need no declared encoding: what they declare is not asked.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused("ING_BROKEN", f"第{error.lineno}行附近的 XML 不完整") from None
    except LookupError:
        raise Refused("ING_BROKEN", "文字编码无法识别") from None


def _refuse_doctype(*_: object) -> None:
    raise Refused("ING_UNSAFE", "含有外部实体声明")
