-- The change from one value to another in per cent of the first; NULL where that is zero.
create temp macro growth(before, after) as 100 * (after / nullif(before, 0) - 1)
