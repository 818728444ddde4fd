-- One row per thing that the text of one report gives two numbers for: the one that settles it, and the first that differs.
-- Only of one size, from half to double, and from different sentences: a far smaller number is a part that was not told as one,
-- and numbers that stand side by side count different things. What follows 其中 (of these) is a part too.
-- like: int_findings
-- unique: report_id, quantity_ids
with said as (
    select
        q.*,
        s.trust,
        w.quote,
        row_number() over (partition by q.report_id, q.series_id, q.year order by s.trust, q.char_start, q.quantity_id) as place
    from stg_quantities q
    join int_readings s using (quantity_id)
    join int_contested c using (quantity_id)
    join quantities w using (quantity_id)
    where q.origin = 'prose' and q.correction is null
)

select
    a.report_id,
    'two_figures' as rule,
    a.audited_value as left_value,
    arg_min(b.audited_value, b.place) as right_value,
    [a.quantity_id, arg_min(b.quantity_id, b.place)] as quantity_ids,
    cast(count(*) as varchar) as detail_en,
    cast(count(*) as varchar) as detail_zh
from said a
join said b using (report_id, series_id, year)
where a.place = 1
    and b.place > 1
    and (a.low > b.high or a.high < b.low)
    and b.audited_value between 0.5 * a.audited_value and 2 * a.audited_value
    and not contains(a.quote, b.quote)
    and not contains(b.quote, a.quote)
    and a.unit in (b.unit, '')
    and not contains(split_part(b.quote, b.surface, 1), '其中')
    and coalesce(a.part_of, '') <> b.quantity_id
    and coalesce(b.part_of, '') <> a.quantity_id
group by a.report_id, a.audited_value, a.quantity_id
