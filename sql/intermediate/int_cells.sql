-- One row per body, year and cell of the statutory tables: its number as printed, once, blank cells among them.
-- materialized: table
-- like: stg_quantities
-- value: the number as findings take it; NULL in a blank cell
-- first_of_year: whether the report is the first (by path) of its body and year, which next year is compared with
-- unique: report_id, indicator, outcome, applicant, channel, topic, scope
with first_reports as (
    select body_id, report_year, min_by(report_id, source_path) as report_id
    from stg_reports
    where report_year is not null
    group by body_id, report_year
)

select
    q.report_id,
    q.body_id,
    q.report_year,
    f.report_id is not null as first_of_year,
    q.indicator,
    q.outcome,
    q.applicant,
    q.channel,
    q.topic,
    q.scope,
    q.form,
    min_by(q.audited_value, q.char_start) as value,
    min_by(q.low, q.char_start) as low,
    min_by(q.high, q.char_start) as high,
    min_by(q.quantity_id, q.char_start) as quantity_id
from stg_quantities q
left join first_reports f using (report_id)
where q.origin = 'form' and q.indicator is not null and q.basis in ('level', 'rate')
group by all
