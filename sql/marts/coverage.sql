-- One row per report: which elements of the law it has, and what became of the numbers in it.
-- materialized: table
-- like: stg_reports
-- has_proactive: whether it tells of disclosure on the government's own initiative (主动公开)
-- has_requests: whether it tells of requests (依申请公开)
-- has_fees: whether it tells of fees (收费减免); NULL where the law of its year does not ask for it
-- has_remedies: whether it tells of reconsideration and litigation (复议诉讼)
-- has_problems: whether it tells of problems and improvements (存在问题和改进)
-- missing: elements that the law asks for and that it lacks, in Chinese, divided by 、; empty for none
-- numerals: numerals in the text
-- numbers_found: measured numbers, in prose and in forms, blank cells not counted
-- prose_numbers: those of the prose
-- form_numbers: those of the forms' cells
-- blank_cells: cells of the forms that print no number
-- coded: measured numbers that have an indicator
-- uncoded: measured numbers that have none
-- uncoded_why: why, with how often, most frequent first; empty for none
-- not_measured: numerals that measure nothing
-- not_measured_why: why, with how often, most frequent first; empty for none
-- unique: report_id
with elements_of as (
    select
        report_id,
        bool_or(present) filter (where element = 'proactive') as has_proactive,
        bool_or(present) filter (where element = 'requests') as has_requests,
        bool_or(present) filter (where element = 'fees') as has_fees,
        bool_or(present) filter (where element = 'remedies') as has_remedies,
        bool_or(present) filter (where element = 'problems') as has_problems,
        string_agg(name_zh, '、' order by legal_basis, element) filter (where not present) as missing
    from int_elements
    group by report_id
),

numbers as (
    select
        report_id,
        count(value) as numbers_found,
        count(value) filter (where origin = 'prose') as prose_numbers,
        count(value) filter (where origin = 'form') as form_numbers,
        count(*) filter (where value is null) as blank_cells,
        count(value) filter (where indicator is not null) as coded,
        count(value) filter (where indicator is null) as uncoded
    from quantities
    group by report_id
),

uncoded_reasons as (
    select report_id, rule as reason, count(*) as times
    from quantities
    where indicator is null and value is not null
    group by report_id, rule
),

uncoded_words as (
    select report_id, string_agg(reason || ' ' || times, '; ' order by times desc, reason) as uncoded_why
    from uncoded_reasons
    group by report_id
),

numeral_reasons as (
    select report_id, reason, count(*) as times from ledger group by report_id, reason
),

numerals as (
    select
        report_id,
        sum(times) as numerals,
        coalesce(sum(times) filter (where reason <> 'quantity'), 0) as not_measured,
        string_agg(reason || ' ' || times, '; ' order by times desc, reason) filter (where reason <> 'quantity')
            as not_measured_why
    from numeral_reasons
    group by report_id
)

select
    r.report_id,
    r.source_path,
    r.body_id,
    r.report_year,
    e.has_proactive,
    e.has_requests,
    e.has_fees,
    e.has_remedies,
    e.has_problems,
    coalesce(e.missing, '') as missing,
    cast(coalesce(l.numerals, 0) as bigint) as numerals,
    coalesce(n.numbers_found, 0) as numbers_found,
    coalesce(n.prose_numbers, 0) as prose_numbers,
    coalesce(n.form_numbers, 0) as form_numbers,
    coalesce(n.blank_cells, 0) as blank_cells,
    coalesce(n.coded, 0) as coded,
    coalesce(n.uncoded, 0) as uncoded,
    coalesce(w.uncoded_why, '') as uncoded_why,
    cast(coalesce(l.not_measured, 0) as bigint) as not_measured,
    coalesce(l.not_measured_why, '') as not_measured_why
from stg_reports r
left join elements_of e using (report_id)
left join numbers n using (report_id)
left join uncoded_words w using (report_id)
left join numerals l using (report_id)
order by r.region_code, r.body_id, r.report_year, r.source_path
