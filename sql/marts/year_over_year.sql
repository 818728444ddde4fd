-- One row per body, year, indicator, basis and dimensions that has a value of the year before: the fact beside it.
-- The two cover the same part of their years. Never across a gap of years.
-- materialized: table
-- like: facts
-- previous_value: value of the year before: as that year's report gives it, else as this year's restates it, else derived
-- previous_source: reported, restated or derived
-- reported_previous: value of the year before in the report of that year; NULL where it is not there
-- restated_previous: value of the year before in this year's report; NULL where it says none
-- derived_previous: value of the year before that follows from the change that this year's report states; NULL where none is
-- restatement: whether the reported and the restated value differ by more than the printed words allow; NULL where one is missing
-- previous_regions: codes of the regions that the value of the year before is of, divided by |, where code or territory
--   changed between the years; the sum where there are several; else NULL
-- previous_qualifier: qualifier of previous_value
-- approximate: whether one of the two values is approximate or derived from a percentage
-- change: value less previous_value, in change_unit
-- change_unit: the value's unit; 百分点 (percentage points) for rates and shares
-- change_pct: change in per cent of previous_value; NULL for rates, shares, and where previous_value is zero
-- stated_change: the change that this year's report states, in change_unit; NULL where it states none
-- stated_change_pct: the change in per cent that this year's report states; NULL where it states none
-- agrees: whether all of these fit each other within what the printed words allow: reported, restated, stated changes; NULL
--   where there is nothing to compare with
-- breaks: why the series is not the same before and after, in English; NULL where nothing is known against it
-- previous_quantity_ids: the numbers that previous_value was read or derived from
-- unique: series_id, report_year
-- unique: body_id, report_year, span, indicator, basis, channel, applicant, topic, outcome, scope
with found as (
    select
        *,
        struct_pack(
            value := value, source := source, low := low, high := high, qualifier := qualifier, ids := quantity_ids
        ) as figure
    from int_previous
),

candidates as (
    select
        series_id,
        year as report_year,
        any_value(value) filter (where source = 'reported') as reported_previous,
        any_value(low) filter (where source = 'reported') as reported_low,
        any_value(high) filter (where source = 'reported') as reported_high,
        any_value(value) filter (where source = 'restated') as restated_previous,
        any_value(low) filter (where source = 'restated') as restated_low,
        any_value(high) filter (where source = 'restated') as restated_high,
        any_value(value) filter (where source = 'derived') as derived_previous,
        any_value(previous_regions) filter (where source = 'reported') as previous_regions,
        arg_max(figure, source = 'reported') filter (where source <> 'derived') as read,
        any_value(figure) filter (where source = 'derived') as derived
    from found
    group by series_id, year
),

chosen as (
    select *, coalesce(read, derived) as previous from candidates
),

broken as (
    select f.series_id, f.report_year, string_agg(b.note_en, ' ' order by b.outcome, b.note_en) as breaks
    from facts f
    join breaks b
        on b.indicator = f.indicator and b.year = f.report_year and b.outcome in ('*', f.outcome) and b.effect <> 'continues'
    group by f.series_id, f.report_year
),

stated as (
    select * from int_changes where report_year = year
),

compared as (
    select
        f.*,
        c.* exclude (series_id, report_year, read, derived, previous),
        c.previous,
        s.stated_change,
        s.stated_change_pct,
        b.breaks,
        reported_low <= restated_high and restated_low <= reported_high as restatement_fits,
        f.low - c.previous.high <= s.change_high and f.high - c.previous.low >= s.change_low as change_fits,
        100 * (f.low / nullif(c.previous.high, 0) - 1) <= s.pct_high
        and 100 * (f.high / nullif(c.previous.low, 0) - 1) >= s.pct_low as pct_fits
    from facts f
    join chosen c using (series_id, report_year)
    left join stated s on s.series_id = f.series_id and s.year = f.report_year
    left join broken b on b.series_id = f.series_id and b.report_year = f.report_year
)

select
    body_id,
    region_code,
    region_name,
    body,
    body_kind,
    level,
    report_year,
    span,
    indicator,
    basis,
    channel,
    applicant,
    topic,
    outcome,
    scope,
    unit,
    value,
    qualifier,
    settled_by,
    previous.value as previous_value,
    previous.source as previous_source,
    previous.qualifier as previous_qualifier,
    reported_previous,
    restated_previous,
    derived_previous,
    not restatement_fits as restatement,
    previous_regions,
    qualifier <> '' or previous.qualifier <> '' as approximate,
    value - previous.value as change,
    case when basis = 'level' then unit else '百分点' end as change_unit,
    case when basis = 'level' then 100 * (value - previous.value) / nullif(previous.value, 0) end as change_pct,
    stated_change,
    stated_change_pct,
    case
        when previous.source = 'derived' then (
            case when stated_change is not null and stated_change_pct is not null then change_fits and pct_fits end
        )
        when coalesce(restatement_fits, change_fits, pct_fits) is null then null
        else coalesce(restatement_fits, true) and coalesce(change_fits, true) and coalesce(pct_fits, true)
    end as agrees,
    breaks,
    quantity_ids,
    previous.ids as previous_quantity_ids,
    series_id
from compared
order by region_code, report_year, indicator, series_id
