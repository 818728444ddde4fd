-- Temporary tables that the pages read: who reports, the reports, and every fact with its place in a text.
-- Sorted here by pinyin, once.
create temp table bodies as
with told as (
    select c.body_id, r.*
    from coverage c
    join reports r using (report_id)
),

latest as (
    select
        body_id,
        max_by(told, (coalesce(report_year, 0), source_path)) as r,
        count(*) as reports,
        min(report_year) as first_year,
        max(report_year) as last_year
    from told
    group by body_id
),

region_names as (
    select region_code, max_by(name, valid_from) as name
    from regions
    group by region_code
),

named as (
    select
        body_id,
        case
            when r.body_kind = 'government' and r.region_code is not null then r.region_code
            else coalesce(r.region_code, 'x') || '-' || left(md5(body_id), 8)
        end as slug,
        r.region_code,
        case
            when r.body_kind = 'government' and r.region_name is not null then r.region_name
            else coalesce(r.body, r.title, r.source_path)
        end as name,
        case
            when r.body_kind = 'government' and n.name is not null then n.name
            else coalesce(r.body, r.title, r.source_path)
        end as short,
        r.region_name,
        r.level,
        r.body_kind,
        coalesce(left(r.region_code, 2), 'xx') as province,
        reports,
        first_year,
        last_year
    from latest
    left join region_names n on n.region_code = r.region_code
)

select *, row_number() over (order by name collate zh, body_id) as place
from named;

create temp table provinces as
with region_names as (
    select left(region_code, 2) as province, max_by(full_name, valid_from) as name
    from regions
    where level = 'province'
    group by all
)

select b.province, coalesce(any_value(n.name), '') as name, sum(b.reports)::bigint as reports, count(*) as bodies
from bodies b
left join region_names n using (province)
group by b.province;

create temp table report_pages as
with found as (
    select
        report_id,
        count(*) filter (where severity = 'red') as red,
        count(*) filter (where severity = 'yellow') as yellow
    from findings
    group by report_id
)

select
    r.report_id,
    r.source_path,
    coalesce(r.title, r.source_path) as title,
    r.report_year,
    r.form,
    r.published_on,
    r.characters,
    c.body_id,
    b.slug,
    b.name,
    b.province,
    b.level,
    b.body_kind,
    c.numerals,
    c.numbers_found,
    c.coded,
    c.uncoded,
    c.not_measured,
    c.missing,
    coalesce(f.red, 0) as red,
    coalesce(f.yellow, 0) as yellow,
    row_number() over (order by b.place, r.report_year, r.source_path) as place
from reports r
join coverage c using (report_id)
join bodies b using (body_id)
left join found f using (report_id);

create temp table places_of as
select
    quantity_id,
    report_id,
    'report/' || report_id || case
        when char_start >= $part then '-' || (char_start // $part + 1)
        else ''
    end || '.html#q-' || quantity_id as href
from quantities;

create temp table points as
select
    b.body_id,
    b.slug,
    b.name,
    b.short,
    b.place,
    f.level,
    f.body_kind,
    f.report_year as year,
    f.period,
    f.indicator,
    f.basis,
    f.channel,
    f.applicant,
    f.topic,
    f.outcome,
    f.scope,
    f.value,
    f.unit,
    f.qualifier,
    f.settled_by,
    f.restated,
    f.comparable,
    f.conflicts,
    f.span,
    f.series_id,
    p.href
from facts f
join bodies b using (body_id)
left join places_of p on p.quantity_id = f.quantity_ids[1];

create temp table catalogue as
select *, row_number() over () as place
from indicators;
