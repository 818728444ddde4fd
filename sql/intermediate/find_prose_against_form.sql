-- One row per cell of a statutory table that no number of the text agrees with, though some speak of the same thing.
-- Where one number of the text is the table's, others are about something else; where none is, the first is shown.
-- like: int_findings
-- unique: report_id, quantity_ids
select
    report_id,
    'prose_against_form' as rule,
    arg_min(text_value, char_start) as left_value,
    table_value as right_value,
    [arg_min(text_quantity_id, char_start), table_quantity_id] as quantity_ids,
    arg_min(surface, char_start) as detail_en,
    arg_min(surface, char_start) as detail_zh
from int_text_and_table
where scope = ''
group by report_id, table_quantity_id, table_value
having not bool_or(agreement = 'agrees')
