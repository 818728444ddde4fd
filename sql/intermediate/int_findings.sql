-- One row per thing that does not add up, before its sentence: the rule, the numbers and the quantities.
-- materialized: table
-- report_id: the report
-- rule: code of table rules
-- left_value: the figure that is questioned
-- right_value: the figure that it is compared with; NULL where there is none
-- quantity_ids: the numbers concerned, the questioned one first; empty where it is about the report
-- detail_en: what stands in the place {detail} of the rule's English sentence
-- detail_zh: what stands in the place {detail} of the rule's Chinese sentence
select * from find_identity
union all by name
select * from find_impossible_change
union all by name
select * from find_impossible_value
union all by name
select * from find_missing_element
union all by name
select * from find_parts_exceed
union all by name
select * from find_parts_short
union all by name
select * from find_prose_against_form
union all by name
select * from find_published_late
union all by name
select * from find_rate_of_counts
union all by name
select * from find_restatement
union all by name
select * from find_share_of_whole
union all by name
select * from find_stated_change
union all by name
select * from find_title_year
union all by name
select * from find_two_figures
