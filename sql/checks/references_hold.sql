-- What a row refers to is there: a number's report and whole, a numeral's report and number.
select 'quantities.report_id' as reference, q.quantity_id as row_id, q.report_id as refers_to
from quantities q
anti join reports r using (report_id)
union all
select 'quantities.part_of', q.quantity_id, q.part_of
from quantities q
anti join quantities w on w.quantity_id = q.part_of and w.report_id = q.report_id
where q.part_of is not null
union all
select 'ledger.report_id', l.surface, l.report_id
from ledger l
anti join reports r using (report_id)
union all
select 'ledger.quantity_id', l.surface, l.quantity_id
from ledger l
anti join quantities q using (quantity_id)
where l.quantity_id is not null
