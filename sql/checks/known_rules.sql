-- Every rule that finds something has its severity and its sentence in table rules.
select f.rule, count(*) as findings
from int_findings f
anti join rules r using (rule)
group by f.rule
