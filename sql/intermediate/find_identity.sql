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

kinds as (
    select distinct indicator, channel, outcome, applicant from int_cells where topic = ''
),

-- Which cells are terms of which relation, the stars filled in.
named as (
    select
        i.identity,
        i.forms,
        i.side,
        i.required,
        i.year,
        case i.sign when '-' then -1 else 1 end as sign,
        concat_ws('|', i.indicator, i.channel, i.outcome, i.applicant, i.year) as term,
        k.*,
        concat_ws(
            '|',
            case when i.indicator like '%*' then k.indicator end,
            case when i.outcome = '*' then k.outcome end,
            case when i.applicant = '*' then k.applicant end
        ) as of_what
    from identities i
    join kinds k
        on k.indicator like replace(i.indicator, '*', '%')
        and i.outcome in ('*', k.outcome)
        and i.applicant in ('*', k.applicant)
        and i.channel = k.channel
),

terms as (
    select
        c.report_id,
        n.identity,
        n.of_what,
        c.scope as of_scope,
        n.side,
        n.required,
        n.sign,
        n.term,
        c.value,
        c.quantity_id
    from cells c
    join named n
        on n.year = c.years_away
        and n.indicator = c.indicator
        and n.channel = c.channel
        and n.outcome = c.outcome
        and n.applicant = c.applicant
    where c.topic = '' and list_contains(string_split(n.forms, '|'), c.form)
),

needed as (
    select identity, count(*) as required_terms from identities where required group by identity
),

assessed as (
    select
        t.report_id,
        t.identity,
        of_what,
        of_scope,
        sum(sign * value) filter (where side = 'left') as left_value,
        sum(sign * value) filter (where side = 'right') as right_value
    from terms t
    join needed n using (identity)
    group by t.report_id, t.identity, of_what, of_scope
    having count(distinct term) filter (where required and value is not null) = any_value(n.required_terms)
),

broken as (
    select
        a.report_id,
        a.identity,
        a.left_value,
        a.right_value,
        list(t.quantity_id order by t.side, t.quantity_id) filter (where t.value is not null) as quantity_ids,
        string_agg(
            case when t.sign < 0 then '- ' else '+ ' end || whole_words(t.value), ' '
            order by t.quantity_id
        ) filter (where t.side = 'right' and t.value <> 0) as right_terms,
        string_agg(
            case when t.sign < 0 then '- ' else '+ ' end || whole_words(t.value), ' '
            order by t.quantity_id
        ) filter (where t.side = 'left' and t.value <> 0) as left_terms
    from assessed a
    join terms t using (report_id, identity, of_what, of_scope)
    where a.left_value <> a.right_value
    group by a.report_id, a.identity, a.of_what, a.of_scope, a.left_value, a.right_value
)

select
    report_id,
    identity as rule,
    left_value,
    right_value,
    quantity_ids,
    ltrim(coalesce(left_terms, '0'), '+ ') || ' ≠ ' || ltrim(coalesce(right_terms, '0'), '+ ') as detail_en,
    ltrim(coalesce(left_terms, '0'), '+ ') || ' ≠ ' || ltrim(coalesce(right_terms, '0'), '+ ') as detail_zh
from broken
