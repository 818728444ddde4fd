-- One row per fact of a whole year about the whole body: the value among its peers.
-- Peers are bodies of the same level and kind with the same measure and dimensions in the same year, this one among them.
-- With fewer than three there is no rank, percentile, median or ratio, and `note` says so.
-- materialized: table
-- across_bodies: level, body_kind, report_year, span, indicator, basis, channel, applicant, topic, outcome
-- like: facts
-- rank: 1 for the greatest value; equal values share a rank; NULL with fewer than three peers
-- percentile: share of the other peers with a smaller value, 0 to 100; NULL with fewer than three peers
-- peer_median: median of the peers' values; NULL with fewer than three peers
-- ratio_to_median: value through peer_median; NULL where that is zero, and with fewer than three peers
-- peers: how many bodies are compared, this one among them
-- approximate: whether the value, or one of the peers', is approximate
-- note: what to know about the comparison: too few peers, or a break between the forms that the peers used; NULL for nothing
-- unique: series_id, report_year
-- unique: body_id, report_year, span, indicator, basis, channel, applicant, topic, outcome
with comparable as (
    select
        series_id,
        report_year,
        value,
        -- The year whose form its table is on: a mixed report has the requests of 2019, the rest of 2021.
        case
            when form = 'mixed' and indicator like 'requests.%' then 2019
            when form = 'mixed' then 2021
            else try_cast(form as integer)
        end as form_year,
        indicator,
        outcome,
        qualifier <> '' as is_approximate,
        hash(level, body_kind, report_year, span, indicator, basis, channel, applicant, topic, outcome) as peer_group
    from facts
    where comparable and scope = '' and level is not null and body_kind is not null
),

groups as (
    select
        peer_group,
        count(*) as peers,
        median(value) as median_value,
        bool_or(is_approximate) as any_approximate,
        min(form_year) as oldest_form,
        max(form_year) as newest_form
    from comparable
    group by peer_group
),

broken as (
    select m.peer_group, string_agg(b.note_en, ' ' order by b.year, b.note_en) as note
    from (select distinct peer_group, indicator, outcome from comparable) m
    join groups g using (peer_group)
    join breaks b on b.indicator = m.indicator and b.outcome in ('*', m.outcome)
    where b.instrument like 'form%'
        and b.effect = 'changes meaning'
        and g.oldest_form < b.year
        and b.year <= g.newest_form
    group by m.peer_group
),

ranked as (
    select
        series_id,
        report_year,
        peer_group,
        rank() over (partition by peer_group order by value desc) as place,
        count(*) over (
            partition by peer_group order by value desc range between current row and current row
        ) as equals
    from comparable
)

select
    f.body_id,
    f.region_code,
    f.region_name,
    f.body,
    f.body_kind,
    f.level,
    f.report_year,
    f.span,
    f.indicator,
    f.basis,
    f.channel,
    f.applicant,
    f.topic,
    f.outcome,
    f.unit,
    f.value,
    f.qualifier,
    f.settled_by,
    case when g.peers >= 3 then r.place end as rank,
    case when g.peers >= 3 then 100.0 * (g.peers - r.place + 1 - r.equals) / (g.peers - 1) end as percentile,
    case when g.peers >= 3 then g.median_value end as peer_median,
    case when g.peers >= 3 then f.value / nullif(g.median_value, 0) end as ratio_to_median,
    g.peers,
    g.any_approximate as approximate,
    nullif(concat_ws(
        ' ',
        case when g.peers < 3 then 'Fewer than three peers: not ranked.' end,
        b.note
    ), '') as note,
    f.quantity_ids,
    f.series_id
from facts f
join ranked r using (series_id, report_year)
join groups g using (peer_group)
left join broken b using (peer_group)
