-- One row per report and element that the law asks of it: whether the report has it.
-- It has it where a number of the element's kind was read, or where one of its words stands in the text.
-- materialized: table
-- report_id: the report
-- element: code of the element
-- present: whether it is there
-- legal_basis: article that asks for it
-- name_en: its name in English
-- name_zh: its name in Chinese
-- unique: report_id, element
with themes as (
    select distinct q.report_id, split_part(q.indicator, '.', 1) as element
    from quantities q
    where q.indicator is not null and q.value is not null
),

asked as (
    select *, string_split(cues, '|') as words from elements
)

select
    r.report_id,
    e.element,
    case
        when t.element is not null then true
        else coalesce(len(list_filter(e.words, lambda word: contains(x.text, word))) > 0, false)
    end as present,
    e.legal_basis,
    e.name_en,
    e.name_zh
from stg_reports r
join asked e
    on r.report_year between e.from_year and coalesce(e.to_year, 9999)
    and e.body_kind in ('', r.body_kind)
left join themes t using (report_id, element)
left join report_texts x using (report_id)
