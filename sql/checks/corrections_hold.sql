-- Every correction finds the number that it expects; else it is out of date: look at the report and mend
-- warehouse/corrections.csv.
select
    c.source_path,
    coalesce(nullif(c.quantity_id, ''), concat_ws(' ', c.indicator, c.period, c.channel, c.applicant, c.topic, c.outcome))
        as place,
    c.expects,
    case
        when count(r.report_id) = 0 then 'no such report'
        else coalesce(string_agg(distinct cast(q.value as varchar), ', '), 'no number at this place')
    end as found
from corrections c
left join reports r using (source_path)
left join quantities q
    on q.report_id = r.report_id
    and (
        q.quantity_id = c.quantity_id
        or (
            c.quantity_id = ''
            and q.indicator = c.indicator
            and q.period = coalesce(nullif(c.period, ''), cast(r.report_year as varchar))
            and q.channel = c.channel
            and q.applicant = c.applicant
            and q.topic = c.topic
            and q.outcome = c.outcome
            and q.scope = c.scope
        )
    )
group by
    c.source_path, c.quantity_id, c.indicator, c.period, c.channel, c.applicant, c.topic, c.outcome, c.scope, c.expects
having count(*) filter (where q.quantity_id is not null and q.value is not distinct from c.expects) = 0
