-- One row per report: the report with the body that it is of, under one identifier through the years.
-- materialized: table
-- like: reports
-- body_name: what is left of the body's name without the region and without 人民政府 or its office, which reports for the
--   government; empty for the region's own government
-- body_id: the body through the years: region_code (or ? where unknown), body_kind, body_name
-- unique: report_id
with region_names as (
    select region_code, arg_max(name, valid_from) as name, arg_max(full_name, valid_from) as full_name
    from regions
    group by region_code
),

stripped as (
    select
        r.*,
        regexp_replace(coalesce(r.body, ''), '\s', '', 'g') as bare,
        coalesce(nullif(r.region_name, ''), n.full_name, '') as full_name,
        coalesce(n.name, '') as name
    from reports r
    left join region_names n using (region_code)
),

placed as (
    select *, strpos(bare, name) as name_at from stripped
),

unregioned as (
    select
        *,
        case
            when name <> '' and name_at > 0 and contains(full_name, left(bare, name_at - 1))
                then substr(bare, name_at + length(name))
            when full_name <> '' and starts_with(bare, full_name) then substr(bare, length(full_name) + 1)
            else bare
        end as shorter
    from placed
),

named as (
    select
        *,
        regexp_replace(
            regexp_replace(shorter, '^(省|市|县|区|旗|州)([^场块])', '\2'),
            '(人民政府|政府)(办公室|办公厅)?$', ''
        ) as body_name
    from unregioned
)

select
    report_id,
    source_path,
    sha256,
    title,
    region_code,
    region_name,
    level,
    body,
    body_kind,
    report_year,
    title_year,
    form,
    published_on,
    characters,
    body_name,
    case
        when region_code is null and body_name = '' and coalesce(body, '') = '' then '?/' || report_id
        else concat_ws(
            '/',
            coalesce(region_code, '?'),
            coalesce(body_kind, '?'),
            case when region_code is null then bare else body_name end
        )
    end as body_id
from named
