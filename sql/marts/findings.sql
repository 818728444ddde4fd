-- One row per thing that does not add up in a report: the rule, its severity, the numbers, and a sentence.
-- materialized: table
-- like: int_findings
-- finding_id: identifier, a hash of report, rule, quantities and numbers: the same in every run
-- body_id: the body that reports
-- report_year: year that the report is about
-- severity: red (an arithmetic contradiction or a missing legal element) or yellow (to be looked at)
-- subject: indicator of the questioned number with its dimensions, in English; empty where it is about the report
-- message: the finding in one English sentence with its numbers
-- message_zh: the same in Chinese
-- char_start: place of the questioned number in the report's text; NULL where it is about the report
-- unique: finding_id
with named as (
    select
        f.*,
        q.char_start,
        q.surface,
        coalesce(i.name_en, q.unit, '') || case when d.words = '' then '' else ' (' || d.words || ')' end as subject,
        coalesce(i.name_zh, q.unit, '') || case when d.words = '' then '' else '（' || d.words || '）' end as subject_zh
    from int_findings f
    left join stg_quantities q on q.quantity_id = f.quantity_ids[1]
    left join indicators i using (indicator)
    left join lateral (
        select array_to_string(
            list_filter([q.channel, q.applicant, q.topic, q.outcome, q.scope], lambda word: coalesce(word, '') <> ''), ', '
        ) as words
    ) d on true
),

numbered as (
    select
        *,
        case
            when left_value = floor(left_value) then whole_words(left_value)
            else format('{:,.2f}', left_value)
        end as left_words,
        case
            when right_value = floor(right_value) then whole_words(right_value)
            else format('{:,.2f}', right_value)
        end as right_words
    from named
)

select
    left(md5(concat_ws('|', n.report_id, n.rule, array_to_string(n.quantity_ids, ','), left_words, right_words, detail_en)), 16)
        as finding_id,
    n.report_id,
    r.body_id,
    r.report_year,
    n.rule,
    u.severity,
    n.left_value,
    n.right_value,
    n.quantity_ids,
    coalesce(n.subject, '') as subject,
    replace(replace(replace(replace(
        u.message_en, '{subject}', coalesce(n.subject, '')), '{left}', coalesce(left_words, '')),
        '{right}', coalesce(right_words, '')), '{detail}', detail_en) as message,
    replace(replace(replace(replace(
        u.message_zh, '{subject}', coalesce(n.subject_zh, '')), '{left}', coalesce(left_words, '')),
        '{right}', coalesce(right_words, '')), '{detail}', detail_zh) as message_zh,
    n.char_start
from numbered n
join stg_reports r using (report_id)
join rules u using (rule)
order by u.severity, r.source_path, n.rule, n.char_start, finding_id
