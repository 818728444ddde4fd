-- One row per series, year and year of the report that says it: the value settled by stated rules among its readings.
-- The most trusted reading wins; among equals the value that most readings give, then one that has parts, then the first.
-- materialized: table
-- like: int_readings
-- readings: how many numbers say it
-- quantity_ids: those numbers, the settling one first
-- unique: series_id, year, report_year
with sizes as (
    select series_id, year, report_year, count(*) as readings
    from int_readings
    group by series_id, year, report_year
),

-- Nearly every fact is said once: only the others are sorted.
once as (
    select r.*, z.readings, [r.quantity_id] as quantity_ids
    from int_readings r
    join sizes z
        on z.series_id = r.series_id and z.year = r.year and z.report_year is not distinct from r.report_year
    where z.readings = 1
),

divided as (
    select distinct part_of from stg_quantities where part_of is not null
),

several as (
    select
        r.*,
        z.readings,
        d.part_of is not null as divided,
        count(*) over (partition by r.series_id, r.year, r.report_year, r.trust, r.value) as votes
    from int_readings r
    join sizes z
        on z.series_id = r.series_id and z.year = r.year and z.report_year is not distinct from r.report_year
    left join divided d on d.part_of = r.quantity_id
    where z.readings > 1
),

ranked as (
    select
        *,
        row_number() over (
            partition by series_id, year, report_year
            order by trust, votes desc, divided desc, source_path, char_start, quantity_id
        ) as place
    from several
),

ids as (
    select series_id, year, report_year, list(quantity_id order by place) as quantity_ids
    from ranked
    group by series_id, year, report_year
)

select * exclude (quantity_id)
from once

union all by name

select r.* exclude (quantity_id, votes, divided, place), i.quantity_ids
from ranked r
join ids i on i.series_id = r.series_id and i.year = r.year and i.report_year is not distinct from r.report_year
where r.place = 1
