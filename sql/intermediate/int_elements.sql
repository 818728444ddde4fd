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
    select report_id, split_part(indicator, '.', 1) as element
    from (select distinct report_id, indicator from quantities where indicator is not null and value is not null)
),

asked as (
    select r.report_id, e.element, e.legal_basis, e.name_en, e.name_zh, string_split(e.cues, '|') as words
    from stg_reports r
    join elements e
        on r.report_year between e.from_year and coalesce(e.to_year, 9999)
        and e.body_kind in ('', r.body_kind)
),

-- Few elements have no number: the texts of the others need not be looked at.
without_number as (
    select report_id, element, words from asked anti join themes using (report_id, element)
),

in_words as (
    select w.report_id, w.element
    from without_number w
    join report_texts x using (report_id)
    where len(list_filter(w.words, lambda word: contains(x.text, word))) > 0
)

select
    a.report_id,
    a.element,
    n.element is null or w.element is not null as present,
    a.legal_basis,
    a.name_en,
    a.name_zh
from asked a
left join without_number n using (report_id, element)
left join in_words w using (report_id, element)
