"""`gongkai explain`: one number of the published warehouse, in its sentence, with the rule that read it."""

from __future__ import annotations

import re
from typing import Any

from rich.table import Table
from rich.text import Text

from pipelines.cli_output import complain, output, print_json, shown
from pipelines.places import Places
from pipelines.warehousing import WarehouseError, connect_read_only

_QUANTITY = """
select q.*, i.name_zh, i.name_en, r.source_path, r.title, r.body, r.region_name, r.report_year
from quantities q join reports r using (report_id) left join indicators i using (indicator)
where quantity_id = ?
"""
_NEAREST = """
select quantity_id || '  ' || surface from quantities
where starts_with(quantity_id, ?) order by char_start, quantity_id limit 5
"""
_FINDINGS = "select severity || ': ' || message from findings where list_contains(quantity_ids, ?) order by all"
_DIMENSIONS = ("basis", "period", "base_period", "channel", "applicant", "topic", "outcome", "scope", "qualifier")


def explain_quantity(places: Places, quantity_id: str, *, as_json: bool) -> int:
    """Prints the number and returns the exit status."""
    try:
        with connect_read_only(places.published) as con:
            found = con.execute(_QUANTITY, [quantity_id])
            columns = [column[0] for column in found.description or ()]
            rows = found.fetchall()
            if not rows:
                report_id = quantity_id.partition("-")[0]
                near = [row[0] for row in con.execute(_NEAREST, [report_id]).fetchall()]
                return complain(_unknown(places, quantity_id, near))
            findings = [row[0] for row in con.execute(_FINDINGS, [quantity_id]).fetchall()]
    except WarehouseError as error:
        return complain(str(error))
    row = dict(zip(columns, rows[0], strict=True))
    if as_json:
        print_json({**row, "findings": findings})
    else:
        _print(row, findings)
    return 0


def _print(row: dict[str, Any], findings: list[str]) -> None:
    console = output()
    console.print(Text.assemble((row["surface"] or "(blank cell)", "bold"), f"  {row['quantity_id']}"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in _lines(row):
        if value:
            grid.add_row(Text(name, style="dim"), value if isinstance(value, Text) else Text(value))
    for finding in findings:
        grid.add_row(Text("finding", style="dim"), Text(finding))
    console.print(grid)


def _lines(row: dict[str, Any]) -> list[tuple[str, str | Text]]:
    indicator = f"{row['indicator']} ({row['name_zh']}, {row['name_en']})" if row["indicator"] else "none"
    where = " · ".join(part for part in (row["section"], row["row_label"], row["column_label"]) if part)
    return [
        ("value", f"{shown(row['value'])} {row['unit']}".strip()),
        ("indicator", indicator),
        *((name, row[name]) for name in _DIMENSIONS),
        ("report", f"{row['title'] or row['source_path']} ({row['source_path']})"),
        ("body", " · ".join(part for part in (row["region_name"], row["body"], shown_year(row)) if part)),
        ("under", where),
        ("sentence", marked(row["quote"], row["surface"])),
        ("characters", f"{row['char_start']} to {row['char_end']} of the report's text"),
        ("rule", row["rule"]),
        ("also considered", row["competitors"]),
    ]


def shown_year(row: dict[str, Any]) -> str:
    return str(row["report_year"] or "")


def marked(quote: str, surface: str) -> Text:
    """A sentence on one line with the words of the number marked by 【】, and in reverse video where that shows."""
    line, words = " ".join(quote.split()), " ".join(surface.split())
    # 3件 is not to be found in 33件.
    match = re.search(r"(?<![\d.,])" + re.escape(words), line) if words else None
    if match is None:
        return Text(line)
    return Text.assemble(line[: match.start()], (f"【{match[0]}】", "reverse"), line[match.end() :])


def _unknown(places: Places, quantity_id: str, near: list[str]) -> str:
    hint = "Ids stand in column quantity_id of table quantities."
    if near:
        hint = "Numbers of that report:\n  " + "\n  ".join(near)
    return f"{places.published} has no number {quantity_id}. {hint}"
