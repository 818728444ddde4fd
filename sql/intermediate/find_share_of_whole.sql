-- One row per share that does not follow from its part and its whole, within rounding as printed.
-- In a list within a list a share may be of the outer whole (占总体的比例), and be the inner list's: where that fits, with a
-- greater count of the same sentence as the whole, nothing is said.
-- like: int_findings
-- unique: report_id, quantity_ids
with shares as (
    select s.*, r.tolerance * s.step as allowed
    from stg_quantities s
    cross join rules r
    where s.basis = 'share' and s.part_of is not null and s.audited_value is not null and r.rule = 'share_of_whole'
),

counts as (
    select q.* from stg_quantities q semi join shares s using (report_id) where q.basis = 'level' and q.audited_value is not null
),

compared as (
    select
        s.report_id,
        s.quantity_id as share_id,
        p.quantity_id as part_id,
        w.quantity_id as whole_id,
        s.sentence_id,
        s.allowed,
        s.audited_value as share,
        100 * p.audited_value / nullif(w.audited_value, 0) as computed,
        share_is_off(s.audited_value, s.allowed, p.low, p.high, w.low, w.high) as off,
        p.audited_value as part_value,
        w.audited_value as whole_value,
        row_number() over (partition by s.quantity_id order by abs(p.char_start - s.char_start), p.quantity_id) as place
    from shares s
    join counts w on w.quantity_id = s.part_of
    join counts p
        on p.report_id = s.report_id
        and p.indicator is not distinct from s.indicator
        and p.period = s.period
        and p.channel = s.channel
        and p.applicant = s.applicant
        and p.topic = s.topic
        and p.outcome = s.outcome
        and p.scope = s.scope
        and p.quantity_id <> w.quantity_id
    where s.qualifier = ''
),

of_another_whole as (
    select c.share_id
    from compared c
    join counts o
        on o.report_id = c.report_id and o.sentence_id = c.sentence_id and o.audited_value > c.whole_value
    where abs(100 * c.part_value / o.audited_value - c.share) <= c.allowed
        or abs(100 * c.whole_value / o.audited_value - c.share) <= c.allowed
)

select
    report_id,
    'share_of_whole' as rule,
    share as left_value,
    computed as right_value,
    [share_id, part_id, whole_id] as quantity_ids,
    whole_words(part_value) || ' / ' || whole_words(whole_value) as detail_en,
    whole_words(part_value) || ' / ' || whole_words(whole_value) as detail_zh
from compared
anti join of_another_whole using (share_id)
where place = 1 and off
