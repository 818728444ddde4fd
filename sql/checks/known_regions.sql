-- Every region that a report is of stands in table regions.
select r.source_path, r.region_code
from reports r
anti join regions g using (region_code)
where r.region_code is not null
