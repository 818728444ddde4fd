-- One row per correction and number at the place that it names, whatever that number is; one without a number where none is
-- there.
-- like: corrections
-- place: what names the number, in words
-- report_id: the report; NULL where there is none of that path
-- found_id: the number's quantity_id; NULL where none is at the place
-- found: the value that is there
-- holds: whether that is the one that the correction expects
-- unique: source_path, place, found_id
select
    c.source_path,
    array_to_string(
        list_filter(
            [c.quantity_id, c.indicator, c.period, c.channel, c.applicant, c.topic, c.outcome, c.scope], lambda word: word <> ''
        ),
        ' '
    ) as place,
    c.expects,
    c.should_be,
    c.wrong,
    c.who,
    c.why,
    r.report_id,
    q.quantity_id as found_id,
    q.value as found,
    q.quantity_id is not null and q.value is not distinct from c.expects as holds
from corrections c
left join reports r using (source_path)
left join quantities q
    on q.report_id = r.report_id
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
