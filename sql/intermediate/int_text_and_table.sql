-- One row per number of a report's text and cell of its statutory tables that speak of the same thing.
-- 收到申请 in prose may mean the new requests, or these and those carried over: both agree.
-- materialized: table
-- like: stg_quantities
-- text_quantity_id: the number of the text
-- table_quantity_id: the cell
-- text_value: the number of the text
-- table_value: the cell
-- with_carried: the cell and the requests carried over together; NULL where none were printed or the cell counts none
-- surface: number and unit of the text exactly as printed
-- agreement: agrees, other_scope (the words name a part of the body: its office, its own level) or differs
-- unique: text_quantity_id, table_quantity_id
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
),

carried as (
    select report_id, applicant, value from int_cells
    where indicator = 'requests.carried_in' and channel = '' and topic = '' and scope = ''
),

compared as (
    select
        s.report_id,
        s.indicator,
        s.applicant,
        s.outcome,
        s.scope,
        s.quantity_id as text_quantity_id,
        c.quantity_id as table_quantity_id,
        s.audited_value as text_value,
        c.value as table_value,
        c.value + k.value as with_carried,
        s.char_start,
        s.surface,
        coalesce(s.low <= c.high and s.high >= c.low, false)
        or coalesce(s.low <= c.value + k.value and s.high >= c.value + k.value, false) as fits
    from said s
    join int_cells c using (report_id, indicator, outcome, applicant, channel, topic)
    left join carried k
        on k.report_id = s.report_id and k.applicant = s.applicant and s.indicator = 'requests.received'
    where c.value is not null and c.scope = ''
)

select
    c.report_id,
    c.indicator,
    c.applicant,
    c.outcome,
    c.scope,
    text_quantity_id,
    table_quantity_id,
    text_value,
    table_value,
    with_carried,
    c.char_start,
    c.surface,
    case
        when fits then 'agrees'
        when c.scope <> '' or regexp_matches(q.quote, '办公室|政府办|本级|局机关') then 'other_scope'
        else 'differs'
    end as agreement
from compared c
join quantities q on q.quantity_id = text_quantity_id
