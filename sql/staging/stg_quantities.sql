-- One row per number or blank cell: the quantity with its report's body, its series, and the bounds of what it can mean.
-- materialized: table
-- like: quantities, stg_reports, stg_corrections
-- value: the value, corrected where a person did
-- printed_value: the value as it was read
-- audited_value: the value that findings are about: as printed, save where a person corrected our reading
-- year: year of the period's end; NULL where unknown
-- span: the period with its year written Y, so that what covers the same part of two years has the same span
-- step: worth of one unit in the last printed place (0.01 for 98.18 %, 10,000 for 3万)
-- low: least value that the printed words allow
-- high: greatest value that the printed words allow
-- series_id: number that stands for body, basis, indicator, dimensions and span: one series through the years
-- unique: quantity_id
with joined as (
    select
        q.* exclude (value),
        q.value as printed_value,
        case when c.wrong = 'reading' then c.should_be else q.value end as audited_value,
        coalesce(c.should_be, q.value) as value,
        c.correction,
        r.* exclude (report_id, sha256, title, characters, published_on, title_year),
        cast(extract(year from q.period_end) as integer) as year,
        translate(q.surface, '０１２３４５６７８９．，,', '0123456789.') as digits
    from quantities q
    join stg_reports r using (report_id)
    left join stg_corrections c using (quantity_id)
),

printed as (
    select
        *,
        length(regexp_extract(digits, '\.([0-9]+)', 1)) as decimals,
        abs(printed_value) / nullif(try_cast(regexp_extract(digits, '[0-9]+(\.[0-9]+)?') as double), 0) as ratio,
        pow(10, length(regexp_extract(format('{:.0f}', abs(coalesce(audited_value, 0))), '0*$'))) as rounded_to
    from joined
),

stepped as (
    select
        *,
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
    source_path,
    body_id,
    body_name,
    region_code,
    region_name,
    level,
    body,
    body_kind,
    report_year,
    form,
    origin,
    indicator,
    value,
    printed_value,
    audited_value,
    correction,
    cell,
    unit,
    basis,
    period,
    period_start,
    period_end,
    base_period,
    year,
    replace(period, cast(year as varchar), 'Y') as span,
    channel,
    applicant,
    topic,
    outcome,
    scope,
    qualifier,
    part_of,
    breakdown,
    surface,
    quote,
    char_start,
    char_end,
    step,
    case qualifier when 'at_least' then audited_value when 'at_most' then 0 else audited_value - slack end as low,
    case qualifier when 'at_most' then audited_value when 'at_least' then 'infinity'::double else audited_value + slack end
        as high,
    cast(md5_number_lower(concat_ws(
        '|', body_id, basis, indicator, channel, applicant, topic, outcome, scope, replace(period, cast(year as varchar), 'Y')
    )) >> 1 as bigint) as series_id
from bounded
