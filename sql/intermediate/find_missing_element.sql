-- One row per report and element that the law asks for and the report does not have.
-- like: int_findings
-- unique: report_id, detail_en
select
    report_id,
    'missing_element' as rule,
    cast(null as double) as left_value,
    cast(null as double) as right_value,
    cast([] as varchar[]) as quantity_ids,
    name_en || ' (' || legal_basis || ')' as detail_en,
    name_zh || '（' || legal_basis || '）' as detail_zh
from int_elements
where not present
