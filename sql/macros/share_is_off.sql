-- Whether a rate or share cannot be part through whole, for any of the values that the words of the two allow.
create temp macro share_is_off(share, allowed, part_low, part_high, whole_low, whole_high) as
    100 * part_low / nullif(whole_high, 0) > share + allowed or 100 * part_high / nullif(whole_low, 0) < share - allowed
