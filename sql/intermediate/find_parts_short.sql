-- One row per whole that two or more of its parts do not fill: the list may be open, or a number may be wrong.
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
where dimension = 'any' and parts >= 2 and parts_high < whole_low
