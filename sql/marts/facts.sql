-- One row per body, period, indicator, basis and dimensions: the settled value, how it was settled, and what else was read.
-- Settled by, in this order: a person's correction, a form's cell, exact prose, approximate prose, of the year's own report;
-- the same of a later report that restates it; derivation from a change that the next report states.
-- materialized: table
-- like: int_settled, stg_reports
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
with settled as (
    select
        r.*,
        coalesce(c.all_readings, 1) as readings,
        coalesce(c.all_ids, [r.quantity_id]) as quantity_ids
    from int_readings r
    left join int_contested c using (quantity_id)
    where c.quantity_id is null or c.fact_place = 1
),

others as (
    select
        s.series_id,
        s.year,
        list_sort(list_distinct(list(r.value))) as conflicting_values
    from int_contested w
    join int_readings s using (quantity_id)
    join int_contested c on c.series_id = s.series_id and c.year = s.year
    join int_readings r on r.quantity_id = c.quantity_id
    where w.fact_place = 1 and r.trust > 0 and (r.high < s.low or r.low > s.high)
    group by s.series_id, s.year
),

all_facts as (
    select
        series_id,
        year,
        report_id,
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
        case when correction is not null then 'correction' else origin end as settled_by,
        restated,
        printed_value,
        correction,
        readings,
        quantity_ids,
        span,
        low,
        high
    from settled

    union all by name

    select
        d.* exclude (stated_in, reached, stated, in_per_cent, possible),
        'derived' as settled_by,
        true as restated,
        0 as readings
    from int_derived d
    anti join int_readings r using (series_id, year)
    where d.possible
)

select
    r.body_id,
    r.region_code,
    r.region_name,
    r.body,
    r.body_kind,
    r.level,
    f.year as report_year,
    f.period,
    f.indicator,
    f.basis,
    f.channel,
    f.applicant,
    f.topic,
    f.outcome,
    f.scope,
    f.value,
    f.unit,
    f.qualifier,
    f.settled_by,
    f.restated,
    f.printed_value,
    f.correction,
    f.readings,
    coalesce(len(o.conflicting_values), 0) as conflicts,
    coalesce(o.conflicting_values, []) as conflicting_values,
    f.quantity_ids,
    f.report_id,
    r.form,
    covers_year(f.span) as comparable,
    f.span,
    f.low,
    f.high,
    f.series_id
from all_facts f
join stg_reports r using (report_id)
left join others o using (series_id, year)
order by r.region_code, f.year, f.indicator, f.series_id
