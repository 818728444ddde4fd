-- One row per whole, list of its parts and dimension that tells these apart: the sum of the parts beside the whole.
-- Besides one row for all parts of a list, whatever tells them apart: its dimension is any. A part said twice counts once; a
-- part of a part (an outcome below another outcome of the list) does not count. A number that stands within a list, of its
-- unit but with another indicator (政策解读 among the columns of a website), is one of all its parts. Where a
-- list fills its whole, what follows in the text is of another list.
-- materialized: table
-- report_id: the report
-- whole_id: quantity_id of the whole
-- breakdown: which of the whole's lists of parts, from 1
-- dimension: channel, topic, outcome, applicant or scope, by which the parts differ from the whole; any for all parts
-- whole_value: the whole
-- whole_low: least value that its words allow
-- whole_high: greatest value that its words allow
-- parts_value: sum of the parts
-- parts_low: least sum that their words allow
-- parts_high: greatest sum that their words allow
-- parts: how many parts
-- part_ids: the parts
-- terms: the sum written out
-- closed: whether the last of the list is what is left (其他), so that the list means to name all
-- unique: whole_id, breakdown, dimension
with parts as (
    select
        p.* exclude (breakdown),
        coalesce(p.breakdown, 1) as breakdown,
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
            else 'any'
        end as dimension,
        row_number() over (
            partition by
                w.quantity_id, p.breakdown, p.indicator, p.channel, p.outcome, p.applicant, p.topic, p.scope,
                p.audited_value
            order by p.qualifier, p.char_start, p.quantity_id
        ) as mention
    from stg_quantities p
    join stg_quantities w on p.part_of = w.quantity_id
    where p.part_of is not null
        and p.basis = 'level'
        and p.audited_value is not null
        and w.basis = 'level'
        and w.audited_value is not null
        and p.period = w.period
        and (p.indicator is not distinct from w.indicator or p.unit = w.unit)
),

single as (
    select
        p.*,
        sum(p.audited_value) over (partition by p.whole_id, p.breakdown order by p.char_start, p.quantity_id) as so_far,
        count(*) over (partition by p.whole_id, p.breakdown order by p.char_start, p.quantity_id) as so_many
    from parts p
    where p.mention = 1
        and not exists (
            from parts o
            where o.whole_id = p.whole_id and o.outcome <> '' and starts_with(p.outcome, o.outcome || '.')
        )
),

counted as (
    select *
    from single
    qualify not coalesce(
        bool_or(so_far = whole_value and so_many > 1) over (
            partition by whole_id, breakdown order by char_start, quantity_id rows between unbounded preceding and 1 preceding
        ),
        false
    )
),

spans as (
    select
        report_id,
        whole_id,
        breakdown,
        sentence_id,
        unit,
        period,
        any_value(whole_value) as whole_value,
        any_value(whole_low) as whole_low,
        any_value(whole_high) as whole_high,
        min(char_start) as first_place,
        max(char_start) as last_place
    from counted
    group by report_id, whole_id, breakdown, sentence_id, unit, period
),

coded_otherwise as (
    select c.* replace (s.breakdown as breakdown), s.whole_id, s.whole_value, s.whole_low, s.whole_high, 'any' as dimension
    from stg_quantities c
    join spans s
        on s.report_id = c.report_id
        and s.sentence_id = c.sentence_id
        and s.unit = c.unit
        and s.period = c.period
        and c.char_start between s.first_place and s.last_place
    where c.part_of is null and c.quantity_id <> s.whole_id and c.basis = 'level' and c.audited_value is not null
),

listed as (
    select * replace ('any' as dimension) from counted
    union all by name
    select * from coded_otherwise
    union all by name
    select * from counted where dimension <> 'any'
)

select
    any_value(report_id) as report_id,
    whole_id,
    breakdown,
    dimension,
    any_value(whole_value) as whole_value,
    any_value(whole_low) as whole_low,
    any_value(whole_high) as whole_high,
    sum(audited_value) as parts_value,
    sum(low) as parts_low,
    sum(high) as parts_high,
    count(*) as parts,
    list(quantity_id order by char_start, quantity_id) as part_ids,
    string_agg(whole_words(audited_value), ' + ' order by char_start, quantity_id) as terms,
    arg_max(
        regexp_matches(topic, '^其[他它余]') or outcome = 'other' or channel = 'other' or applicant = 'other', char_start
    ) as closed
from listed
group by whole_id, breakdown, dimension
