-- One row per series, year and source of the value of the year before.
-- A reported value is from the report of that year, of the same body, or of the regions that it was made of, summed where
-- all are there. A restated one is from this year's report. A derived one follows from this year's value and the change that
-- this year's report states.
-- series_id: the series
-- year: the year that is compared, whose year before this is
-- source: reported, restated or derived
-- value: value of the year before
-- low: least value that the printed words allow
-- high: greatest value that the printed words allow
-- qualifier: approx, at_least, at_most; empty for exact
-- quantity_ids: the numbers that it was read or derived from
-- report_id: the report that says it; NULL where several are summed
-- previous_regions: codes of the regions of the year before, divided by |, where it was another than the body's own; else NULL
-- unique: series_id, year, source
with own as not materialized (
    select * from int_settled where report_year = year
),

changed_bodies as (
    select distinct
        o.series_id, o.year, s.parts, s.whole, s.part_code,
        series_id(
            concat_ws('/', s.part_code, coalesce(r.body_kind, '?'), r.body_name),
            o.basis, o.indicator, o.channel, o.applicant, o.topic, o.outcome, o.scope, o.span
        ) as part_series
    from own o
    join stg_reports r using (report_id)
    join int_successions s on s.region_code = r.region_code and s.year = r.report_year
),

inherited as (
    select
        c.series_id,
        c.year,
        sum(o.value) as value,
        sum(o.low) as low,
        sum(o.high) as high,
        case when bool_or(o.qualifier <> '') then 'approx' else '' end as qualifier,
        flatten(list(o.quantity_ids order by c.part_code)) as quantity_ids,
        case when count(*) = 1 then any_value(o.report_id) end as report_id,
        string_agg(c.part_code, '|' order by c.part_code) as previous_regions
    from changed_bodies c
    join own o on o.series_id = c.part_series and o.year = c.year - 1
    group by c.series_id, c.year
    having count(*) = any_value(c.parts) and bool_and(c.whole) and (count(*) = 1 or any_value(o.basis) = 'level')
)

select
    series_id,
    year + 1 as year,
    'reported' as source,
    value,
    low,
    high,
    qualifier,
    quantity_ids,
    report_id,
    cast(null as varchar) as previous_regions
from own o
anti join (select series_id, year - 1 as year from changed_bodies) c using (series_id, year)

union all

select series_id, year, 'reported', value, low, high, qualifier, quantity_ids, report_id, previous_regions
from inherited

union all

select series_id, year + 1, 'restated', value, low, high, qualifier, quantity_ids, report_id, null
from int_settled
where report_year = year + 1

union all

select series_id, year + 1, 'derived', value, low, high, qualifier, quantity_ids, report_id, null
from int_derived
where possible
