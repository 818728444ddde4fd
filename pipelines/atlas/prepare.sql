-- Tables that the pages read, in a file of their own that ends with the build: who reports, the reports, every fact with
-- its place in a text, findings in words. Sorted here by pinyin, once; rows that a page reads together lie together, so
-- that one page reads a range of them and not the whole table.
create table prepared.main.labels as
select kind, code, zh, en
from read_csv('$labels', header = true, all_varchar = true);

create table prepared.main.bodies as
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

-- More than $bodies have no page of their own: governments come first, then those with most reports.
select
    *,
    row_number() over (order by coalesce(body_kind, '') <> 'government', reports desc, body_id) <= $bodies as drawn,
    'region/' || if(drawn, slug, 'left-out') || '.html' as page,
    row_number() over (order by name collate zh, body_id) as place
from named;

create table prepared.main.provinces as
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

-- Reports that have no page of their own, where there are more than $reports: the newest have.
create table prepared.main.left_out as
select report_id from reports order by report_year desc nulls last, source_path offset $reports;

-- Where the text of a report goes on to its next page, besides every $part characters: after every $most numbers.
create table prepared.main.turns as
with many as (
    select report_id from quantities group by report_id having count(*) > $most
),

counted as (
    select report_id, char_start, (dense_rank() over (partition by report_id order by char_start) - 1) // $most as turn
    from quantities
    where report_id in (select report_id from many)
)

select report_id, list(char_start order by char_start) as turns
from (select report_id, turn, min(char_start) as char_start from counted where turn > 0 group by report_id, turn)
group by report_id;

create table prepared.main.report_pages as
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
    coalesce(r.title, b.name || coalesce(' ' || r.report_year, '')) as title,
    r.report_year,
    r.form,
    r.published_on,
    r.characters,
    c.body_id,
    b.page as body_page,
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
    coalesce(t.turns, []) as turns,
    x.report_id is null as drawn,
    if(x.report_id is null, 'report/' || r.report_id || '.html', 'report/left-out.html#r-' || r.report_id) as href,
    row_number() over (order by b.place, r.report_year, r.source_path) as place
from reports r
join coverage c using (report_id)
join bodies b using (body_id)
left join found f using (report_id)
left join turns t using (report_id)
left join left_out x using (report_id);

-- A number's identifier begins with its report and its place in the text: no join is needed to know where it stands.
create temp macro place_in(quantity_id) as cast(split_part(quantity_id, '-', 2) as bigint);

create temp macro href(quantity_id, turns, left_out) as
'report/' || if(
    left_out,
    'left-out',
    split_part(quantity_id, '-', 1) || coalesce(
        '-' || nullif(
            place_in(quantity_id) // $part
            + coalesce(len(list_filter(turns, lambda turn: turn <= place_in(quantity_id))), 0), 0
        ) + 1, ''
    )
) || '.html#q-' || quantity_id;

-- A finding's sentence with its dimensions in words: the subject prints their codes, which are no words of a reader.
create table prepared.main.finding_rows as
with coded as (
    select
        f.*,
        b.name,
        b.place as body_place,
        href(q.quantity_id, t.turns, x.report_id is not null) as href,
        p.href as report_href,
        coalesce(i.name_en, q.unit, '') as of_en,
        coalesce(i.name_zh, q.unit, '') as of_zh,
        [q.channel, q.applicant, q.topic, q.outcome, q.scope] as codes,
        [coalesce(c.en, q.channel), coalesce(a.en, q.applicant), q.topic, coalesce(o.en, q.outcome), q.scope] as words_en,
        [coalesce(c.zh, q.channel), coalesce(a.zh, q.applicant), q.topic, coalesce(o.zh, q.outcome), q.scope] as words_zh
    from findings f
    join bodies b using (body_id)
    left join quantities q on q.quantity_id = f.quantity_ids[1]
    left join indicators i using (indicator)
    left join turns t on t.report_id = q.report_id
    left join left_out x on x.report_id = q.report_id
    left join report_pages p on p.report_id = f.report_id
    left join labels c on c.kind = 'channel' and c.code = q.channel
    left join labels a on a.kind = 'applicant' and a.code = q.applicant
    left join labels o on o.kind = 'outcome' and o.code = q.outcome
),

worded as (
    select
        *,
        list_filter(codes, lambda word: coalesce(word, '') <> '') as said,
        list_filter(words_en, lambda word: coalesce(word, '') <> '') as en,
        list_filter(words_zh, lambda word: coalesce(word, '') <> '') as zh
    from coded
)

select
    * exclude (message, message_zh, of_en, of_zh, codes, words_en, words_zh, said, en, zh),
    case when said = [] then message else
        replace(message, of_en || ' (' || array_to_string(said, ', ') || ')', of_en || ' (' || array_to_string(en, ', ') || ')')
    end as message,
    case when said = [] then message_zh else
        replace(message_zh, of_zh || '（' || array_to_string(said, ', ') || '）', of_zh || '（' || array_to_string(zh, '、') || '）')
    end as message_zh
from worded;

create table prepared.main.points as
select
    b.body_id,
    b.slug,
    b.page as body_page,
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
    -- A whole year's total, not a part of it.
    f.span = 'Y' and f.scope = '' and f.topic = '' and f.channel = '' and f.applicant = '' and f.outcome = ''
    and f.basis in ('level', 'rate', 'share') as total,
    href(f.quantity_ids[1], t.turns, x.report_id is not null) as href
from facts f
join bodies b using (body_id)
left join turns t on t.report_id = split_part(f.quantity_ids[1], '-', 1)
left join left_out x on x.report_id = split_part(f.quantity_ids[1], '-', 1)
order by b.place;

create table prepared.main.catalogue as
select *, row_number() over () as place
from indicators;

-- A body's rank in the latest year of each indicator.
create table prepared.main.ranks as
select
    b.place as body_place,
    b.body_id,
    c.indicator,
    i.place as indicator_place,
    c.basis,
    c.report_year,
    c.value,
    c.unit,
    c.qualifier,
    c.rank,
    c.peers,
    c.peer_median
from cross_region c
join bodies b using (body_id)
join catalogue i using (indicator)
where
    c.span = 'Y' and c.topic = '' and c.channel = '' and c.applicant = '' and c.outcome = ''
    and c.basis in ('level', 'rate', 'share')
qualify c.report_year = max(c.report_year) over (partition by c.body_id, c.indicator)
order by body_place, indicator_place, c.basis;

-- The totals of whole years, of the basis that most bodies give.
create table prepared.main.totals as
with told as (
    select * from points where comparable and total and value is not null
),

bases as (
    select indicator, arg_max(basis, (bodies, basis)) as basis
    from (select indicator, basis, count(*) as bodies from told group by all)
    group by indicator
)

select t.* from told t semi join bases using (indicator, basis)
order by indicator, place, year;
