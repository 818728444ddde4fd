-- The number of a series: body, basis, indicator, dimensions and span, through the years.
create temp macro series_id(body_id, basis, indicator, channel, applicant, topic, outcome, scope, span) as
    cast(md5_number_lower(concat_ws('|', body_id, basis, indicator, channel, applicant, topic, outcome, scope, span)) >> 1 as bigint)
