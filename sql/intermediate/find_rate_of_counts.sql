-- One row per rate that does not follow from the two counts that stand beside it, within rounding as printed.
-- Beside: in the same report, of the same topic, scope and period, at most 80 characters away; the nearest of each.
-- like: int_findings
-- unique: report_id, quantity_ids
with rates as (
    select q.*, r.tolerance * q.step as allowed
    from stg_quantities q
    cross join rules r
    where q.basis = 'rate' and q.qualifier = '' and q.audited_value is not null and r.rule = 'rate_of_counts'
),

-- Only a few reports print a rate: counts of the others need not be looked at.
counts as (
    select q.* from stg_quantities q semi join rates r using (report_id) where q.basis = 'level' and q.audited_value is not null
),

compared as (
    select
        r.report_id,
        r.quantity_id as rate_id,
        r.audited_value as rate,
        r.allowed,
        n.quantity_id as above_id,
        d.quantity_id as below_id,
        n.audited_value as above,
        d.audited_value as below,
        n.low,
        n.high,
        d.low as below_low,
        d.high as below_high,
        row_number() over (
            partition by r.quantity_id
            order by abs(n.char_start - r.char_start) + abs(d.char_start - r.char_start), n.quantity_id, d.quantity_id
        ) as place
    from rates r
    join ratios t on t.rate = r.indicator and t.channel in ('*', r.channel)
    join counts n
        on n.report_id = r.report_id
        and n.indicator = t.numerator
        and n.outcome = t.numerator_outcome
        and n.period = r.period
        and n.topic = r.topic
        and n.scope = r.scope
        and (t.channel <> '*' or n.channel = r.channel)
        and abs(n.char_start - r.char_start) <= 80
    join counts d
        on d.report_id = r.report_id
        and d.indicator = t.denominator
        and d.outcome = t.denominator_outcome
        and d.period = r.period
        and d.topic = r.topic
        and d.scope = r.scope
        and d.channel = n.channel
        and abs(d.char_start - r.char_start) <= 80
)

select
    report_id,
    'rate_of_counts' as rule,
    rate as left_value,
    100 * above / nullif(below, 0) as right_value,
    [rate_id, above_id, below_id] as quantity_ids,
    whole_words(above) || ' / ' || whole_words(below) as detail_en,
    whole_words(above) || ' / ' || whole_words(below) as detail_zh
from compared
where place = 1 and share_is_off(rate, allowed, low, high, below_low, below_high)
