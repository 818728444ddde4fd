-- One row per whole that its parts do not fill although they look like all of it: the list may be open, or a number is wrong.
-- They look like all of it where there are two or more and they make at least half of the whole, or the last is what is left
-- (其他). A few examples from a great whole are no finding, nor is a gap that a further number of the same sentence fills.
-- like: int_findings
-- unique: report_id, quantity_ids
with last_parts as (
    select p.*, q.sentence_id
    from int_parts p
    join stg_quantities q on q.quantity_id = p.part_ids[-1]
    where p.dimension = 'any'
        and p.parts >= 2
        and p.parts_high < p.whole_low
        and (p.closed or p.parts_high >= 0.5 * p.whole_low)
)

select
    report_id,
    'parts_short' as rule,
    parts_value as left_value,
    whole_value as right_value,
    list_prepend(whole_id, part_ids) as quantity_ids,
    terms as detail_en,
    terms as detail_zh
from last_parts p
where not exists (
    from stg_quantities o
    where o.report_id = p.report_id
        and o.sentence_id = p.sentence_id
        and o.audited_value = p.whole_value - p.parts_value
        and not list_contains(p.part_ids, o.quantity_id)
)
