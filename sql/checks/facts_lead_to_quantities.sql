-- Every fact leads to the numbers that it was read from.
with led as (
    select series_id, report_year, unnest(quantity_ids) as quantity_id from facts
)

select series_id, report_year, quantity_id
from led
anti join quantities using (quantity_id)
union all
select series_id, report_year, null
from facts
where len(quantity_ids) = 0
