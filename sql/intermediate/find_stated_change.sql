-- One row per stated change that does not lead from the figure of the year before to this year's, within rounding as printed.
-- Against a figure of the same report it is rule stated_change, against last year's report stated_change_last_report.
-- like: int_findings
-- unique: report_id, rule, quantity_ids
with compared as (
    select
        s.report_id,
        case p.source when 'restated' then 'stated_change' else 'stated_change_last_report' end as rule,
        s.value,
        p.value as previous_value,
        s.basis,
        c.stated_change,
        c.stated_change_pct,
        s.low - p.high > c.change_high or s.high - p.low < c.change_low as change_off,
        100 * (s.low / nullif(p.high, 0) - 1) > c.pct_high or 100 * (s.high / nullif(p.low, 0) - 1) < c.pct_low as pct_off,
        s.quantity_ids[1] as value_id,
        c.change_ids,
        p.quantity_ids[1] as previous_id
    from int_settled s
    join int_changes c using (series_id, year, report_year)
    join int_previous p using (series_id, year)
    where s.report_year = s.year and p.source in ('reported', 'restated')
)

select
    report_id,
    rule,
    case when change_off then stated_change else stated_change_pct end as left_value,
    case when change_off then value - previous_value else 100 * (value / nullif(previous_value, 0) - 1) end as right_value,
    list_append(list_prepend(value_id, change_ids), previous_id) as quantity_ids,
    format('{:,}', cast(previous_value as bigint)) || ' → ' || format('{:,}', cast(value as bigint))
    || case when change_off then '' else ' (%)' end as detail_en,
    format('{:,}', cast(previous_value as bigint)) || ' → ' || format('{:,}', cast(value as bigint))
    || case when change_off then '' else '（%）' end as detail_zh
from compared
where change_off or pct_off
