-- One row per number of a report's text that restates a cell of its statutory tables: the two side by side.
-- materialized: table
-- like: int_text_and_table, reports
-- unique: text_quantity_id, table_quantity_id
select
    t.report_id,
    r.region_code,
    r.report_year,
    t.indicator,
    t.applicant,
    t.outcome,
    t.scope,
    t.text_value,
    t.table_value,
    t.with_carried,
    t.agreement,
    t.surface,
    t.text_quantity_id,
    t.table_quantity_id
from int_text_and_table t
join stg_reports r using (report_id)
