"""How alike two different names are: by sound, by shape, by all but one character.

Support only: likeness never makes a candidate. Sounds come from pypinyin, one
character at a time and every reading of it, since names choose the rare one (单 is
shàn, 曾 is zēng); flat and curled sounds and the two nasals count as one, as they are
spoken in Shanxi. Shapes are our own short list.
"""

from __future__ import annotations

from functools import cache

# Characters of names that are read for one another in handwriting and by scanners.
_SHAPES = (
    "己已巳", "未末本", "土士", "日曰", "人入八", "干千于", "田由甲申", "天夭夫", "戊戌戍成",
    "辛幸", "晴睛", "崔催", "宇字", "杨扬", "梅海每", "晨震", "洁浩", "婷停", "倩情", "佳住",
    "阳阴", "林材村", "永水冰", "玉王主", "凤风", "香春", "子于", "云去", "晓哓", "琴琹",
    "侯候", "刘列", "郑邓", "史吏", "毛手", "孔扎", "冯马", "肖尚", "兰三", "贝见", "力刀",
    "大太犬", "木本", "今令", "友发", "牛午", "丹舟", "石右", "白自", "目日", "乐东", "平乎",
    "折拆", "拔拨", "灸炙", "祎袆", "裸祼", "斌赋", "斐裴", "莹萤", "萍苹", "蓉容", "雯雪",
    "磊蕾", "鑫森", "淼森", "焱炎", "垚尧", "晶品", "轩轶", "烨晔", "钰珏", "璐潞", "娜姗",
    "菲非", "莉利", "茹如", "敏教", "赦赫", "昊吴", "旻旲", "瑞端", "瑶摇", "强弦",
    "勇男", "军车", "辉挥", "耀跃", "伟玮", "峻竣", "涛祷", "济挤", "浚竣", "泽译", "清请",
    "静净", "靖请", "竹行", "笑芙", "爱受", "安女", "宁子", "富宫", "贵责", "荣荧", "华毕",
)  # fmt: skip
_FLAT = (("zh", "z"), ("ch", "c"), ("sh", "s"))


@cache
def _shapes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _SHAPES:
        for character in group:
            found.setdefault(character, set()).update(group)
    return {character: frozenset(group) for character, group in found.items()}


def _flattened(sound: str) -> str:
    for curled, flat in _FLAT:
        sound = flat + sound.removeprefix(curled) if sound.startswith(curled) else sound
    return sound.removesuffix("g") if sound.endswith("ng") else sound


@cache
def sounds(character: str) -> frozenset[str]:
    """Every reading of one character, without tone; itself when it has none."""
    from pypinyin import Style, pinyin

    read = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(_flattened(s) for s in read[0]) if read else frozenset(character)


def _sound_alike(one: str, other: str) -> bool:
    return one == other or not sounds(one).isdisjoint(sounds(other))


def _look_alike(one: str, other: str) -> bool:
    return one == other or other in _shapes().get(one, ())


def likeness(one: str, other: str) -> str | None:
    """``sound``, ``look`` or ``character`` (all but one agree); null when unlike."""
    if len(one) != len(other) or len(one) < 2:
        return None
    pairs = list(zip(one, other, strict=True))
    if all(_sound_alike(a, b) for a, b in pairs):
        return "sound"
    if all(_sound_alike(a, b) or _look_alike(a, b) for a, b in pairs):
        return "look"
    return "character" if sum(a != b for a, b in pairs) == 1 else None
