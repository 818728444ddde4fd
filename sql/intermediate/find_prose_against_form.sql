-- One row per number of the text that is not that of the statutory table of the same report.
-- 收到申请 in prose may mean the new requests, or these and those carried over: both are accepted. Where one number of the text
-- is the table's, others at the same place are about something else; where none is, the first is shown.
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
    select report_id, applicant, value from int_cells
    where indicator = 'requests.carried_in' and channel = '' and topic = '' and scope = ''
),

compared as (
    select
        s.report_id,
        s.quantity_id as said_id,
        s.char_start,
        s.audited_value,
        s.surface,
        c.quantity_id as cell_id,
        c.value as cell_value,
        coalesce(s.low <= c.high and s.high >= c.low, false)
        or coalesce(s.low <= c.value + k.value and s.high >= c.value + k.value, false) as fits
    from said s
    join int_cells c using (report_id, indicator, outcome, applicant, channel, topic, scope)
    left join carried k
        on k.report_id = s.report_id and k.applicant = s.applicant and s.indicator = 'requests.received'
    where c.value is not null
)

select
    report_id,
    'prose_against_form' as rule,
    arg_min(audited_value, char_start) as left_value,
    cell_value as right_value,
    [arg_min(said_id, char_start), cell_id] as quantity_ids,
    arg_min(surface, char_start) as detail_en,
    arg_min(surface, char_start) as detail_zh
from compared
group by report_id, cell_id, cell_value
having not bool_or(fits)
