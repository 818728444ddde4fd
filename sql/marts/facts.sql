-- One row per body, period, indicator, basis and dimensions: the settled value, how it was settled, and what else was read.
-- Settled by, in this order: a person's correction, a form's cell, exact prose, approximate prose, of the year's own report;
-- the same of a later report that restates it; derivation from a change that the next report states.
-- materialized: table
-- like: int_settled
-- report_year: year that the fact is about, the year of its period's end
-- settled_by: correction, form, prose or derived
-- restated: whether the value comes from a later year's report because the year's own is not there or does not say it
-- value: settled value, in unit
-- printed_value: what the report prints where a person corrected it, else the same as value; NULL where derived
-- correction: who corrected it and why; NULL where nobody did
-- readings: how many numbers of the reports say it, the later years' among them
-- conflicts: how many other values were read for it that the words of the settling number do not allow
-- conflicting_values: those values
-- quantity_ids: the numbers that it was read from, the settling one first
-- report_id: the report that settles it
-- form: statutory form of that report
-- comparable: whether it covers a whole year, a running total to its end, or the state at its end
-- unique: series_id, report_year
-- unique: body_id, period, indicator, basis, channel, applicant, topic, outcome, scope
with sizes as (
    select series_id, year, count(*) as reports, sum(readings) as all_readings
    from int_settled
    group by series_id, year
),

-- Nearly every fact is of one report: only the others are sorted.
ranked as (
    select
        s.*,
        row_number() over (partition by s.series_id, s.year order by s.trust, s.report_year, s.source_path) as place
    from int_settled s
    join sizes z using (series_id, year)
    where z.reports > 1
),

settled as (
    select s.*, z.all_readings
    from int_settled s
    join sizes z using (series_id, year)
    where z.reports = 1

    union all by name

    select r.* exclude (place), z.all_readings
    from ranked r
    join sizes z using (series_id, year)
    where r.place = 1
),

others as (
    select
        s.series_id,
        s.year,
        list_sort(list_distinct(list(r.value))) as conflicting_values
    from settled s
    join int_readings r using (series_id, year)
    where s.all_readings > 1 and r.trust > 0 and (r.high < s.low or r.low > s.high)
    group by s.series_id, s.year
),

all_ids as (
    select series_id, year, flatten(list(quantity_ids order by place)) as quantity_ids
    from ranked
    group by series_id, year
),

derived as (
    select d.*
    from int_derived d
    anti join settled s using (series_id, year)
    where d.possible
)

select
    s.body_id,
    s.region_code,
    s.region_name,
    s.body,
    s.body_kind,
    s.level,
    s.year as report_year,
    s.period,
    s.indicator,
    s.basis,
    s.channel,
    s.applicant,
    s.topic,
    s.outcome,
    s.scope,
    s.value,
    s.unit,
    s.qualifier,
    case when s.correction is not null then 'correction' else s.origin end as settled_by,
    s.restated,
    s.printed_value,
    s.correction,
    cast(s.all_readings as integer) as readings,
    coalesce(len(o.conflicting_values), 0) as conflicts,
    coalesce(o.conflicting_values, []) as conflicting_values,
    coalesce(i.quantity_ids, s.quantity_ids) as quantity_ids,
    s.report_id,
    s.form,
    s.span in ('Y', '../Y', 'Y-12', 'Y-12-31') as comparable,
    s.span,
    s.low,
    s.high,
    s.series_id
from settled s
left join all_ids i using (series_id, year)
left join others o using (series_id, year)

union all by name

select
    body_id,
    region_code,
    region_name,
    body,
    body_kind,
    level,
    year as report_year,
    period,
    indicator,
    basis,
    channel,
    applicant,
    topic,
    outcome,
    scope,
    value,
    unit,
    qualifier,
    'derived' as settled_by,
    true as restated,
    cast(null as double) as printed_value,
    cast(null as varchar) as correction,
    0 as readings,
    0 as conflicts,
    cast([] as double[]) as conflicting_values,
    quantity_ids,
    report_id,
    form,
    span in ('Y', '../Y', 'Y-12', 'Y-12-31') as comparable,
    span,
    low,
    high,
    series_id
from derived
order by region_code, report_year, indicator, series_id
