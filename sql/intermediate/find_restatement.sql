-- One row per figure of the year before that this year's report gives otherwise than last year's report did.
-- like: int_findings
-- unique: report_id, quantity_ids
select
    now.report_id,
    'restatement' as rule,
    now.value as left_value,
    before.value as right_value,
    [now.quantity_ids[1], before.quantity_ids[1]] as quantity_ids,
    cast(now.year - 1 as varchar) as detail_en,
    cast(now.year - 1 as varchar) as detail_zh
from int_previous now
join int_previous before using (series_id, year)
where now.source = 'restated'
    and before.source = 'reported'
    and (now.low > before.high or now.high < before.low)
