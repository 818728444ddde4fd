-- One row per region, first year of a change of its territory or code, and region that it was made of the year before.
-- materialized: table
-- region_code: the region since the change
-- year: first year of the change
-- part_code: a region that went into it; its own code where it was enlarged
-- parts: how many regions went into it
-- whole: whether every part went into it whole; where one was divided, its past cannot be known
-- unique: region_code, year, part_code
with ended as (
    select
        region_code as part_code,
        cast(valid_to + 1 as integer) as year,
        unnest(string_split(successors, '|')) as region_code,
        len(string_split(successors, '|')) = 1 as whole
    from regions
    where coalesce(successors, '') <> '' and valid_to is not null
),

changed as (
    select * from ended where region_code <> part_code
),

enlarged as (
    select distinct
        c.region_code as part_code,
        c.year,
        c.region_code,
        true as whole
    from changed c
    join regions r using (region_code)
    where r.valid_from < c.year and coalesce(r.valid_to, 9999) >= c.year - 1
),

parts as (
    select * from changed
    union all by name
    select * from enlarged
)

select
    region_code,
    year,
    part_code,
    count(*) over (partition by region_code, year) as parts,
    bool_and(whole) over (partition by region_code, year) as whole
from parts
