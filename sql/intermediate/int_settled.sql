-- One row per series, year and year of the report that says it: the value settled by stated rules among its readings.
-- like: int_readings
-- readings: how many numbers say it
-- quantity_ids: those numbers, the settling one first
-- unique: series_id, year, report_year
select
    r.*,
    coalesce(c.readings, 1) as readings,
    coalesce(c.quantity_ids, [r.quantity_id]) as quantity_ids
from int_readings r
left join int_contested c using (quantity_id)
where c.quantity_id is null or c.place = 1
