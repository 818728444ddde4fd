-- One row per whole, breakdown and dimension by which a report divides it: the sum of the parts beside it.
-- A part said twice counts once; a part of a part (an outcome below another outcome of the list) does not count.
-- materialized: table
-- report_id: the report
-- whole_id: quantity_id of the whole
-- breakdown: which of the whole's breakdowns, from 1
-- dimension: channel, topic, outcome, applicant or scope
-- whole_value: the whole
-- whole_low: least value that its words allow
-- whole_high: greatest value that its words allow
-- parts_value: sum of the parts
-- parts_low: least sum that their words allow
-- parts_high: greatest sum that their words allow
-- parts: how many parts
-- part_ids: the parts
-- terms: the sum written out
-- unique: whole_id, breakdown, dimension
with wholes as (
    select * from stg_quantities where basis = 'level' and audited_value is not null
),

parts as (
    select
        p.*,
        w.quantity_id as whole_id,
        w.audited_value as whole_value,
        w.low as whole_low,
        w.high as whole_high,
        case
            when p.channel <> w.channel then 'channel'
            when p.outcome <> w.outcome then 'outcome'
            when p.applicant <> w.applicant then 'applicant'
            when p.topic <> w.topic then 'topic'
            when p.scope <> w.scope then 'scope'
        end as dimension,
        row_number() over (
            partition by w.quantity_id, p.breakdown, p.channel, p.outcome, p.applicant, p.topic, p.scope
            order by p.qualifier, p.char_start, p.quantity_id
        ) as mention
    from wholes p
    join wholes w on p.part_of = w.quantity_id
    where p.indicator is not distinct from w.indicator and p.period = w.period
),

counted as (
    select p.*
    from parts p
    where p.mention = 1
        and p.dimension is not null
        and not exists (
            from parts o
            where o.whole_id = p.whole_id and o.outcome <> '' and starts_with(p.outcome, o.outcome || '.')
        )
)

select
    any_value(report_id) as report_id,
    whole_id,
    coalesce(breakdown, 1) as breakdown,
    dimension,
    any_value(whole_value) as whole_value,
    any_value(whole_low) as whole_low,
    any_value(whole_high) as whole_high,
    sum(audited_value) as parts_value,
    sum(low) as parts_low,
    sum(high) as parts_high,
    count(*) as parts,
    list(quantity_id order by char_start) as part_ids,
    string_agg(format('{:,}', cast(audited_value as bigint)), ' + ' order by char_start) as terms
from counted
group by whole_id, coalesce(breakdown, 1), dimension
