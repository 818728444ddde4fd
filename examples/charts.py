"""The two charts of explore.py. Not here: what is asked of the warehouse."""

import altair as alt
import pandas as pd

MARKS = ["printed", "printed, approximate", "derived", "derived, approximate"]
BARS = 40


def series_chart(years: pd.DataFrame, breaks: pd.DataFrame) -> alt.LayerChart:
    """A figure through the years, each point by how it is known; a year without one is a gap, a dashed line a break."""
    every = range(years["report_year"].min(), years["report_year"].max() + 1)
    gapped = years.drop(columns="quantity_ids").set_index("report_year").reindex(every).reset_index()
    across = alt.X("report_year:Q", title=None).axis(format="d", values=list(every)).scale(nice=False, padding=30)
    up = alt.Y("value:Q", title=years["unit"].iat[-1] or None).axis(titleAngle=0)
    line = alt.Chart(gapped).mark_line(color="#6b7280").encode(across, up)
    points = alt.Chart(gapped.dropna(subset="value")).mark_point(size=110, filled=True, opacity=1)
    points = points.encode(
        across,
        up,
        alt.Color("marked:N", title=None).scale(domain=MARKS, scheme="dark2").legend(orient="top"),
        alt.Shape("marked:N", title=None).scale(domain=MARKS),
        tooltip=["report_year", alt.Tooltip("value", format=","), "unit", "marked", "settled_by"],
    )
    within = alt.Chart(breaks[breaks["year"].isin(every)])
    changed = within.mark_rule(strokeDash=[4, 4]).encode(x="year:Q", tooltip="note_en")
    return (line + points + changed).properties(width="container", height=260)


def peers_chart(peers: pd.DataFrame) -> alt.LayerChart:
    """The greatest values of a year, a bar a body; a black tick is the median of its peers, a pale bar approximate."""
    shown = alt.Chart(peers.head(BARS))
    body = alt.Y("body:N", title=None, sort=None).axis(labelLimit=260)
    bars = shown.mark_bar().encode(
        alt.X("value:Q", title=peers["unit"].iat[0] or None),
        body,
        alt.Color("level:N", title=None).scale(scheme="dark2").legend(orient="top"),
        alt.FillOpacity("approximate:N", legend=None).scale(domain=[False, True], range=[1, 0.5]),
        tooltip=["body", alt.Tooltip("value", format=","), "unit", "rank", "peers", "approximate", "note"],
    )
    ticks = shown.mark_tick(color="black", thickness=3, size=26)
    medians = ticks.encode(alt.X("peer_median:Q"), body, tooltip=["peer_median", "peers"])
    return (bars + medians).properties(width="container", height=alt.Step(30))
