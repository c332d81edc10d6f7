"""Entries of the register that contradict themselves: IDN_*, HH_*, EDU_*, CHG_*."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from schemas.synth.errors.scene import Expected, Scene, finding
from schemas.synth.people import Household, Person, Raw, Value


def _young(
    scene: Scene, more: Callable[[Person], bool] = lambda _: True
) -> Person | None:
    """Aged 16 to 28, in an entitled household, on no roster, with a plain number."""
    return scene.registered(
        lambda p: (
            p is not p.household.head
            and p.relation in ("之子", "之女")
            and 17 <= scene.county.as_of.year - p.birth.year <= 28
            and p.household.type == "脱贫户"
            and not p.household.is_policy_off
            and len(p.number) == 18
            and len(p.household.head.number) == 18
            and not any(p.programme_in(year) for year in _years(scene))
            and all(
                m.departure is None and m.joined is None for m in p.household.members
            )
            and more(p)
        )
    )


def _years(scene: Scene) -> tuple[int, ...]:
    return (*scene.county.years, scene.county.as_of.year)


def _told(
    scene: Scene,
    code: str,
    column: str,
    changes: Callable[[Person], dict[str, Value]],
    more: Callable[[Person], bool] = lambda _: True,
    year: int | None = None,
) -> list[Expected]:
    """The register writes a young person's columns otherwise."""
    person = _young(scene, more)
    if person is None:
        return []
    person.changes["monitored_person"] = changes(person)
    return [replace(finding(code, person, year), column=column)]


def sex_of_the_other(scene: Scene) -> list[Expected]:
    return _told(
        scene, "IDN_SEX", "sex", lambda p: {"sex": "女" if p.sex == "男" else "男"}
    )


def birth_of_another_day(scene: Scene) -> list[Expected]:
    return _told(
        scene,
        "IDN_BIRTH",
        "birth_on",
        lambda p: {"birth_on": p.birth + timedelta(days=scene.rng.randint(40, 300))},
    )


def disability_suffix_wrong(scene: Scene) -> list[Expected]:
    person = _young(scene)
    if person is None:
        return []
    person.number = person.pid + scene.rng.choice(("84", "95", "47", "09"))
    return [finding("IDN_DIS_SUFFIX", person)]


def document_of_another_kind(scene: Scene) -> list[Expected]:
    return _told(scene, "IDN_TYPE", "id_type", lambda _: {"id_type": "残疾人证"})


def name_with_a_digit(scene: Scene) -> list[Expected]:
    return _told(scene, "IDN_NAME_BAD", "name", lambda p: {"name": Raw(p.name + "2")})


def phone_too_short(scene: Scene) -> list[Expected]:
    short = Raw(f"141{scene.rng.randrange(10**6):06d}")
    return _told(
        scene,
        "IDN_PHONE",
        "household_phone",
        lambda _: {"phone": short, "household_phone": short},
    )


def phone_of_the_cadre(scene: Scene) -> list[Expected]:
    """Three households with one phone; what is expected follows from the county."""
    people = [_young(scene) for _ in range(3)]
    if None in people:
        return []
    phone = scene.numbers.phone()
    for person in people:
        if person is not None:
            person.household.phone = phone
    return []


def two_heads(scene: Scene) -> list[Expected]:
    person = _young(scene)
    if person is None:
        return []
    person.changes["monitored_person"] = {"relation": "户主"}
    heads = (person, person.household.head)
    return [finding("HH_MULTI_HEAD", min(heads, key=lambda p: p.known_as))]


def no_head(scene: Scene) -> list[Expected]:
    person = _young(scene, lambda p: _is_alone_in_scope(scene, p))
    if person is None:
        return []
    person.household.head.changes["monitored_person"] = {"relation": "其他"}
    return [replace(finding("HH_NO_HEAD", person), column="relation")]


def _is_alone_in_scope(scene: Scene, person: Person) -> bool:
    year = scene.county.as_of.year
    return not any(
        13 <= year - m.birth.year <= 31
        for m in person.household.members
        if m is not person
    )


def two_spouses(scene: Scene) -> list[Expected]:
    person = _young(scene, lambda p: _wife(p.household) is not None)
    wife = _wife(person.household) if person else None
    if person is None or wife is None:
        return []
    person.changes["monitored_person"] = {"relation": "配偶"}
    first = min((person, wife), key=lambda p: p.known_as)
    return [finding("HH_MULTI_SPOUSE", first)]


def _wife(home: Household) -> Person | None:
    return next((m for m in home.members if m.relation == "配偶"), None)


def in_two_households(scene: Scene) -> list[Expected]:
    person, other = _young(scene), _young(scene)
    if person is None or other is None:
        return []
    person.listed_again = {
        "household_no": other.household.no,
        "township": other.household.place.township,
        "village": other.household.place.village,
        "head_name": other.household.head.name,
        "head_id_number": other.household.head.number,
    }
    return [finding("HH_PERSON_2HH", person)]


def twice_in_a_household(scene: Scene) -> list[Expected]:
    person = _young(scene, lambda p: not scene.county.state_shown(p, 1))
    if person is None:
        return []
    person.listed_again = {"education": "大专"}
    person.changes["monitored_person"] = {"education": "高中"}
    return [finding("HH_DUP_IN_HH", person)]


def size_of_another_household(scene: Scene) -> list[Expected]:
    person = _young(scene)
    if person is None:
        return []
    head = person.household.head
    head.changes["monitored_person"] = {
        "household_size": len(person.household.members) + 2
    }
    return [replace(finding("HH_SIZE", head), column="household_size")]


def both_states(scene: Scene) -> list[Expected]:
    return _told(
        scene,
        "EDU_BOTH",
        "school_state",
        lambda _: {"education": "高中"},
        lambda p: bool(scene.county.state_shown(p, 1)),
        scene.county.as_of.year,
    )


def too_old_for_primary_school(scene: Scene) -> list[Expected]:
    person = _young(scene)
    if person is None:
        return []
    person.shown_states = ("小学", "小学")
    return [finding("EDU_AGE", person, scene.county.as_of.year)]


def pupil_with_labour(scene: Scene) -> list[Expected]:
    return _told(
        scene,
        "EDU_LABOUR",
        "labour",
        lambda _: {"labour": "普通劳动力"},
        lambda p: bool(scene.county.state_shown(p, 1)),
        scene.county.as_of.year,
    )


def pupil_at_work(scene: Scene) -> list[Expected]:
    """In school, neither in a last year, and a job without an end."""

    def goes_on(person: Person) -> bool:
        states = [scene.county.state_shown(person, snapshot) for snapshot in (0, 1)]
        return all(s and s[-3:-2] in "一二" and not s.startswith("小") for s in states)

    person = _young(scene, goes_on)
    if person is None:
        return []
    person.works = True
    return [finding("EDU_WORKING", person, scene.county.as_of.year)]


def measure_nobody_enjoys(scene: Scene) -> list[Expected]:
    return _told(
        scene,
        "REC_MEASURE_FALSE",
        "0.education_help",
        lambda _: {"education_help": "雨露计划"},
        year=scene.county.years[2],
    )


def school_risk_without_measure(scene: Scene) -> list[Expected]:
    def watched(person: Person) -> bool:
        home = person.household
        since = home.identified
        return bool(
            home.category
            and since
            and since < date(scene.county.years[2], 9, 1)
            and not home.eliminated
            and not home.is_flipped_back
        )

    person = _young(scene, watched)
    if person is None:
        return []
    for member in person.household.members:
        member.changes["monitored_person"] = {
            "risk_1": "因学", "risk_2": None, "education_help": None, "social_help": None,
        }  # fmt: skip
    code, year = "REC_RISK_SCHOOL", scene.county.as_of.year
    return [replace(finding(code, person.household.head, year), column="risk_1")]


def gone_without_a_word(scene: Scene) -> list[Expected]:
    person = _young(scene)
    if person is None:
        return []
    person.vanished = True
    return [finding("CHG_GONE", person)]


def new_without_a_reason(scene: Scene) -> list[Expected]:
    person = _young(scene)
    if person is None:
        return []
    person.joined = scene.county.snapshots[0] + timedelta(days=20)
    return [replace(finding("CHG_NEW", person), column="0.household_no")]


def number_corrected_since(scene: Scene) -> list[Expected]:
    person = _young(scene)
    if person is None:
        return []
    old = scene.numbers.pid(person.birth, person.sex)
    person.changes["monitored_person 0"] = {"id_number": Raw(old)}
    person.changes["monitored_person 2"] = {"id_number": Raw(old)}
    return [replace(finding("CHG_ID_FIXED", person), column="0.person_no")]


ERRORS = (
    sex_of_the_other, birth_of_another_day, disability_suffix_wrong,
    document_of_another_kind, name_with_a_digit, phone_too_short, phone_of_the_cadre,
    two_heads, no_head, two_spouses, in_two_households, twice_in_a_household,
    size_of_another_household, both_states, too_old_for_primary_school,
    pupil_with_labour, pupil_at_work, measure_nobody_enjoys, school_risk_without_measure,
    gone_without_a_word, new_without_a_reason, number_corrected_since,
)  # fmt: skip
