-- One row per series, year and report: what the report says of the change since the year before.
-- materialized: table
-- series_id: the series that changed
-- year: the year that the change leads to
-- report_year: year of the report that says it
-- report_id: that report
-- stated_change: stated increase, or decrease with a minus, in the unit of the value; NULL where none is stated
-- change_low: least change that the printed words allow
-- change_high: greatest change that the printed words allow
-- stated_change_pct: the same in per cent; NULL where none is stated
-- pct_low: least change in per cent that the printed words allow
-- pct_high: greatest change in per cent that the printed words allow
-- change_approximate: whether a qualifier stands at a stated change
-- change_ids: quantities that state it
-- unique: series_id, year, report_year
with stated as (
    select
        q.*,
        r.source_path,
        series_id(
            r.body_id, case when basis = 'change_abs' and unit like '%百分点%' then 'rate' else 'level' end,
            indicator, channel, applicant, topic, outcome, scope, span
        ) as changed_series,
        row_number() over (
            partition by report_id, indicator, channel, applicant, topic, outcome, scope, period, basis
            order by qualifier, char_start, quantity_id
        ) as place
    from stg_quantities q
    join stg_reports r using (report_id)
    where basis in ('change_abs', 'change_pct')
        and indicator is not null
        and value is not null
        and base_period = replace(span, 'Y', cast(year - 1 as varchar))
)

select
    changed_series as series_id,
    year,
    report_year,
    min(report_id) as report_id,
    min_by(value, source_path) filter (where basis = 'change_abs') as stated_change,
    min_by(low, source_path) filter (where basis = 'change_abs') as change_low,
    min_by(high, source_path) filter (where basis = 'change_abs') as change_high,
    min_by(value, source_path) filter (where basis = 'change_pct') as stated_change_pct,
    min_by(low, source_path) filter (where basis = 'change_pct') as pct_low,
    min_by(high, source_path) filter (where basis = 'change_pct') as pct_high,
    bool_or(qualifier <> '') as change_approximate,
    list(quantity_id order by basis, quantity_id) as change_ids
from stated
where place = 1
group by changed_series, year, report_year
