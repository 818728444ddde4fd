-- Every correction says what is wrong (reading or report), who made it and why, and no other is about the same number; else mend
-- warehouse/corrections.csv.
-- across_bodies: all
select
    source_path,
    place,
    case
        when wrong not in ('reading', 'report') then 'wrong is ' || wrong || ', not reading or report'
        when who = '' then 'who is empty'
        when why = '' then 'why is empty'
        else 'another correction is about the same number'
    end as fault
from stg_correction_places
where wrong not in ('reading', 'report')
    or who = ''
    or why = ''
    or (holds and found_id in (select found_id from stg_correction_places where holds group by found_id having count(*) > 1))
