"""The score of the coding in the UI, where hand labels are at hand. What is compared with what: pipelines/checking/score.py."""

from __future__ import annotations

import dagster as dg
import duckdb

from pipelines.assets.describe import Metadata, number, preview
from pipelines.checking.labels import LabelsError
from pipelines.checking.score import Score, Scores, score
from pipelines.resources import Folders

_PROSE = ("report", "P %", "R %", "F1 %", "exact %")
_CELLS = ("report", "cells", "right %", "made up")


def score_metadata(con: duckdb.DuckDBPyConnection, folders: Folders) -> Metadata:
    """Precision, recall and F1 as figures that the UI plots, and each report's. Nothing where there are no labels; why
    not, where they cannot be read: they are no part of the warehouse and keep nothing from being published.
    """
    folder = folders.labels_folder()
    if folder is None:
        return {}
    try:
        scores = score(con, folder)
    except LabelsError as error:
        return {"score": dg.MetadataValue.text(f"Not scored: {error}")}
    if not scores.reports:
        return {"score": dg.MetadataValue.text(f"Not scored: no report has the name of a file of labels in {folder}.")}
    figures = {key: number(value) for key, value in _figures(scores.total).items() if value is not None}
    absent = {"labels without a report": ", ".join(scores.absent)} if scores.absent else {}
    return {"score": _table(scores), **figures, "labelled reports": len(scores.reports), **absent}


def _figures(total: Score) -> dict[str, float | None]:
    return {
        "score: precision, %": total.precision,
        "score: recall, %": total.recall,
        "score: F1, %": total.f1,
        "score: F1 with value, basis and period, %": total.exact_f1,
        "score: cells right, %": total.cells_share,
    }


def _table(scores: Scores) -> dg.MarkdownMetadataValue:
    """Precision, recall and F1 of the indicators, F1 with value, basis and periods (exact); then the cells of tables."""
    named = [*sorted(scores.reports.items()), ("all", scores.total)]
    prose = [(name, s.precision, s.recall, s.f1, s.exact_f1) for name, s in named if s.labelled]
    cells = [(name, s.cells, s.cells_share, s.cells_invented) for name, s in named if s.cells]
    tables = [preview(head, rows).value for head, rows in ((_PROSE, prose), (_CELLS, cells)) if rows]
    return dg.MetadataValue.md("\n\n".join(tables))
