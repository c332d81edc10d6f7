-- One row per place as written in any source, as its two keys.
create or replace table lnk_place_written as
select township_key, village_key from stg_monitored_person
union
select township_key, village_key from stg_yulu_roster
union
select township_key, village_key from stg_member_departure
union
select township_key, village_key from stg_yulu_payment
union
select township_key, village_key from stg_school_register
union
select township_key, village_key from stg_monitored_job
union
select township_key, village_key from stg_graduate_destination;
