-- Every file of the inbox is a report or refused with a reason, and not both; what is no file (a link out of the inbox,
-- a pipe) is refused.
-- across_bodies: all
select
    coalesce(f.source_path, o.source_path) as source_path,
    f.source_path is not null as in_inbox,
    coalesce(o.times, 0) as times_accounted_for
from report_files f
full join (
    select source_path, count(*) as times, count(*) filter (where is_read) as times_read
    from (
        select source_path, true as is_read from reports
        union all
        select source_path, false as is_read from refusals
    )
    group by source_path
) o using (source_path)
where coalesce(o.times, 0) <> 1 or (f.source_path is null and o.times_read > 0)
