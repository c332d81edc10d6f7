"""Folding: comparison keys for headings, names and places.

A key is only ever compared; the text as read is what is stored and shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# What clerks type for "nothing" (domain section 1.8, mess 14).
# 未享受 is a system's word for no benefit; nan is a program's for an empty cell.
NONE_WORDS = frozenset(
    {
        "", "-", "--", "---", "—", "——", "－", "/", "／", "\\", "无", "空", "暂无", "未填",
        "未享受", "不享受", "null", "NULL", "Null", "nan", "NaN", "NAN", "None", "<NA>",
        "N/A", "n/a", "NaT",
    }
)  # fmt: skip

_SPACES = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+")
_BRACKETED = re.compile(r"[（(\[【〔][^）)\]】〕]*[）)\]】〕]?")
_NAME_DROP = re.compile(r"[·•‧・．.∙⋅●'’_\-]+")

# Pairs that no simplification table folds: variant characters lawfully differ
# between an identity card and a bank (domain section 5, own short list).
_VARIANTS = str.maketrans(
    "峯堃濬甦昇祐菓喆吿鉄囯仴叁淸強槑陞犇畧淼嶽邨秊異恆竝鬥煇燿鑑劒詠寕甯暎",
    "峰坤浚苏升佑果哲告铁国月三清强梅升奔略淼岳村年异恒并斗辉耀鉴剑咏宁宁映",
)
# Characters of names that GBK and the first GB 18030 put into Unicode's private area,
# and that older input methods still write so: U+E863 is 䶮.
_GBK_PRIVATE = {
    0xE815 + i: bytes((0xFE, 0x50 + i + (i > 46))).decode("gb18030") for i in range(80)
}
_PRIVATE = _GBK_PRIVATE | {
    0xE816: "\U00020087", 0xE817: "\U00020089", 0xE818: "\U000200cc", 0xE81E: "龴",
    0xE826: "龵", 0xE82B: "龶", 0xE82C: "龷", 0xE831: "\U000215d7", 0xE832: "龸",
    0xE83B: "\U0002298f", 0xE843: "龹", 0xE854: "龺", 0xE855: "\U000241fe", 0xE864: "龻",
}  # fmt: skip
_FORMER = re.compile(r"[（(\[【〔]([^）)\]】〕]*)[）)\]】〕]?")
_FORMER_WORD = re.compile(
    r"(?:曾用名|又名|原名|原姓名|现名|本名|小名|乳名|别名|更名为|更名|现用名)(?:为|是)?[:：]?"
)

# Kangxi radicals look like characters but NFKC maps ⼾ to 戶; t2s then gives 户.
_DIVISION_SUFFIX = re.compile(
    r"(?:村民委员会|居民委员会|村委会|居委会|行政村|自然村|社区|村|街道办事处|街道|"
    r"办事处|民族乡|镇人民政府|乡人民政府|镇政府|乡政府|镇|乡)$"
)


def stripped(text: str) -> str:
    """The text without outer blanks of any kind (tab, NBSP, zero-width)."""
    return text.strip(" \t\r\n\u00a0\u3000\u200b\u200c\u200d\ufeff\u2060'’`")


def is_none_word(text: str) -> bool:
    # What consists of letters and figures has no outer blanks.
    return text in NONE_WORDS or (not text.isalnum() and stripped(text) in NONE_WORDS)


@cache
def fold(text: str) -> str:
    """Comparison key of a heading: NFKC, no spaces, brackets, marks; lower case."""
    text = unicodedata.normalize("NFKC", text)
    text = _SPACES.sub("", text)
    return re.sub(
        r"[()\[\]{}<>《》【】〔〕_\-—*＊:：、,，.。/\\\"“”'’‘]", "", text
    ).lower()


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _simplified(text: str) -> str:
    return text if text.isascii() else _simplifier().convert(text)


def written_name(text: str) -> str:
    """The name without outer blanks and without a former name in brackets."""
    return stripped(_BRACKETED.sub("", stripped(text)))


@cache
def name_key(text: str) -> str | None:
    """Comparison key of a person's name; null when nothing is left.

    Folds width, spaces, middle dots, a former name in brackets, traditional,
    variant and private-use forms: ``"張　三（曾用名李四）"`` and ``"张三"`` have one key.
    """
    text = unicodedata.normalize("NFKC", text.translate(_PRIVATE))
    if not text.isalpha():
        text = _NAME_DROP.sub("", _SPACES.sub("", _BRACKETED.sub("", text)))
    text = text.upper()
    text = _simplified(text.translate(_VARIANTS)).translate(_VARIANTS)
    return text or None


def _without_variants(text: str) -> str:
    return (
        text
        if _VARIANTS.keys().isdisjoint(map(ord, text))
        else text.translate(_VARIANTS)
    )


def name_keys(names: Sequence[str]) -> list[str]:
    """``name_key`` of many names of Chinese characters and nothing else, all at once:
    no word reaches over the end of a line."""
    text = "\n".join(names)
    for fold_some in (_without_variants, _simplifier().convert, _without_variants):
        text = fold_some(text)
    return text.split("\n")


@cache
def former_name_key(text: str) -> str | None:
    """Comparison key of the other name that stands in brackets; null without one.

    ``"张三（曾用名李四）"`` gives that of 李四. A bracket that says something else
    (五保, 女, 已故) is no name: without the word it must begin with the same surname.
    """
    text = unicodedata.normalize("NFKC", text.translate(_PRIVATE))
    found = _FORMER.search(text)
    if found is None:
        return None
    inside = _SPACES.sub("", found[1])
    bare = _FORMER_WORD.sub("", inside)
    is_said = bare != inside
    if not 2 <= len(bare) <= 6 or not bare.isalpha() or bare.isascii():
        return None
    return name_key(bare) if is_said or bare[0] == stripped(text)[:1] else None


@cache
def division_key(text: str) -> str | None:
    """Comparison key of a township or village: folded, its suffix taken off.

    ``"三岔村委会"``, ``"三岔村"`` and ``"三岔"`` have one key; a one-character rest
    keeps its suffix (``"大村"`` is a name, not 大 with a suffix).
    """
    text = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    text = _simplified(_BRACKETED.sub("", text).translate(_VARIANTS))
    short = _DIVISION_SUFFIX.sub("", text)
    # 三岔村村委会 carries two suffixes.
    twice = _DIVISION_SUFFIX.sub("", short)
    if len(twice) >= 2 and short.endswith("村") and text != short + "村":
        short = twice
    if len(short) < 2:
        # 大村委会 is the committee of 大村
        text = re.sub(r"村(?:民委员会|委会)$", "村", text)
    return (short if len(short) >= 2 else text) or None
