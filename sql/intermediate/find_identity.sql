-- One row per relation among a form's cells that does not hold: in one report, or (R6, R7) against the year before.
-- Assessed where every required cell holds a number and the right side has one; a blank part counts as nothing.
-- like: int_findings
-- unique: report_id, rule, quantity_ids
with own as (
    select *, report_id as cell_report, 0 as years_away from int_cells
),

last_years as (
    select l.* replace (r.report_id as report_id, r.form as form), l.report_id as cell_report, -1 as years_away
    from (select distinct report_id, body_id, report_year, form from int_cells) r
    join int_cells l on l.body_id = r.body_id and l.report_year = r.report_year - 1 and l.first_of_year
),

cells as (
    select * from own
    union all
    select * from last_years
),

terms as (
    select
        c.report_id,
        i.identity,
        case when i.indicator like '%*' then c.indicator else '' end as of_indicator,
        case when i.outcome = '*' then c.outcome else '' end as of_outcome,
        case when i.applicant = '*' then c.applicant else '' end as of_applicant,
        c.scope as of_scope,
        i.side,
        i.required,
        case i.sign when '-' then -1 else 1 end as sign,
        concat_ws('|', i.indicator, i.channel, i.outcome, i.applicant, i.year) as term,
        c.value,
        c.quantity_id
    from cells c
    join identities i
        on i.year = c.years_away
        and c.indicator like replace(i.indicator, '*', '%')
        and i.outcome in ('*', c.outcome)
        and i.applicant in ('*', c.applicant)
        and c.channel = i.channel
        and c.topic = ''
        and list_contains(string_split(i.forms, '|'), c.form)
),

needed as (
    select identity, count(*) as required_terms from identities where required group by identity
),

assessed as (
    select
        t.report_id,
        t.identity,
        sum(sign * value) filter (where side = 'left') as left_value,
        sum(sign * value) filter (where side = 'right') as right_value,
        list(quantity_id order by side, quantity_id) filter (where value is not null) as quantity_ids,
        string_agg(
            case when sign < 0 then '- ' else '+ ' end || format('{:,}', cast(value as bigint)), ' ' order by quantity_id
        ) filter (where side = 'right' and value <> 0) as right_terms,
        string_agg(
            case when sign < 0 then '- ' else '+ ' end || format('{:,}', cast(value as bigint)), ' ' order by quantity_id
        ) filter (where side = 'left' and value <> 0) as left_terms
    from terms t
    join needed n using (identity)
    group by t.report_id, t.identity, of_indicator, of_outcome, of_applicant, of_scope
    having count(distinct term) filter (where required and value is not null) = any_value(n.required_terms)
)

select
    report_id,
    identity as rule,
    left_value,
    right_value,
    quantity_ids,
    ltrim(coalesce(left_terms, '0'), '+ ') || ' ≠ ' || ltrim(coalesce(right_terms, '0'), '+ ') as detail_en,
    ltrim(coalesce(left_terms, '0'), '+ ') || ' ≠ ' || ltrim(coalesce(right_terms, '0'), '+ ') as detail_zh
from assessed
where left_value <> right_value
