"""Our linking and Splink's on the same invented county: quality per kind, and time.

Usage: python -m tests.benchmarks.splink_compare [PEOPLE] [SEED]   (default 30000 951)

Splink is no dependency of the project. For this comparison make an environment of its
own: ``python -m venv V``, ``V/bin/pip install -r requirements.lock``,
``V/bin/pip install splink``, and run the module with ``V/bin/python``.

Splink gets the same cleaned columns that our own steps compare (numbers of 18
characters, folded names and places, the heads), the settings that its tutorials advise
(several blocking rules, edit distances, term frequencies, u by sampling, m by
expectation maximisation), and for each row its best partner; of several thresholds of
probability the one that gives it the most right and fewest wrong links counts.
"""

from __future__ import annotations

import resource
import sys
import time
from typing import Any

import pandas as pd

from pipelines.link import link_people
from tests.evaluation.linking import Score, World, judge, make_world

_REGISTER = """
select
    cast(person.row_id as varchar) as unique_id,
    person.id_number_pid as pid,
    person.name_key,
    substr(person.id_number_pid, 7, 8) as birth,
    person.sex,
    person.township_key,
    person.village_key,
    coalesce(person.head_name_key, head.name_key) as head_name_key,
    coalesce(person.head_id_number_pid, head.id_number_pid) as head_pid
from stg_monitored_person as person
left join stg_monitored_person as head
    on
        head.household_no = person.household_no
        and head.relation = '户主'
        and head.is_current
where person.is_current
order by person.row_id
"""
_ROSTER = """
select
    cast(row_id as varchar) as unique_id,
    coalesce(id_number_pid, id_number_kept) as pid,
    name_key,
    substr(id_number_pid, 7, 8) as birth,
    sex,
    township_key,
    village_key,
    head_name_key,
    head_id_number_pid as head_pid
from stg_yulu_roster
order by row_id
"""
_THRESHOLDS = (0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999)


def splink_pairs(world: World) -> pd.DataFrame:
    """Every pair that Splink thinks more likely than not, with its probability."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    register = world.con.execute(_REGISTER).df()
    roster = world.con.execute(_ROSTER).df()
    api = DuckDBAPI()
    number = cl.DamerauLevenshteinAtThresholds("pid", [1, 2])
    name = cl.JaroWinklerAtThresholds("name_key", [0.9, 0.7]).configure(
        term_frequency_adjustments=True
    )
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            number,
            name,
            cl.DamerauLevenshteinAtThresholds("birth", [1, 2]),
            cl.ExactMatch("sex"),
            cl.ExactMatch("village_key").configure(term_frequency_adjustments=True),
            cl.ExactMatch("township_key"),
            cl.JaroWinklerAtThresholds("head_name_key", [0.9]),
            cl.DamerauLevenshteinAtThresholds("head_pid", [1, 2]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("pid"),
            block_on("name_key", "village_key"),
            block_on("name_key", "head_name_key"),
            block_on("name_key", "birth"),
            block_on("head_pid"),
            block_on("birth", "village_key"),
        ],
    )
    linker = Linker(
        [
            api.register(register, dataset_display_name="register"),
            api.register(roster, dataset_display_name="roster"),
        ],
        settings,
        log_level="ERROR",
    )
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("pid")], recall=0.5
    )
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(
        block_on("pid"), record_sample_proportion=1.0
    )
    training.estimate_parameters_using_expectation_maximisation(
        block_on("name_key", "village_key"), record_sample_proportion=1.0
    )
    found = linker.inference.predict(threshold_match_probability=0.5)
    return found.as_pandas_dataframe()


def best_partners(pairs: pd.DataFrame) -> dict[int, tuple[int, float]]:
    """Roster row → its likeliest register row and how likely that is."""
    is_turned = pairs["source_dataset_l"] == "roster"
    row = pairs["unique_id_l"].where(is_turned, pairs["unique_id_r"]).astype(int)
    other = pairs["unique_id_r"].where(is_turned, pairs["unique_id_l"]).astype(int)
    told = pd.DataFrame(
        {"row": row, "other": other, "probability": pairs["match_probability"]}
    ).sort_values(["row", "probability", "other"], ascending=[True, False, True])
    best = told.drop_duplicates("row")
    return {int(r): (int(o), float(p)) for r, o, p in best.itertuples(index=False)}


def judge_partners(
    world: World, partners: dict[int, tuple[int, float]], threshold: float
) -> dict[str, Score]:
    """The scores of those partners that are likely enough."""
    scores: dict[str, Score] = {}
    for row_id, case in world.cases.items():
        score = scores.setdefault(case.kind, Score(case.kind))
        score.rows += 1
        score.known += case.is_known
        other, probability = partners.get(row_id, (0, 0.0))
        if probability >= threshold:
            is_right = case.is_known and world.register[other] is case.person
            score.right += is_right
            score.wrong += not is_right
    return scores


def timed(work: Any, *given: Any) -> tuple[Any, float, float]:
    """What comes back, seconds on the wall, seconds of processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work(*given)
    return result, time.perf_counter() - wall, time.process_time() - cpu


def _merit(scores: dict[str, Score]) -> int:
    return sum(score.right - 2 * score.wrong for score in scores.values())


def as_lines(ours: list[Score], theirs: dict[str, Score]) -> list[str]:
    """One line a kind; marked where we are below Splink."""
    lines = [
        f"{'kind':<58}{'rows':>6}{'known':>7}{'ours':>11}{'Splink':>11}  right/wrong"
    ]
    for score in ours:
        other = theirs[score.kind]
        below = score.right < other.right or score.wrong > other.wrong
        lines.append(
            f"{'!' if below else ' '}{score.kind:<57}{score.rows:>6}{score.known:>7}"
            f"{score.right:>7}/{score.wrong:<3}{other.right:>7}/{other.wrong:<3}"
        )
    return lines


def main(people: int, seed: int) -> int:
    """Print the comparison; 0 when we are below Splink at no kind."""
    try:
        import splink
    except ImportError:
        sys.stdout.write(f"{__doc__}\n")
        return 2
    world = make_world(seed, people)
    pairs, their_wall, their_cpu = timed(splink_pairs, world)
    partners = best_partners(pairs)
    by_threshold = {t: judge_partners(world, partners, t) for t in _THRESHOLDS}
    threshold = max(_THRESHOLDS, key=lambda t: (_merit(by_threshold[t]), t))
    theirs = by_threshold[threshold]
    _, our_wall, our_cpu = timed(link_people, world.con)
    ours = judge(world)
    lines = as_lines(ours, theirs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    lines.append(
        f"{len(world.register)} register rows, {len(world.cases)} roster rows, {peak} MiB"
    )
    for name, scores, wall, cpu in (
        (
            f"Splink {splink.__version__} at {threshold}",
            theirs.values(),
            their_wall,
            their_cpu,
        ),
        ("ours, all of linking", ours, our_wall, our_cpu),
    ):
        right, wrong = sum(s.right for s in scores), sum(s.wrong for s in scores)
        lines.append(
            f"{name}: {wall:.1f} s, {cpu:.1f} s of processor, {right} right, {wrong} wrong"
        )
    sys.stdout.write("\n".join(lines) + "\n")
    return int(any(line.startswith("!") for line in lines))


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:3]]
    sys.exit(main(*(numbers + [30_000, 951][len(numbers) :])))
