-- One row per body and year: the core indicators of the whole year as columns, ready for a regression.
-- A column is the settled value of the whole body and year; NULL where the reports give none. A form's cell and prose count
-- alike; running totals and parts of a year are left out.
-- materialized: table
-- like: facts
-- forms: statutory forms of the reports that the values are from, divided by |
-- approximate_values: how many of the row's values are approximate
-- derived_values: how many of the row's values are derived from a later report's stated change
-- conflicting_values: how many of the row's values have readings that conflict
-- disclosed: items disclosed on the government's own initiative (proactive.disclosed)
-- disclosed_website: of these through the website
-- normative_issued: normative documents issued (proactive.normative_documents)
-- normative_repealed: normative documents repealed
-- normative_in_force: normative documents in force at the end of the year
-- licensing_decisions: administrative licensing decisions (proactive.licensing_decisions)
-- penalty_decisions: administrative penalty decisions (proactive.penalty_decisions)
-- coercion_decisions: administrative coercion decisions (proactive.coercion_decisions)
-- fee_revenue: administrative charges collected, 元 (proactive.fee_revenue)
-- interpretations: policy interpretations published (response.interpretations)
-- press_conferences: press conferences (response.press_conferences)
-- hotline_calls: hotline calls accepted (response.hotline_calls)
-- requests_received: new disclosure requests (requests.received)
-- requests_carried_in: requests carried over from the year before (requests.carried_in)
-- requests_answered: requests answered, all outcomes (requests.answered)
-- requests_granted: of these granted in full
-- requests_partly_granted: of these granted in part
-- requests_carried_out: requests carried over to the next year (requests.carried_out)
-- requests_natural_persons: new requests from natural persons
-- reconsiderations: reconsideration cases (remedies.reconsideration)
-- reconsiderations_corrected: of these decided against the body
-- litigations: litigation cases; where the form has two kinds, both together
-- fees_charged: fees charged for requests, 元 (fees.charged)
-- trainings: training sessions (capacity.trainings)
-- meetings: meetings on disclosure work (capacity.meetings)
-- staff: staff on disclosure work (capacity.staff)
-- unique: body_id, report_year
with core as (
    select *, indicator || '/' || channel || '/' || outcome || '/' || applicant as measure
    from facts
    where comparable and span = 'Y' and basis = 'level' and scope = '' and topic = ''
),

wide as (
    select
        body_id,
        report_year,
        coalesce(min(region_code) filter (where settled_by <> 'derived'), min(region_code)) as region_code,
        coalesce(min(region_name) filter (where settled_by <> 'derived'), min(region_name)) as region_name,
        coalesce(min(body) filter (where settled_by <> 'derived'), min(body)) as body,
        coalesce(min(body_kind) filter (where settled_by <> 'derived'), min(body_kind)) as body_kind,
        coalesce(min(level) filter (where settled_by <> 'derived'), min(level)) as level,
        string_agg(distinct form, '|' order by form) as forms,
        count(*) filter (where qualifier <> '') as approximate_values,
        count(*) filter (where settled_by = 'derived') as derived_values,
        count(*) filter (where conflicts > 0) as conflicting_values,
        any_value(value) filter (where measure = 'proactive.disclosed///') as disclosed,
        any_value(value) filter (where measure = 'proactive.disclosed/website//') as disclosed_website,
        any_value(value) filter (where measure = 'proactive.normative_documents//issued/') as normative_issued,
        any_value(value) filter (where measure = 'proactive.normative_documents//repealed/') as normative_repealed,
        any_value(value) filter (where measure = 'proactive.normative_documents//in_force/') as normative_in_force,
        any_value(value) filter (where measure = 'proactive.licensing_decisions///') as licensing_decisions,
        any_value(value) filter (where measure = 'proactive.penalty_decisions///') as penalty_decisions,
        any_value(value) filter (where measure = 'proactive.coercion_decisions///') as coercion_decisions,
        any_value(value) filter (where measure = 'proactive.fee_revenue///') as fee_revenue,
        any_value(value) filter (where measure = 'response.interpretations///') as interpretations,
        any_value(value) filter (where measure = 'response.press_conferences///') as press_conferences,
        any_value(value) filter (where measure = 'response.hotline_calls///') as hotline_calls,
        any_value(value) filter (where measure = 'requests.received///') as requests_received,
        any_value(value) filter (where measure = 'requests.carried_in///') as requests_carried_in,
        any_value(value) filter (where measure = 'requests.answered///') as requests_answered,
        any_value(value) filter (where measure = 'requests.answered//granted/') as requests_granted,
        any_value(value) filter (where measure = 'requests.answered//partly_granted/') as requests_partly_granted,
        any_value(value) filter (where measure = 'requests.carried_out///') as requests_carried_out,
        any_value(value) filter (where measure = 'requests.received///natural_person') as requests_natural_persons,
        any_value(value) filter (where measure = 'remedies.reconsideration///') as reconsiderations,
        any_value(value) filter (where measure = 'remedies.reconsideration//corrected/') as reconsiderations_corrected,
        any_value(value) filter (where measure = 'remedies.litigation///') as litigation_together,
        any_value(value) filter (where measure = 'remedies.litigation_direct///') as litigation_direct,
        any_value(value) filter (where measure = 'remedies.litigation_after_reconsideration///') as litigation_after,
        any_value(value) filter (where measure = 'fees.charged///') as fees_charged,
        any_value(value) filter (where measure = 'capacity.trainings///') as trainings,
        any_value(value) filter (where measure = 'capacity.meetings///') as meetings,
        any_value(value) filter (where measure = 'capacity.staff///') as staff
    from core
    group by body_id, report_year
)

select
    body_id,
    region_code,
    region_name,
    body,
    body_kind,
    level,
    report_year,
    forms,
    approximate_values,
    derived_values,
    conflicting_values,
    disclosed,
    disclosed_website,
    normative_issued,
    normative_repealed,
    normative_in_force,
    licensing_decisions,
    penalty_decisions,
    coercion_decisions,
    fee_revenue,
    interpretations,
    press_conferences,
    hotline_calls,
    requests_received,
    requests_carried_in,
    requests_answered,
    requests_granted,
    requests_partly_granted,
    requests_carried_out,
    requests_natural_persons,
    reconsiderations,
    reconsiderations_corrected,
    coalesce(litigation_direct + litigation_after, litigation_together) as litigations,
    fees_charged,
    trainings,
    meetings,
    staff
from wide
order by region_code, body_id, report_year
