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
with reported as (
    select * from int_previous where source = 'reported'
),

restated as (
    select * from int_previous where source = 'restated'
),

derived as (
    select * from int_previous where source = 'derived'
),

broken as (
    select m.indicator, m.outcome, m.report_year, string_agg(b.note_en, ' ' order by b.outcome, b.note_en) as breaks
    from (select distinct indicator, outcome, report_year from facts) m
    join breaks b
        on b.indicator = m.indicator and b.year = m.report_year and b.outcome in ('*', m.outcome) and b.effect <> 'continues'
    group by m.indicator, m.outcome, m.report_year
),

stated as (
    select * from int_changes where report_year = year
),

-- What the report of the year before says comes before what this one says of it, and that before what follows from it.
beside as (
    select
        f.*,
        r.value as reported_previous,
        s.value as restated_previous,
        d.value as derived_previous,
        r.previous_regions,
        r.low <= s.high and s.low <= r.high as restatement_fits,
        coalesce(r.source, s.source, d.source) as previous_source,
        coalesce(r.value, s.value, d.value) as previous_value,
        case previous_source when 'reported' then r.low when 'restated' then s.low else d.low end as previous_low,
        case previous_source when 'reported' then r.high when 'restated' then s.high else d.high end as previous_high,
        coalesce(r.qualifier, s.qualifier, d.qualifier) as previous_qualifier,
        coalesce(r.quantity_ids, s.quantity_ids, d.quantity_ids) as previous_quantity_ids
    from facts f
    left join reported r on r.series_id = f.series_id and r.year = f.report_year
    left join restated s on s.series_id = f.series_id and s.year = f.report_year
    left join derived d on d.series_id = f.series_id and d.year = f.report_year
),

compared as (
    select
        f.*,
        c.stated_change,
        c.stated_change_pct,
        b.breaks,
        f.low - previous_high <= c.change_high and f.high - previous_low >= c.change_low as change_fits,
        growth(previous_high, f.low) <= c.pct_high and growth(previous_low, f.high) >= c.pct_low as pct_fits
    from beside f
    left join stated c on c.series_id = f.series_id and c.year = f.report_year
    left join broken b on b.indicator = f.indicator and b.outcome = f.outcome and b.report_year = f.report_year
    where previous_source is not null
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
    previous_value,
    previous_source,
    previous_qualifier,
    reported_previous,
    restated_previous,
    derived_previous,
    not restatement_fits as restatement,
    previous_regions,
    qualifier <> '' or previous_qualifier <> '' as approximate,
    value - previous_value as change,
    case when basis = 'level' then unit else '百分点' end as change_unit,
    case when basis = 'level' then 100 * (value - previous_value) / nullif(previous_value, 0) end as change_pct,
    stated_change,
    stated_change_pct,
    case
        when previous_source = 'derived' then (
            case when stated_change is not null and stated_change_pct is not null then change_fits and pct_fits end
        )
        when coalesce(restatement_fits, change_fits, pct_fits) is null then null
        else coalesce(restatement_fits, true) and coalesce(change_fits, true) and coalesce(pct_fits, true)
    end as agrees,
    breaks,
    quantity_ids,
    previous_quantity_ids,
    series_id
from compared
