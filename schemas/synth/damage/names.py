"""What happens to a name: the number right, a digit wrong, or missing beside it."""

from __future__ import annotations

from schemas.synth.damage import numbers
from schemas.synth.damage.case import Case, Damage, Stage
from schemas.synth.names import given_name, in_traditional

# One character a side that no table of traditional forms folds (domain section 5).
_VARIANTS = (("峰", "峯"), ("坤", "堃"), ("升", "昇"), ("哲", "喆"), ("淼", "渺"))
# The same sound, the same shape: other people's names, for all we know.
SOUNDS = (
    ("明", "鸣"), ("伟", "炜"), ("军", "君"), ("霞", "侠"), ("静", "敬"), ("丽", "莉"),
    ("晶", "京"), ("志", "治"), ("杰", "洁"), ("飞", "菲"), ("强", "墙"), ("宇", "雨"),
    ("艳", "燕"), ("红", "宏"), ("国", "帼"), ("涛", "滔"), ("浩", "昊"), ("峰", "锋"),
    ("刚", "钢"), ("斌", "彬"), ("建", "健"), ("平", "萍"), ("华", "桦"), ("文", "雯"),
    ("雪", "学"), ("梅", "枚"), ("秀", "绣"), ("玲", "琳"), ("英", "瑛"), ("兰", "岚"),
    ("波", "博"), ("辉", "晖"), ("亮", "谅"), ("旭", "序"), ("东", "冬"), ("娟", "涓"),
)  # fmt: skip
SHAPES = (
    ("海", "梅"), ("晨", "震"), ("洁", "浩"), ("婷", "停"), ("倩", "情"), ("佳", "住"),
    ("阳", "阴"), ("林", "材"), ("永", "水"), ("玉", "王"), ("天", "夫"), ("凤", "风"),
    ("香", "春"), ("子", "于"), ("士", "土"), ("云", "去"), ("晓", "哓"), ("琴", "琹"),
)  # fmt: skip
# As an input method of the nineties wrote them: the private area of GBK.
_PRIVATE = (("䶮", "\ue863"), ("㛃", "\U0002b7e6"), ("龴", "\ue81e"))


def _name(_: Stage, case: Case, text: str | None) -> bool:
    if text is None or text == case.person.name:
        return False
    case.roster["name"] = text
    return True


def in_traditional_form(stage: Stage, case: Case) -> bool:
    return _name(stage, case, in_traditional(case.person.name))


def in_variant_form(stage: Stage, case: Case) -> bool:
    """The last character has a lawful variant, and each side writes one."""
    person, (usual, variant) = case.person, stage.rng.choice(_VARIANTS[:4])
    stage.rename(person, person.name[:-1] + usual)
    return _name(stage, case, person.name[:-1] + variant)


def in_private_characters(stage: Stage, case: Case) -> bool:
    person, (usual, private) = case.person, _PRIVATE[stage.rng.choice((0, 2))]
    stage.rename(person, person.name[:1] + usual)
    return _name(stage, case, person.name[:-1] + private)


def rare_character(stage: Stage, case: Case) -> bool:
    """Written alike on both sides, beyond the first plane."""
    stage.rename(case.person, case.person.name[:1] + stage.rng.choice("㛃䶮𬘭𠮷"))
    return _name(stage, case, case.person.name + " ")


def with_blanks(stage: Stage, case: Case) -> bool:
    blank = stage.rng.choice(("　", " ", "\u00a0", "  "))
    return _name(stage, case, blank.join(case.person.name))


def with_middle_dots(stage: Stage, case: Case) -> bool:
    """A name of two parts, its dot written differently on each side."""
    person = case.person
    stage.rename(
        person, f"{given_name(stage.rng, '男')}提·{given_name(stage.rng, '女')}木"
    )
    dot = stage.rng.choice(("•", "・", ".", "‧", "．", " ", "-"))
    return _name(stage, case, person.name.replace("·", dot))


def former_name_in_brackets(stage: Stage, case: Case) -> bool:
    former = stage.new_name(case.person)
    form = stage.rng.choice(("（曾用名{}）", "({})", "（原名：{}）", "【{}】"))
    return _name(stage, case, case.person.name + form.format(former))


def former_name_in_the_register(stage: Stage, case: Case) -> bool:
    """The register knows both names, the roster only the former one."""
    former = stage.new_name(case.person)
    case.register["name"] = case.former["name"] = (
        f"{case.person.name}（曾用名{former}）"
    )
    return _name(stage, case, former)


def former_name_on_the_roster(stage: Stage, case: Case) -> bool:
    """The roster gives the register's name in brackets, behind the new one."""
    new = stage.new_name(case.person)
    return _name(stage, case, f"{new}（曾用名：{case.person.name}）")


def _like(stage: Stage, name: str, pairs: tuple[tuple[str, str], ...]) -> str | None:
    """The name with its last character replaced by one like it."""
    for one, other in stage.rng.sample(pairs, len(pairs)):
        for old, new in ((one, other), (other, one)):
            if name.endswith(old) and len(name) > 1:
                return name[:-1] + new
    return None


def sounding_alike(stage: Stage, case: Case) -> bool:
    return _name(stage, case, _like(stage, case.person.name, SOUNDS))


def looking_alike(stage: Stage, case: Case) -> bool:
    return _name(stage, case, _like(stage, case.person.name, SHAPES))


def of_somebody_else(stage: Stage, case: Case) -> bool:
    return _name(stage, case, stage.new_name(case.person))


def of_the_head(stage: Stage, case: Case) -> bool:
    """The head's name in the student's column, beside the student's number."""
    return case.person is not case.home.head and _name(stage, case, case.home.head.name)


# Written differently, one name.
WRITINGS: tuple[Damage, ...] = (
    in_traditional_form, in_variant_form, in_private_characters, rare_character,
    with_blanks, with_middle_dots, former_name_in_brackets, former_name_in_the_register,
    former_name_on_the_roster,
)  # fmt: skip
# Another name: the number alone can tell.
OTHERS: tuple[Damage, ...] = (
    sounding_alike, looking_alike, of_somebody_else, of_the_head,
)  # fmt: skip


def _with(name: Damage, number: Damage, label: str, is_known: bool = True) -> Damage:
    def damage(stage: Stage, case: Case) -> bool:
        if not name(stage, case) or not number(stage, case):
            return False
        case.is_known = is_known
        return stage.is_alone(case.person)

    damage.__name__ = f"name_{name.__name__}{label}"
    return damage


DAMAGES: tuple[Damage, ...] = (
    *(_with(n, numbers.untouched, "") for n in WRITINGS + OTHERS),
    *(_with(n, numbers.number_missing, "_no_number") for n in WRITINGS),
    *(_with(n, numbers.one_digit_wrong, "_digit_wrong") for n in WRITINGS),
    *(_with(n, numbers.only_the_school_number, "_school_number") for n in OTHERS[:2]),
    # A name that only sounds or looks alike never makes a candidate.
    *(
        _with(n, number, f"{label}_stays_apart", is_known=False)
        for n in OTHERS[:3]
        for number, label in (
            (numbers.number_missing, "_no_number"),
            (numbers.one_digit_wrong, "_digit_wrong"),
        )
    ),
)
