-- Every number stands in its report's text at the place that it names, exactly as printed.
select
    q.quantity_id,
    q.surface,
    substr(t.text, q.char_start + 1, q.char_end - q.char_start) as found
from quantities q
left join report_texts t using (report_id)
where substr(t.text, q.char_start + 1, q.char_end - q.char_start) is distinct from q.surface
