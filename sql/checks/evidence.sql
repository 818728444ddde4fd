-- Every number stands in its report's text at the place that it names, exactly as printed.
-- To find a character DuckDB counts from the start: counted once a report in steps of 700, then from the nearest step.
with stepped as (
    select report_id, text, list_transform(range(0, length(text) + 1, 700), lambda start: substr(text, start + 1, 1400)) as steps
    from report_texts
),

compared as (
    select
        q.quantity_id,
        q.surface,
        case
            when q.char_end - q.char_start > 700 then substr(t.text, q.char_start + 1, q.char_end - q.char_start)
            else substr(t.steps[q.char_start // 700 + 1], q.char_start % 700 + 1, q.char_end - q.char_start)
        end as found
    from quantities q
    left join stepped t using (report_id)
)

select quantity_id, surface, found
from compared
where found is distinct from surface
