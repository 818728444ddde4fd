-- One row per number that a person corrected: the correction beside the number that it is about.
-- materialized: table
-- quantity_id: the number
-- should_be: the value that it should have
-- wrong: reading (the report prints should_be) or report (the report prints the other value, by mistake)
-- correction: who corrected it and why
-- unique: quantity_id
select
    found_id as quantity_id,
    any_value(should_be) as should_be,
    any_value(wrong) as wrong,
    any_value(who || ': ' || why) as correction
from stg_correction_places
where holds
group by found_id
