-- One row per number or blank cell: the quantity with its series and the bounds of what it can mean.
-- Of its report it has the year only; who reports is in stg_reports, the words are in quantities.
-- materialized: table
-- like: quantities, stg_reports, stg_corrections
-- value: the value, corrected where a person did
-- printed_value: the value as it was read
-- audited_value: the value that findings are about: as printed, save where a person corrected our reading
-- year: year of the period's end; NULL where unknown
-- span: the period with its year written Y, so that what covers the same part of two years has the same span
-- sentence_id: number that stands for quote
-- step: worth of one unit in the last printed place (0.01 for 98.18 %, 10,000 for 3万)
-- low: least value that the printed words allow
-- high: greatest value that the printed words allow
-- series_id: number that stands for body, basis, indicator, dimensions and span: one series through the years
-- unique: quantity_id
with joined as (
    select
        q.* exclude (value, quote, section, row_label, column_label, rule, competitors, cell, period_start),
        q.value as printed_value,
        case when c.wrong = 'reading' then c.should_be else q.value end as audited_value,
        coalesce(c.should_be, q.value) as value,
        c.correction,
        r.body_id,
        r.report_year,
        hash(q.quote) as sentence_id,
        cast(extract(year from q.period_end) as integer) as year,
        -- Few numbers are printed in wide digits, and to translate takes longer than to look.
        case
            when regexp_matches(q.surface, '[０-９．，]') then translate(q.surface, '０１２３４５６７８９．，,', '0123456789.')
            else replace(q.surface, ',', '')
        end as digits
    from quantities q
    join stg_reports r using (report_id)
    left join stg_corrections c using (quantity_id)
),

printed as (
    select
        *,
        replace(period, cast(year as varchar), 'Y') as span,
        case when contains(digits, '.') then length(regexp_extract(digits, '\.([0-9]+)', 1)) else 0 end as decimals,
        coalesce(try_cast(digits as double), try_cast(regexp_extract(digits, '[0-9]+(\.[0-9]+)?') as double)) as number,
        case
            when qualifier = 'approx'
                then pow(10, length(regexp_extract(format('{:.0f}', abs(coalesce(audited_value, 0))), '0*$')))
        end as rounded_to
    from joined
),

stepped as (
    select
        *,
        abs(printed_value) / nullif(number, 0) as ratio,
        pow(10, -decimals) * case when ratio > 1.5 then pow(10, round(log10(ratio))) else 1 end as step
    from printed
),

bounded as (
    select
        *,
        case
            when qualifier = 'approx' then rounded_to
            when basis in ('rate', 'share', 'change_pct', 'multiple') or step <> 1 then step
            else 0
        end as slack
    from stepped
)

select
    quantity_id,
    report_id,
    report_year,
    origin,
    indicator,
    value,
    printed_value,
    audited_value,
    correction,
    unit,
    basis,
    period,
    base_period,
    year,
    span,
    channel,
    applicant,
    topic,
    outcome,
    scope,
    qualifier,
    part_of,
    breakdown,
    surface,
    sentence_id,
    char_start,
    step,
    case qualifier when 'at_least' then audited_value when 'at_most' then 0 else audited_value - slack end as low,
    case qualifier when 'at_most' then audited_value when 'at_least' then 'infinity'::double else audited_value + slack end
        as high,
    series_id(body_id, basis, indicator, channel, applicant, topic, outcome, scope, span) as series_id
from bounded
