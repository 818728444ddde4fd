-- One row per number that a person corrected: the correction beside the number that it is about.
-- materialized: table
-- quantity_id: the number
-- should_be: the value that it should have
-- wrong: reading (the report prints should_be) or report (the report prints the other value, by mistake)
-- correction: who corrected it and why
-- unique: quantity_id
select
    q.quantity_id,
    any_value(c.should_be) as should_be,
    any_value(c.wrong) as wrong,
    any_value(c.who || ': ' || c.why) as correction
from corrections c
join reports r using (source_path)
join quantities q using (report_id)
where q.value is not distinct from c.expects
    and (
        q.quantity_id = c.quantity_id
        or (
            c.quantity_id = ''
            and q.indicator = c.indicator
            and q.basis in ('level', 'rate')
            and q.period = coalesce(nullif(c.period, ''), cast(r.report_year as varchar))
            and q.channel = c.channel
            and q.applicant = c.applicant
            and q.topic = c.topic
            and q.outcome = c.outcome
            and q.scope = c.scope
        )
    )
group by q.quantity_id
