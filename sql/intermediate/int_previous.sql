-- One row per series, year and source of the value of the year before.
-- A reported value is from the report of that year, of the same body, or of the regions that it was made of, summed where
-- all are there. A restated one is from this year's report. A derived one follows from this year's value and the change that
-- this year's report states.
-- materialized: table
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
with own as (
    select *, row_number() over (partition by series_id, year order by trust) as place
    from int_settled
    where report_year is not distinct from year
),

changed_bodies as (
    select distinct
        s.series_id, s.year, r.parts, r.whole, r.part_code,
        cast(md5_number_lower(concat_ws(
            '|', concat_ws('/', r.part_code, coalesce(s.body_kind, '?'), s.body_name),
            s.basis, s.indicator, s.channel, s.applicant, s.topic, s.outcome, s.scope, s.span
        )) >> 1 as bigint) as part_series
    from own s
    join int_successions r on r.region_code = s.region_code and r.year = s.year
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
    join own o on o.series_id = c.part_series and o.year = c.year - 1 and o.place = 1
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
where place = 1
    and not exists (
        from changed_bodies c where c.series_id = o.series_id and c.year = o.year + 1
    )

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
