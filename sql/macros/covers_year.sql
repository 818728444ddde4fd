-- Whether a span is the whole year, a running total to its end, or the state at its end.
create temp macro covers_year(span) as span in ('Y', '../Y', 'Y-12', 'Y-12-31')
