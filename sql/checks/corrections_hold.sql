-- Every correction finds the number that it expects; else it is out of date: look at the report and mend
-- warehouse/corrections.csv.
-- across_bodies: all
select
    source_path,
    place,
    expects,
    case
        when count(report_id) = 0 then 'no such report'
        else coalesce(string_agg(distinct cast(found as varchar), ', '), 'no number at this place')
    end as found
from stg_correction_places
group by source_path, place, expects
having not bool_or(holds)
