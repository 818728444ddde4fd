-- One row per stated change that does not lead from the figure of the year before to this year's, within rounding as printed.
-- Against a figure of the same report it is rule stated_change, against last year's report stated_change_last_report. Where the
-- report states the change both in units and in per cent, the one is held against the other.
-- like: int_findings
-- unique: report_id, rule, quantity_ids
with compared as (
    select
        s.report_id,
        case p.source when 'reported' then 'stated_change_last_report' else 'stated_change' end as rule,
        s.value,
        p.value as previous_value,
        s.basis,
        c.stated_change,
        c.stated_change_pct,
        s.low - p.high > c.change_high or s.high - p.low < c.change_low as change_off,
        growth(p.high, s.low) > c.pct_high or growth(p.low, s.high) < c.pct_low as pct_off,
        s.quantity_ids[1] as value_id,
        c.change_ids,
        case when p.source <> 'derived' then p.quantity_ids[1] end as previous_id
    from int_settled s
    join int_changes c using (series_id, year, report_year)
    join int_previous p using (series_id, year)
    where s.report_year = s.year and (p.source <> 'derived' or (c.stated_change is not null and c.stated_change_pct is not null))
)

select
    report_id,
    rule,
    case when change_off then stated_change else stated_change_pct end as left_value,
    case when change_off then value - previous_value else growth(previous_value, value) end as right_value,
    list_filter(list_append(list_prepend(value_id, change_ids), previous_id), lambda id: id is not null) as quantity_ids,
    whole_words(previous_value) || ' → ' || whole_words(value)
    || case when change_off then '' else ' (%)' end as detail_en,
    whole_words(previous_value) || ' → ' || whole_words(value)
    || case when change_off then '' else '（%）' end as detail_zh
from compared
where change_off or pct_off
