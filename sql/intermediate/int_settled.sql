-- One row per series, year and year of the report that says it: the value settled by stated rules among its readings.
-- The most trusted reading wins; among equals the value that most readings give, then the first in the text.
-- materialized: table
-- like: int_readings
-- readings: how many numbers say it
-- quantity_ids: those numbers, the settling one first
-- unique: series_id, year, report_year
with counted as (
    select *, count(*) over (partition by series_id, year, report_year, trust, value) as votes
    from int_readings
),

ranked as (
    select
        *,
        row_number() over (
            partition by series_id, year, report_year order by trust, votes desc, source_path, char_start, quantity_id
        ) as place
    from counted
)

select
    series_id,
    year,
    report_year,
    any_value(columns(* exclude (series_id, year, report_year, votes, place))) filter (where place = 1),
    count(*) as readings,
    list(quantity_id order by place) as quantity_ids
from ranked
group by series_id, year, report_year
