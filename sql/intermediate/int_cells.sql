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
),

cells as (
    select
        report_id,
        indicator,
        outcome,
        applicant,
        channel,
        topic,
        scope,
        min_by(audited_value, char_start) as value,
        min_by(low, char_start) as low,
        min_by(high, char_start) as high,
        min_by(quantity_id, char_start) as quantity_id
    from stg_quantities
    where origin = 'form' and indicator is not null and basis in ('level', 'rate')
    group by all
)

select c.*, r.body_id, r.report_year, r.form, f.report_id is not null as first_of_year
from cells c
join stg_reports r using (report_id)
left join first_reports f using (report_id)
