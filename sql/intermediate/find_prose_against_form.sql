-- One row per number of the text that is not that of the statutory table of the same report.
-- 收到申请 in prose may mean the new requests, or these and those carried over: both are accepted.
-- like: int_findings
-- unique: report_id, quantity_ids
with said as (
    select *
    from stg_quantities
    where origin = 'prose'
        and basis = 'level'
        and audited_value is not null
        and span = 'Y'
        and year = report_year
        and channel = ''
        and topic = ''
        and scope = ''
),

carried as (
    select report_id, applicant, value from int_cells where indicator = 'requests.carried_in' and channel = ''
)

select
    s.report_id,
    'prose_against_form' as rule,
    s.audited_value as left_value,
    c.value as right_value,
    [s.quantity_id, c.quantity_id] as quantity_ids,
    s.surface as detail_en,
    s.surface as detail_zh
from said s
join int_cells c using (report_id, indicator, outcome, applicant, channel)
left join carried k on k.report_id = s.report_id and k.applicant = s.applicant and s.indicator = 'requests.received'
where c.value is not null
    and (s.low > c.high or s.high < c.low)
    and not coalesce(s.low <= c.value + k.value and s.high >= c.value + k.value, false)
