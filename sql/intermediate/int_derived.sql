-- One row per series and year that follows from a later report's value and the change that it states since then.
-- From a change in units: value less change. From a change in per cent only: value through one plus change, rounded to
-- whole numbers where the value is one, and approximate.
-- Not every stated change can be: where no count of the year before leads to the value, possible is false and value NULL.
-- materialized: table
-- like: int_settled
-- year: the year that the derived value is about
-- stated_in: report_year of the report that it follows from
-- qualifier: approx where it follows from a percentage or from approximate words, else empty
-- quantity_ids: the value and the change
-- reached: the value of the year of the report, which the change leads to
-- stated: the change that is stated, in units or else in per cent
-- in_per_cent: whether that is in per cent
-- possible: whether a number of the year before leads to it: not below zero, and whole where the value is
-- unique: series_id, year
with combined as (
    select
        s.*,
        c.stated_change,
        c.change_low,
        c.change_high,
        c.stated_change_pct,
        c.pct_low,
        c.pct_high,
        c.change_approximate,
        c.change_ids
    from int_settled s
    join int_changes c using (series_id, year, report_year)
    where s.report_year = s.year
),

derived as (
    select
        *,
        case
            when stated_change is not null then value - stated_change
            when value = floor(value) then round(value / (1 + stated_change_pct / 100))
            else value / (1 + stated_change_pct / 100)
        end as previous,
        case when stated_change is not null then low - change_high else low / nullif(1 + pct_high / 100, 0) end as previous_low,
        case when stated_change is not null then high - change_low else high / nullif(1 + pct_low / 100, 0) end
            as previous_high
    from combined
    where stated_change is not null or stated_change_pct > -100
),

-- The least and the greatest number that the year before can have had.
confined as (
    select
        *,
        basis = 'level' and value = floor(value) and unit <> '元' as whole,
        greatest(0, case when whole then ceil(previous_low - 1e-6) else previous_low end) as least,
        case when whole then floor(previous_high + 1e-6) else previous_high end as most
    from derived
)

select
    series_id,
    year - 1 as year,
    report_year as stated_in,
    report_id,
    indicator,
    case when least <= most then least(greatest(previous, least), most) end as value,
    unit,
    basis,
    replace(span, 'Y', cast(year - 1 as varchar)) as period,
    span,
    channel,
    applicant,
    topic,
    outcome,
    scope,
    case when stated_change is null or change_approximate or qualifier <> '' then 'approx' else '' end as qualifier,
    previous_low as low,
    previous_high as high,
    list_prepend(quantity_ids[1], change_ids) as quantity_ids,
    value as reached,
    coalesce(stated_change, stated_change_pct) as stated,
    stated_change is null as in_per_cent,
    least <= most as possible
from confined
