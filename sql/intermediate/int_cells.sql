-- One row per body, year and cell of the statutory tables: its number as printed, once, blank cells among them.
-- materialized: table
-- like: stg_quantities
-- value: the number as findings take it; NULL in a blank cell
-- kind_id: number that stands for indicator, outcome, applicant and channel
-- first_of_year: whether the report is the first (by path) of its body and year, which next year is compared with
-- unique: report_id, indicator, outcome, applicant, channel, topic, scope
with first_reports as (
    select body_id, report_year, min_by(report_id, source_path) as report_id
    from stg_reports
    where report_year is not null
    group by body_id, report_year
),

numbered as (
    select
        report_id,
        indicator,
        outcome,
        applicant,
        channel,
        topic,
        scope,
        hash(indicator, outcome, applicant, channel) as kind_id,
        hash(kind_id, topic, scope) as cell_id,
        audited_value as value,
        low,
        high,
        quantity_id,
        char_start
    from stg_quantities
    where origin = 'form' and indicator is not null and basis in ('level', 'rate')
),

-- Nearly every cell is read once: only the others are grouped by all that tells them apart.
again as (
    select report_id, cell_id from numbered group by report_id, cell_id having count(*) > 1
),

cells as (
    select * exclude (cell_id, char_start) from numbered anti join again using (report_id, cell_id)

    union all by name

    select
        report_id,
        indicator,
        outcome,
        applicant,
        channel,
        topic,
        scope,
        kind_id,
        min_by(value, char_start) as value,
        min_by(low, char_start) as low,
        min_by(high, char_start) as high,
        min_by(quantity_id, char_start) as quantity_id
    from numbered
    semi join again using (report_id, cell_id)
    group by all
)

select c.*, r.body_id, r.report_year, r.form, f.report_id is not null as first_of_year
from cells c
join stg_reports r using (report_id)
left join first_reports f using (report_id)
