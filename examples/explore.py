"""A marimo app on the published file: a series, its source, peers, findings, an export. See README.md beside it.

It needs duckdb, altair and pandas, and nothing of Gongkai's own code: what it asks, any client can ask.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Gongkai 公开")

with app.setup:
    import html
    import io
    import os
    import re
    from pathlib import Path

    import duckdb
    import marimo as mo
    import pandas as pd
    from charts import BARS, peers_chart, series_chart

    # A body's newest name; of two bodies with one name, each with its id.
    NAMES = """
        names as (
            select body_id, name || if(count(*) over (partition by name) > 1, ' ' || body_id, '') as name
            from (select body_id, coalesce(max_by(body, report_year), 'not known') as name from facts group by body_id)
        )
    """


@app.cell(hide_code=True)
def _():
    mo.md("""
    # Gongkai 公开

    Every number of the reports stands in one DuckDB file, with the words that it was read from. Five questions to it; the menu
    at the upper right shows the SQL that answers them. 年报中的每个数字及其原文都在一个 DuckDB 文件中。以下五问，右上角菜单可显示 SQL。
    """)


@app.cell
def _():
    folder = os.environ.get("GONGKAI_WAREHOUSE") or Path(__file__).resolve().parent.parent / "warehouse"
    file = Path(folder).expanduser() / "gongkai.duckdb"
    how_to_go_on = "Make it with `make run`, or name its folder in `GONGKAI_WAREHOUSE`; then reload this page."
    mo.stop(not file.exists(), mo.md(f"**There is no warehouse at `{file}` yet.** {how_to_go_on}").callout("warn"))
    try:
        # Read-only: the app keeps the state of this moment, and a run may publish the next one meanwhile.
        warehouse = duckdb.connect(str(file), read_only=True)
    except duckdb.Error as error:
        mo.stop(True, mo.md(f"**`{file}` cannot be opened.** {how_to_go_on}\n\n```\n{error}\n```").callout("danger"))

    def ask(sql: str, *parameters: object) -> pd.DataFrame:
        """What the warehouse answers; a `?` of the SQL stands for each parameter."""
        return warehouse.execute(sql, parameters).df()

    return (ask,)


@app.cell
def _(ask):
    heading = """
    ## 1. What is in it? 有哪些年报

    `reports` has one row per report. Of its numbers, `coverage` counts those that have an indicator and those that have none.
    """
    reports = ask("""
        select body, report_year, level, form, numbers_found, coded, missing, source_path
        from reports join coverage using (report_id, source_path, report_year)
        order by body, report_year
    """)
    table = mo.ui.table(reports, selection=None, page_size=8, format_mapping={"report_year": str})
    mo.vstack([mo.md(heading), table])


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 2. How did it change over the years? 历年变化

    `facts` has each figure once, settled among all that was read of it: `settled_by` says how, `qualifier` whether the report
    itself calls it approximate. A `series_id` is one figure of one body through the years. Here: those of the whole body.
    """)


@app.cell
def _(ask):
    series = ask(f"""
        with {NAMES}
        select
            series_id, name,
            name_zh || ' · ' || name_en || if(bool_or(period = report_year::varchar), '', ' · ' || max(period)) as figure,
            count(*) as years, count(*) filter (settled_by = 'derived' or qualifier <> '') as marked
        from facts join names using (body_id) join indicators using (indicator)
        where basis = 'level' and '' = all ([channel, applicant, topic, outcome, scope])
        group by series_id, name, name_zh, name_en
        order by years desc, marked desc, name, figure
    """)
    mo.stop(series.empty, mo.md("No report gives a figure for a whole body.").callout())
    bodies = series["name"].drop_duplicates().tolist()
    body = mo.ui.dropdown(bodies, value=bodies[0], label="Body 机关", searchable=True)
    return body, series


@app.cell
def _(body, series):
    of_body = series[series["name"] == body.value]
    figures = dict(zip(of_body["figure"], of_body["series_id"].astype(object), strict=True))
    figure = mo.ui.dropdown(figures, value=next(iter(figures), None), label="Figure 指标", searchable=True)
    mo.hstack([body, figure], justify="start", gap=2)
    return (figure,)


@app.cell
def _(ask, figure):
    years = ask(
        """
        select
            report_year, value, unit, settled_by, qualifier, conflicts, quantity_ids,
            case when settled_by = 'derived' then 'derived' else 'printed' end
                || case when qualifier = '' then '' else ', approximate' end as marked
        from facts where series_id = ? order by report_year
        """,
        int(figure.value),
    )
    breaks = ask(
        """
        select distinct year, note_en, note_zh
        from breaks join facts on breaks.indicator = facts.indicator and breaks.outcome in ('', '*')
        where series_id = ? order by year
        """,
        int(figure.value),
    )
    series_chart(years, breaks)
    return (years,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 3. Where does a number come from? 数字出自何处

    `quantity_ids` leads from a figure to the rows of `quantities` that it was read from, and these to the words of the report.
    Choose a year of the series above. A derived one stands in no report: its sources say from what it follows.
    """)


@app.cell
def _(years):
    year = mo.ui.table(
        years[["report_year", "value", "unit", "marked", "conflicts"]],
        selection="single",
        initial_selection=[0],
        show_download=False,
        format_mapping={"report_year": str},
    )
    year
    return (year,)


@app.cell
def _(ask, year, years):
    chosen = years.loc[years["report_year"].isin(year.value["report_year"]), "quantity_ids"]
    sources = ask(
        """
        select surface, basis, quote, section, row_label, source_path, rule
        from quantities join reports using (report_id)
        where list_contains(?::varchar[], quantity_id)
        order by list_position(?::varchar[], quantity_id)
        """,
        *[[*chosen.explode().dropna()]] * 2,
    )

    def shown(source) -> mo.Html:
        """The sentence with the number marked. Text of a report is escaped: markup in it is shown, never run."""
        quote, surface = html.escape(source.quote.strip()), html.escape(source.surface)
        if surface:  # 3件 is not to be found in 33件
            quote = re.sub(r"(?<![\d.,])" + re.escape(surface), f"<mark>{surface}</mark>", quote, count=1)
        place = [source.source_path, source.section, source.row_label, source.basis, source.rule]
        where = html.escape(" · ".join(part for part in place if part))
        return mo.Html(f"<p>{quote or '(a blank cell)'}<br><small>{where}</small></p>")

    mo.vstack([shown(source) for source in sources.itertuples()])
    return (sources,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## 4. How does it compare with others? 与同级机关相比

    `cross_region` sets each figure of a whole year among its peers: bodies of the same level and kind. With fewer than three
    there is no rank and no median, and `note` says so; the eight samples have too few.
    """)


@app.cell
def _(ask):
    comparable = ask("""
        select indicator, report_year, report_year || ' · ' || name_zh || ' · ' || name_en as label, count(*) as bodies
        from cross_region join indicators using (indicator)
        where basis = 'level' and '' = all ([channel, applicant, topic, outcome])
        group by indicator, report_year, name_zh, name_en
        order by count(*) filter (value <> 0) desc, report_year desc, indicator desc
    """)
    mo.stop(comparable.empty, mo.md("No figure of a whole year is there to compare.").callout())
    keys = comparable[["indicator", "report_year"]].astype(object).itertuples(index=False, name=None)
    options = dict(zip(comparable["label"], keys, strict=True))
    comparison = mo.ui.dropdown(options, value=next(iter(options)), label="Year and figure 年度与指标", searchable=True)
    comparison
    return (comparison,)


@app.cell
def _(ask, comparison):
    peers = ask(
        f"""
        with {NAMES}
        select name as body, level, value, unit, rank, peers, peer_median, ratio_to_median, approximate, note
        from cross_region join names using (body_id)
        where indicator = ? and report_year = ? and basis = 'level' and '' = all ([channel, applicant, topic, outcome])
        order by value desc, name
        """,
        *comparison.value,
    )
    key = f"The {BARS} greatest. Black: the median of the peers. Pale: approximate. 黑线为同级中位数，浅色为约数。"
    mo.vstack([peers_chart(peers), mo.md(key), mo.ui.table(peers, selection=None, page_size=10)])


@app.cell
def _(ask):
    about_findings = """
    ## 5. What does not add up? 何处不相符

    A report's own contradiction is a row of `findings`; its figures are kept as printed. `quantity_ids` leads to the numbers.
    """
    findings = ask("""
        with words as (
            select finding_id, string_agg(surface, ' ') as words
            from (select finding_id, unnest(quantity_ids) as quantity_id from findings) join quantities using (quantity_id)
            group by finding_id
        )
        select severity, source_path, rule, message, message_zh, coalesce(words, '') as words
        from findings join reports using (report_id) left join words using (finding_id)
        order by severity, source_path, rule
    """)
    found = mo.ui.table(findings, selection=None, page_size=10, wrapped_columns=["message", "message_zh"])
    mo.vstack([mo.md(about_findings), found])


@app.cell
def _(ask):
    about_panel = """
    ## Take it along 导出

    `panel` has one row per body and year, the core figures as columns. Tick rows, or none for all of them.
    `gongkai export` writes any view with a codebook.
    """
    panel = ask("from panel order by body_id, report_year")
    rows = mo.ui.table(panel, selection="multi", page_size=8, show_download=False, format_mapping={"report_year": str})
    mo.vstack([mo.md(about_panel), rows])
    return panel, rows


@app.cell
def _(panel, rows):
    selection = panel if rows.value.empty else rows.value

    def as_csv() -> bytes:
        return selection.to_csv(index=False).encode("utf-8")

    def as_dta() -> bytes:
        """Stata 14 and newer. Stata's text is never missing, only empty."""
        texts = selection.select_dtypes(["object", "string"]).columns
        made = io.BytesIO()
        selection.astype(dict.fromkeys(texts, object)).fillna(dict.fromkeys(texts, "")).to_stata(
            made, version=118, write_index=False, data_label="Gongkai panel"
        )
        return made.getvalue()

    mo.hstack(
        [
            mo.download(as_csv, "panel.csv", label=f"CSV: {len(selection)} rows"),
            mo.download(as_dta, "panel.dta", label=f"Stata: {len(selection)} rows"),
        ],
        justify="start",
    )
    return as_csv, as_dta


if __name__ == "__main__":
    app.run()
