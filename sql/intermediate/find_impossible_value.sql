-- One row per number that cannot be: a rate or share above 100, a count below zero, a count that is not whole.
-- like: int_findings
-- unique: quantity_ids
select
    report_id,
    'impossible_value' as rule,
    audited_value as left_value,
    cast(null as double) as right_value,
    [quantity_id] as quantity_ids,
    case
        when audited_value < 0 then 'it is below zero'
        when basis in ('rate', 'share') then 'it is above 100 per cent'
        else 'a count is a whole number'
    end as detail_en,
    case
        when audited_value < 0 then '小于零'
        when basis in ('rate', 'share') then '超过百分之百'
        else '件数应为整数'
    end as detail_zh
from stg_quantities
join indicators using (indicator)
where audited_value is not null
    and (
        (basis = 'level' and audited_value < 0 and outcome <> 'change')
        or (basis in ('rate', 'share') and (audited_value > 100 or audited_value < 0))
        or (
            basis = 'level'
            and stg_quantities.unit not in ('元', '%', '％', '天', '日', '工作日', '小时', '')
            and step <= 1
            and audited_value <> floor(audited_value)
        )
    )
