-- Every indicator that a number is coded with stands in the catalogue.
select q.indicator, count(*) as rows_with_it, any_value(q.quantity_id) as quantity_id
from quantities q
anti join indicators i using (indicator)
where q.indicator is not null
group by q.indicator
