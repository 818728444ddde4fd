"""How much of what made-up reports state came out of the pipeline, and how much came out that they do not state."""

from __future__ import annotations

from pathlib import Path

import duckdb

_DIMENSIONS = "indicator, value, basis, period, channel, applicant, outcome"


def score(corpus: Path, published: Path) -> list[tuple[str, int, float, float]]:
    """Origin, facts stated, recall and precision in per cent: a fact counts where report, indicator, value, basis, period, channel,
    applicant and outcome agree, as often as it is stated.
    """
    with duckdb.connect(str(published), read_only=True) as con:
        return con.execute(
            f"""
            with stated as (
                select source_path, origin, {_DIMENSIONS}, count(*) as times
                from read_parquet(?) where indicator <> '' group by all
            ),
            found as (
                select source_path, origin, {_DIMENSIONS}, count(*) as times
                from quantities join reports using (report_id)
                where indicator is not null and value is not null group by all
            ),
            matched as (
                select s.origin, least(s.times, f.times) as times
                from stated s join found f using (source_path, origin, {_DIMENSIONS})
            )
            select
                s.origin, s.facts, 100.0 * coalesce(b.hits, 0) / s.facts, 100.0 * coalesce(b.hits, 0) / f.facts
            from (select origin, sum(times)::bigint as facts from stated group by all) s
            left join (select origin, sum(times) as hits from matched group by all) b using (origin)
            left join (select origin, sum(times) as facts from found group by all) f using (origin)
            order by s.origin
            """,
            [str(corpus / "facts.parquet")],
        ).fetchall()
