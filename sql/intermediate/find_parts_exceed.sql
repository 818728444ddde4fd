-- One row per whole that its parts exceed, whatever else the list leaves out. It sums only parts that one
-- dimension tells apart, since what goes through a channel and what is of a topic may be the same.
-- like: int_findings
-- unique: report_id, quantity_ids
select
    report_id,
    'parts_exceed' as rule,
    parts_value as left_value,
    whole_value as right_value,
    list_prepend(whole_id, part_ids) as quantity_ids,
    terms as detail_en,
    terms as detail_zh
from int_parts
where dimension <> 'any' and parts_low > whole_high
