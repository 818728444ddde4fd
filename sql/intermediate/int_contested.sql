-- One row per reading of a series and year that several numbers speak of: which of them settles it, by stated rules.
-- Nearly every fact is said once: only the others are here, so that only they are sorted.
-- The most trusted reading wins; among equals the value that most readings give, then one that has parts, then the first.
-- materialized: table
-- like: int_readings
-- place: 1 for the number that settles what reports of its year say, 2 for the next
-- readings: how many numbers those reports say it with
-- quantity_ids: those numbers, the settling one first; NULL where place is not 1
-- fact_place: 1 for the number that settles it among the reports of all years; NULL where place is not 1
-- all_readings: how many numbers say it in the reports of all years
-- all_ids: those and what they outvoted, the settling one first; NULL where fact_place is not 1
-- unique: quantity_id
with crowded as (
    select series_id, year, count(*) as all_readings
    from int_readings
    group by series_id, year
    having count(*) > 1
),

divided as (
    select distinct part_of from stg_quantities where part_of is not null
),

several as (
    select
        r.quantity_id,
        r.series_id,
        r.year,
        r.report_year,
        r.trust,
        r.char_start,
        p.source_path,
        d.part_of is not null as divided,
        c.all_readings,
        count(*) over (partition by r.series_id, r.year, r.report_year) as readings,
        count(*) over (partition by r.series_id, r.year, r.report_year, r.trust, r.value) as votes
    from int_readings r
    join crowded c using (series_id, year)
    join stg_reports p using (report_id)
    left join divided d on d.part_of = r.quantity_id
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

told as (
    select arg_min(quantity_id, place) as quantity_id, list(quantity_id order by place) as quantity_ids
    from ranked
    group by series_id, year, report_year
),

settling as (
    select
        r.quantity_id,
        r.series_id,
        r.year,
        t.quantity_ids,
        row_number() over (partition by r.series_id, r.year order by r.trust, r.report_year, r.source_path) as fact_place
    from ranked r
    join told t using (quantity_id)
),

all_told as (
    select arg_min(quantity_id, fact_place) as quantity_id, flatten(list(quantity_ids order by fact_place)) as all_ids
    from settling
    group by series_id, year
)

-- The lists are joined to the one row that holds them: a text that says one thing a hundred thousand times
-- would have as many lists of as many.
select
    r.quantity_id,
    r.series_id,
    r.year,
    r.place,
    r.readings,
    t.quantity_ids,
    s.fact_place,
    cast(r.all_readings as integer) as all_readings,
    a.all_ids
from ranked r
left join told t on t.quantity_id = r.quantity_id
left join settling s on s.quantity_id = r.quantity_id
left join all_told a on a.quantity_id = r.quantity_id
