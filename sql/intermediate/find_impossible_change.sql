-- One row per stated change that no number of the year before can have led with to this year's: it would be below zero, or lie
-- between two whole numbers.
-- like: int_findings
-- unique: report_id, quantity_ids
select
    report_id,
    'impossible_change' as rule,
    stated as left_value,
    reached as right_value,
    quantity_ids,
    format('{:,.2f}', low) || ' to ' || format('{:,.2f}', high)
    || case when in_per_cent then ', by per cent' else '' end as detail_en,
    format('{:,.2f}', low) || '至' || format('{:,.2f}', high) || case when in_per_cent then '，按百分比' else '' end as detail_zh
from int_derived
where not possible
