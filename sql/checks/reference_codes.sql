-- Breaks, ratios and the relations of the forms name indicators that the catalogue has.
with named as (
    select 'breaks' as source, indicator from breaks
    union
    select 'identities', indicator from identities where indicator not like '%*'
    union
    select 'ratios', unnest([rate, numerator, denominator]) from ratios
    union
    select 'corrections', indicator from corrections where indicator <> ''
)

select n.source, n.indicator
from named n
anti join indicators i using (indicator)
