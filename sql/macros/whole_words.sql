-- A number as sentences print it: whole, with commas between thousands.
create temp macro whole_words(number) as format('{:,}', cast(number as bigint))
