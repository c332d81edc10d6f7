-- One row per item issued to a village of the township, to follow up on.
select
    township, village, finding_no, head_name, name, subject_id, title, severity, sentence,
    yuan_at_stake, first_seen_on
from out_item
where audience = 'village' and standing = 'out'
order by township, village, severity, finding_no;
