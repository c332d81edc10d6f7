"""Times linking on a generated register and roster, and counts what it got right.

Usage: python tests/benchmarks/link.py [PEOPLE] [ROSTER_ROWS] [MEMORY_GIB] [NIGHTS]
(default 300000 30000 8 1; what does not fit in that much memory goes to the temporary
folder of the system, like in a night). A second night knows everybody by their keys and
has an answer of a person to every question that the first one put.

The data come from two SQL statements and a fixed arithmetic, so that every run sees
the same county. Damage goes round-robin: right number, a child whom the register lacks
(a brother or sister stands there), two digits swapped, one digit wrong, two digits
wrong, a digit missing, cut by Excel, no number at all.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pipelines.database import MACROS, load_reference, run_sql_file  # noqa: E402
from pipelines.link import STEPS, run_step  # noqa: E402
from pipelines.settings import Settings  # noqa: E402
from schemas.sources import SPECS  # noqa: E402
from schemas.spec import stg_table_sql  # noqa: E402
from tests.link.world import BOOKKEEPING  # noqa: E402

# Four people a household, forty households a village, ten villages a township; names
# from 60 surnames and 50 × 50 given names, so that namesakes are common.
PEOPLE = """
create or replace table person as
with base as (
    select
        i,
        i // 4 as home,
        i // 160 as village,
        i // 1600 as town,
        hash(i * 7 + 1) % 60 as surname,
        hash(i * 11 + 2) % 50 as first,
        hash(i * 13 + 3) % 50 as second,
        case
            when i % 4 < 2 then date '2000-01-01' + cast(hash(i * 3) % 900 as integer)
            else date '2003-01-01' + cast(hash(i * 5) % 1400 as integer)
        end as birth_on
    from range($people) as numbers(i)
)
select
    *,
    chr(cast(19984 + surname as integer))
    || chr(cast(20736 + first as integer))
    || chr(cast(25104 + second as integer)) as name,
    row_number() over (partition by birth_on order by i) - 1 as of_day
from base;
alter table person add column first17 varchar;
-- the sequence of a day, and another area when a day is full: nobody shares a number
update person
set first17 =
    case when of_day < 1000 then '142230' else '1422' || (100 - of_day // 1000) end
    || strftime(birth_on, '%Y%m%d') || lpad(cast(of_day % 1000 as varchar), 3, '0');
alter table person add column pid varchar;
update person set pid = first17 || id_check(first17);
"""
REGISTER = """
insert into stg_monitored_person by name
select
    i as row_id, 'register.xlsx' as file, '' as sheet, i as row_no,
    date '2023-12-18' as snapshot_on, true as is_current,
    'T' || town as township, 'T' || town as township_key,
    'V' || village as village, 'V' || village as village_key,
    'H' || home as household_no, 'P' || i as person_no,
    name, name as name_key, pid as id_number, pid as id_number_pid,
    'id18' as id_number_form,
    case when i % 4 = 0 then '户主' else '之子' end as relation,
    '脱贫户' as household_type, false as is_policy_off,
    case when i % 4 >= 2 then '中职一年级' end as school_state
from person
where i % 16 <> 2;
"""
ROSTER = """
create or replace table truth as
with picked as (
    select
        student.*, head.name as head_name, row_number() over (order by student.i) as n
    from person as student
    inner join person as head on head.i = student.home * 4
    where student.i % 4 = 2
    order by hash(student.i)
    limit $rows
),
damaged as (
    select
        *,
        case when i % 16 = 2 then 10 else n % 10 end as damage,
        case case when i % 16 = 2 then 10 else n % 10 end
            when 4 then substr(pid, 1, 10) || substr(pid, 12, 1) || substr(pid, 11, 1)
                || substr(pid, 13)
            when 5 then substr(pid, 1, 13)
                || cast((ascii(substr(pid, 14, 1)) - 47) % 10 as varchar)
                || substr(pid, 15)
            when 6 then substr(pid, 1, 8)
                || cast((ascii(substr(pid, 9, 1)) - 47) % 10 as varchar)
                || substr(pid, 10, 6)
                || cast((ascii(substr(pid, 16, 1)) - 46) % 10 as varchar)
                || substr(pid, 17)
            when 7 then substr(pid, 1, 9) || substr(pid, 11)
            when 8 then null
            when 9 then null
            else pid
        end as written
    from picked
)
select * from damaged;
insert into stg_yulu_roster by name
select
    $people + n as row_id, 'roster.xlsx' as file, '' as sheet, n as row_no,
    'T' || town as township, 'T' || town as township_key,
    'V' || village as village, 'V' || village as village_key,
    head_name, head_name as head_name_key, name, name as name_key,
    coalesce(written, case when damage = 8 then left(pid, 15) || '000' end)
        as id_number,
    written as id_number_pid,
    case damage
        when 7 then 'bad' when 8 then 'cut' when 9 then 'missing' else 'id18'
    end as id_number_form,
    case damage when 8 then left(pid, 15) end as id_number_kept,
    '2023-2024' as period_no, false as is_applied
from truth;
"""
EMPTY = BOOKKEEPING + "create table run as select date '2023-12-20' as as_of;"
QUALITY = """
select
    case damage
        when 10 then 'not in the register' when 4 then 'swapped'
        when 5 then 'one digit' when 6 then 'two digits' when 7 then 'digit missing'
        when 8 then 'cut' when 9 then 'missing' else 'right'
    end as damage,
    count(*) as rows,
    count(*) filter (where link.person_id = truth.pid) as right,
    count(*) filter (where link.person_id <> truth.pid or damage = 10
        and link.person_id is not null) as wrong,
    count(*) filter (where link.tier = 'ambiguous') as ambiguous
from truth
inner join lnk_roster as link on link.row_id = $people + truth.n
group by 1
order by 1
"""


REMEMBERED = """
insert into his_person by name
select
    person_key, node as pid, person_no, name_key, household_no, head_pid,
    snapshot_on as first_seen_on, snapshot_on as last_seen_on
from lnk_known;
insert into ret_decision by name
select
    line_key as decision_key, 'B7M87MQ' as question_no, 'same' as answer, 1 as pick,
    date '2023-12-19' as decided_on, date '2023-12-19' as taken_on, line_key,
    roster_side, register_side, candidates
from lnk_question;
"""


def main(people: int, rows: int, gib: int, nights: int) -> None:
    with TemporaryDirectory() as folder:
        measure(people, rows, gib, nights, Path(folder))


def measure(people: int, rows: int, gib: int, nights: int, folder: Path) -> None:
    con = duckdb.connect(
        ":memory:",  # as a night has it
        config={
            "threads": 2,
            "memory_limit": f"{gib}GiB",
            "temp_directory": str(folder / "spill"),
            "preserve_insertion_order": False,
        },
    )
    run_sql_file(con, MACROS)
    load_reference(con, Settings(county_code="140928"), date(2023, 12, 20))
    for source in SPECS:
        con.execute(stg_table_sql(source))
    for statement in (EMPTY, PEOPLE, REGISTER, ROSTER, QUALITY):
        text = statement.replace("$people", str(people)).replace("$rows", str(rows))
        if statement is not QUALITY:
            con.execute(text)
    for night in range(1, nights + 1):
        sys.stdout.write(f"night {night}\n")
        link_all(con)
        for line in con.execute(text).fetchall():
            sys.stdout.write(f"{line}\n")
        if night < nights:
            con.execute(REMEMBERED)


def link_all(con: duckdb.DuckDBPyConnection) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    for step in STEPS:
        at = time.perf_counter()
        run_step(con, step)
        sys.stdout.write(f"{step.name:24} {time.perf_counter() - at:7.2f} s\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
    sys.stdout.write(
        f"{'all':24} {wall:7.2f} s, {cpu:.2f} s of processor, {peak} MiB\n"
    )


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:5]]
    main(*(given + [300_000, 30_000, 8, 1][len(given) :]))
