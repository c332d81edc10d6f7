"""What happens to head, village and township of a row without its number."""

from __future__ import annotations

from schemas import reference
from schemas.synth.damage.case import Case, Damage, Stage
from schemas.synth.damage.names import SOUNDS
from schemas.synth.damage.numbers import number_missing, one_digit_wrong
from schemas.text import division_key


def head_s_name_only(stage: Stage, case: Case) -> bool:
    case.roster["head_id_number"] = None
    return number_missing(stage, case)


def no_head_at_all(stage: Stage, case: Case) -> bool:
    case.roster |= {"head_name": None, "head_id_number": None}
    return number_missing(stage, case)


def no_village(stage: Stage, case: Case) -> bool:
    case.roster["village"] = None
    return number_missing(stage, case)


def neither_village_nor_township(stage: Stage, case: Case) -> bool:
    """The head's number leads to the household."""
    case.roster |= {"village": None, "township": None}
    head = case.home.head
    return len(head.number) == 18 and number_missing(stage, case)


def another_member_is_head(stage: Stage, case: Case) -> bool:
    """The roster takes the mother or the grandfather for the head."""
    others = [
        m
        for m in case.home.members
        if m is not case.home.head
        and m is not case.person
        and m.birth.year < case.person.birth.year - 15
        and m.departure is None
    ]
    if not others:
        return False
    other = stage.rng.choice(others)
    case.roster |= {"head_name": other.name, "head_id_number": other.pid}
    return number_missing(stage, case)


def head_s_name_sounds_alike(stage: Stage, case: Case) -> bool:
    name = case.home.head.name
    for one, other in stage.rng.sample(SOUNDS, len(SOUNDS)):
        for old, new in ((one, other), (other, one)):
            if name.endswith(old) and len(name) > 1:
                case.roster |= {"head_name": name[:-1] + new, "head_id_number": None}
                return number_missing(stage, case)
    return False


def village_with_other_suffix(stage: Stage, case: Case) -> bool:
    village = str(case.roster["village"])
    base = village.removesuffix("村").removesuffix("社区")
    if len(base) < 2:
        return False
    ending = stage.rng.choice(("", "村", "村委会", "村民委员会", "行政村", "村村委会"))
    if village.endswith("社区"):
        ending = stage.rng.choice(
            ("", "社区居委会", "居委会", "社区居民委员会", "社区")
        )
    case.roster["village"] = base + ending
    return number_missing(stage, case)


def township_without_suffix(stage: Stage, case: Case) -> bool:
    township = str(case.roster["township"])
    base = township.removesuffix("乡").removesuffix("镇").removesuffix("街道")
    if len(base) < 2:
        return False
    case.roster["township"] = stage.rng.choice((base, base + "乡", base + "镇"))
    return number_missing(stage, case)


def township_with_county_before(stage: Stage, case: Case) -> bool:
    county, township = stage.county.name, case.roster["township"]
    case.roster["township"] = f"{county}{township}"
    return number_missing(stage, case)


def township_missing(stage: Stage, case: Case) -> bool:
    case.roster["township"] = None
    return number_missing(stage, case)


def whole_address_as_village(stage: Stage, case: Case) -> bool:
    township, village = case.roster["township"], case.roster["village"]
    case.roster["village"] = stage.rng.choice((
        f"{township}{village}", f"{stage.county.name}{township}{village}",
        f"山西省{stage.county.name}{township}{village}",
    ))  # fmt: skip
    return number_missing(stage, case)


def township_abolished_since(stage: Stage, case: Case) -> bool:
    """The village is the same; the roster names the township it was in before."""
    # 川底乡 has only become 川底镇: that is no other township
    known = reference.places(stage.county.code)
    today = {place.township_key for place in known if place.village is None}
    old = {place.township for place in stage.county.old_places}
    towns = sorted(town for town in old if division_key(town) not in today)
    if not towns:
        return False
    case.roster["township"] = stage.rng.choice(towns)
    return no_head_at_all(stage, case)


def village_of_then(stage: Stage, case: Case) -> bool:
    """A digit is wrong, the village is another one; the head is the same."""
    places = [p for p in stage.county.places if p.village != case.roster["village"]]
    place = stage.rng.choice(places)
    case.roster |= {"township": place.township, "village": place.village}
    head = case.home.head
    return len(head.number) == 18 and one_digit_wrong(stage, case)


DAMAGES: tuple[Damage, ...] = (
    head_s_name_only, no_head_at_all, no_village, neither_village_nor_township,
    another_member_is_head, head_s_name_sounds_alike, village_with_other_suffix,
    township_without_suffix, township_with_county_before, township_missing,
    whole_address_as_village, township_abolished_since, village_of_then,
)  # fmt: skip
