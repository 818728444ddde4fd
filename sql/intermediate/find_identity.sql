-- One row per relation among a form's cells that does not hold: in one report, or (R6, R7) against the year before.
-- Assessed where every required cell holds a number and the right side has one; a blank part counts as nothing.
-- like: int_findings
-- unique: report_id, rule, quantity_ids
with kinds as (
    select distinct kind_id, indicator, channel, outcome, applicant from int_cells where topic = ''
),

-- Which cells are terms of which relation, the stars filled in.
filled as (
    select
        i.identity,
        unnest(string_split(i.forms, '|')) as form,
        i.side,
        i.required,
        i.year,
        case i.sign when '-' then -1 else 1 end as sign,
        k.kind_id,
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

named as (
    select *, dense_rank() over (order by identity, of_what) as relation from filled
),

terms as (
    select c.report_id, c.scope as of_scope, n.relation, n.side, n.required, n.sign, c.value, c.quantity_id
    from int_cells c
    join named n on n.kind_id = c.kind_id and n.form = c.form
    where c.topic = '' and n.year = 0

    union all

    select r.report_id, l.scope, n.relation, n.side, n.required, n.sign, l.value, l.quantity_id
    from int_cells l
    join named n on n.kind_id = l.kind_id
    join (select distinct report_id, body_id, report_year, form from int_cells) r
        on r.body_id = l.body_id and r.report_year = l.report_year + 1 and r.form = n.form
    where l.topic = '' and l.first_of_year and n.year = -1
),

needed as (
    select n.relation, n.identity, count(*) as required_terms
    from (select distinct relation, identity from named) n
    join identities i using (identity)
    where i.required
    group by n.relation, n.identity
),

assessed as (
    select
        t.report_id,
        t.relation,
        t.of_scope,
        sum(sign * value) filter (where side = 'left') as left_value,
        sum(sign * value) filter (where side = 'right') as right_value,
        count(*) filter (where required and value is not null) as required_terms
    from terms t
    group by t.report_id, t.relation, t.of_scope
),

off as (
    select a.report_id, a.relation, a.of_scope, n.identity, a.left_value, a.right_value
    from assessed a
    join needed n using (relation, required_terms)
    where a.left_value <> a.right_value
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
    from off a
    join terms t using (report_id, relation, of_scope)
    group by a.report_id, a.identity, a.relation, a.of_scope, a.left_value, a.right_value
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
