-- One row per whole that its parts do not fill although they look like all of it: the list may be open, or a number is wrong.
-- They look like all of it where there are two or more and they make at least half of the whole, or the last is what is left
-- (其他). A few examples from a great whole are no finding.
-- like: int_findings
-- unique: report_id, quantity_ids
select
    report_id,
    'parts_short' as rule,
    parts_value as left_value,
    whole_value as right_value,
    list_prepend(whole_id, part_ids) as quantity_ids,
    terms as detail_en,
    terms as detail_zh
from int_parts
where dimension = 'any'
    and parts >= 2
    and parts_high < whole_low
    and (closed or parts_high >= 0.5 * whole_low)
