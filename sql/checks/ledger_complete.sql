-- Every numeral of the ledger says what became of it: a quantity that is named, or the reason why it is none.
select report_id, char_start, surface, reason, quantity_id
from ledger
where reason = '' or (reason = 'quantity') <> (quantity_id is not null)
