"""What a page may hold: tags that show something, nothing that acts or loads.

A list of what is allowed, not of what is dangerous: a tag that nobody thought of is
refused. Words in the text may say anything, they only stand there.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_TAG_WORDS = """
html head title style body main meta h1 h2 h3 p ul ol li dl dt dd div span section table
thead tbody tr td th b i em small strong figure figcaption svg g rect line polyline
polygon path circle text
"""
_ATTRIBUTE_WORDS = """
lang charset name content http-equiv class id role scope colspan rowspan data-label
data-unit x y x1 y1 x2 y2 cx cy r d width height points viewbox fill stroke text-anchor
transform style title
"""
_TAGS, _ATTRIBUTES = frozenset(_TAG_WORDS.split()), frozenset(_ATTRIBUTE_WORDS.split())
_STARTS = ("aria-", "stroke-", "font-")
_POLICY = ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
_LOADS = re.compile(r"(?i)url\s*\(|@import|expression\s*\(|image-set|\\\\|behavior\s*:")


class Reader(HTMLParser):
    """Reads one page; ``found`` says in Chinese what must not be there, with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self._tell(f"不应有“{tag}”")
        for name, value in attrs:
            if name not in _ATTRIBUTES and not name.startswith(_STARTS):
                self._tell(f"不应有属性“{name}”")
            if name == "style" and _LOADS.search(value or ""):
                self._tell("样式不应引用别处")
        given = dict(attrs)
        stated = tuple((given.get(n) or "").lower() for n in ("http-equiv", "content"))
        if "http-equiv" in given and stated != _POLICY:
            self._tell("不应有“http-equiv”")
        self._is_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._is_style = False

    def handle_data(self, data: str) -> None:
        if self._is_style and _LOADS.search(data):
            self._tell("样式不应引用别处")

    def handle_comment(self, data: str) -> None:  # noqa: ARG002
        self._tell("不应有注释")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self._tell("不应有文档类型声明")

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        self._tell("不应有处理指令")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        self._tell("不应有未知的声明")

    def _tell(self, what: str) -> None:
        self.found.append(f"第 {self.getpos()[0]} 行{what}")
