-- Every number stands in its report's text at the place that it names, exactly as printed.
-- To find a character DuckDB counts from the start: a text is cut once into pieces of 700, then counted in the piece alone.
with cut as (
    select report_id, list_transform(range(0, length(text) + 1, 700), lambda start: substr(text, start + 1, 700)) as pieces
    from report_texts
),

compared as (
    select
        q.quantity_id,
        q.surface,
        case
            when q.char_start // 700 = q.char_end // 700
                then substr(t.pieces[q.char_start // 700 + 1], q.char_start % 700 + 1, q.char_end - q.char_start)
            else substr(
                array_to_string(t.pieces[q.char_start // 700 + 1:q.char_end // 700 + 1], ''),
                q.char_start % 700 + 1,
                q.char_end - q.char_start
            )
        end as found
    from quantities q
    left join cut t using (report_id)
)

select quantity_id, surface, found
from compared
where found is distinct from surface
