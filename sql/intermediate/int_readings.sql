-- One row per number that says something about a fact: its series, its year, and how far it is to be trusted.
-- like: stg_quantities
-- trust: order in which readings settle a value: 0 a correction, 1 a form's cell, 2 exact prose, 3 approximate prose, each
--   of the year's own report; 4 and more the same of another year's report
-- restated: whether a report of a later year says it
-- unique: quantity_id
select
    * exclude (audited_value, base_period, breakdown, surface, sentence_id)
    replace (
        case when correction is null then low else value end as low,
        case when correction is null then high else value end as high
    ),
    case
        when correction is not null then 0
        when origin = 'form' then 1
        when qualifier = '' then 2
        else 3
    end + case when report_year is not null and report_year <> year then 4 else 0 end as trust,
    coalesce(report_year > year, false) as restated
from stg_quantities
where indicator is not null
    and value is not null
    and year is not null
    and (basis in ('level', 'rate') or (basis = 'share' and part_of is not null))
