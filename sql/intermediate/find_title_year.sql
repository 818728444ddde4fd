-- One row per report whose title names another year than its figures are about.
-- like: int_findings
-- unique: report_id
select
    report_id,
    'title_year' as rule,
    cast(title_year as double) as left_value,
    cast(report_year as double) as right_value,
    cast([] as varchar[]) as quantity_ids,
    title_year || ' in the title, ' || report_year || ' in the figures' as detail_en,
    '标题为' || title_year || '年，数据为' || report_year || '年' as detail_zh
from stg_reports
where title_year <> report_year
