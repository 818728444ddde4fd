-- One row per report that was published after the day that the law sets for its kind of body.
-- like: int_findings
-- unique: report_id
with dated as (
    select r.*, d.legal_basis, make_date(r.report_year + 1, d.month, d.day) as due
    from stg_reports r
    join deadlines d
        on d.body_kind = r.body_kind and r.report_year between d.from_year and coalesce(d.to_year, 9999)
)

select
    report_id,
    'published_late' as rule,
    cast(date_diff('day', due, published_on) as double) as left_value,
    cast(null as double) as right_value,
    cast([] as varchar[]) as quantity_ids,
    cast(published_on as varchar) || ' > ' || cast(due as varchar) || ' (' || legal_basis || ')' as detail_en,
    cast(published_on as varchar) || ' > ' || cast(due as varchar) || '（' || legal_basis || '）' as detail_zh
from dated
where published_on > due
