"""Every stored table, declared once: columns, types, units, meaning.

Arrow schemas, DDL, database comments, Dagster table schemas and the data dictionary are made from here. Views are not
declared here: the header of each SQL file is their declaration.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is a DuckDB type: VARCHAR, BIGINT, INTEGER, DOUBLE, DATE or BOOLEAN."""

    name: str
    type: str
    meaning: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class TableSpec:
    """`key` identifies a row. `stage`: made by a run and staged as Parquet; else reference data, from a CSV."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    stage: bool = True


def _text(name: str, meaning: str) -> Column:
    return Column(name, "VARCHAR", meaning)


_REPORT_ID = _text("report_id", "Identifier of the report, a hash of its source_path")

REPORT_FILES = TableSpec(
    "report_files",
    "One row per file of the inbox",
    ("source_path",),
    (
        _text("source_path", "Path below the inbox, with / between folders"),
        _text("sha256", "SHA-256 of the file's bytes, hexadecimal"),
        Column("bytes", "BIGINT", "Size of the file in bytes"),
        _text("kind", "File format: txt, md, html, pdf, docx, or other"),
    ),
)

REFUSALS = TableSpec(
    "refusals",
    "One row per file that was not read",
    ("source_path",),
    (
        _text("source_path", "Path below the inbox"),
        _text("reason", "Why it was not read, and what to do about it"),
    ),
)

REPORTS = TableSpec(
    "reports",
    "One row per report",
    ("report_id",),
    (
        _REPORT_ID,
        _text("source_path", "Path below the inbox, with / between folders"),
        _text("sha256", "SHA-256 of the file's bytes, hexadecimal"),
        Column("title", "VARCHAR", "Title as printed; NULL where there is none", True),
        Column(
            "region_code",
            "VARCHAR",
            "GB/T 2260 code of six digits valid in the report's year; NULL where unknown",
            True,
        ),
        Column("region_name", "VARCHAR", "Full name of the region with its parents; NULL where unknown", True),
        Column(
            "level",
            "VARCHAR",
            "Level of the reporting body: province, prefecture, county, township; NULL where unknown",
            True,
        ),
        Column("body", "VARCHAR", "Who reports, as the report names it; NULL where unknown", True),
        Column("body_kind", "VARCHAR", "government, department or township; NULL where unknown", True),
        Column("report_year", "INTEGER", "Year that the figures are about; NULL where unknown", True),
        Column("title_year", "INTEGER", "Year that the title names; NULL where it names none", True),
        _text("form", "Statutory form of its tables: prose (none), 2014, 2019, 2021 or mixed"),
        Column("published_on", "DATE", "Date of the signature, else of the page; NULL where neither is given", True),
        Column("characters", "INTEGER", "Length of the text in characters"),
    ),
)

REPORT_TEXTS = TableSpec(
    "report_texts",
    "One row per report: its text as read, to which all offsets refer (staged, not published)",
    ("report_id",),
    (
        _REPORT_ID,
        _text("text", "Text in reading order, what is private in it masked, a character for a character"),
        _text("blocks", "JSON list of [kind, start, end]"),
        _text("metadata", "JSON object of what the file says of itself"),
    ),
)

QUANTITIES = TableSpec(
    "quantities",
    "One row per measured number of a report, and per blank cell of its statutory tables",
    ("quantity_id",),
    (
        _text("quantity_id", "Identifier: report_id, char_start and, where several share a place, their order"),
        _REPORT_ID,
        _text("origin", "prose or form (a cell of a statutory table)"),
        Column("indicator", "VARCHAR", "Code of table indicators; NULL where none fits", True),
        Column(
            "value",
            "DOUBLE",
            "The number in `unit`, 万 and 亿 multiplied out, changes signed; NULL in a blank cell",
            True,
        ),
        Column("cell", "VARCHAR", "What a form's cell prints: number, blank, dash or slash; NULL for prose", True),
        _text("unit", "Unit as written, without 万 and 亿; 元 for money; empty where a zero is said in words"),
        _text("basis", "level, rate, share, change_abs, change_pct, multiple or target"),
        _text("period", "EDTF period that the number is about; empty where unknown"),
        Column("period_start", "DATE", "First day of the period; NULL where open or unknown", True),
        Column("period_end", "DATE", "Last day of the period; NULL where unknown", True),
        _text("base_period", "EDTF period that a change is measured against; empty where none is told"),
        _text("channel", "Channel code; empty for the whole"),
        _text("applicant", "Applicant code of the statutory table; empty for the total"),
        _text("topic", "What it is about, in the text's own short words"),
        _text("outcome", "Outcome code; empty for the whole"),
        _text("scope", "Body or area where it is not the whole report's"),
        _text("qualifier", "approx, at_least, at_most; empty for exact"),
        Column("part_of", "VARCHAR", "quantity_id of the whole that this is a part of; NULL where none is told", True),
        Column(
            "breakdown",
            "INTEGER",
            "Which of the whole's breakdowns the part is in, from 1; NULL where it is no part",
            True,
        ),
        _text("surface", "Number and unit exactly as printed"),
        _text("quote", "The sentence or row that it was read from; contacts and what is private are masked with *"),
        Column("char_start", "INTEGER", "Offset of surface in the report's text, in characters"),
        Column("char_end", "INTEGER", "Offset behind surface"),
        _text("section", "Heading that it stands under; empty before the first"),
        _text("row_label", "Row of the statutory form, as the official form prints it; empty for prose"),
        _text("column_label", "Column of the statutory form; empty for prose"),
        _text("rule", "Rule and cue that gave the indicator, or why it has none"),
        _text("competitors", "Other indicators that were considered, with their scores"),
    ),
)

LEDGER = TableSpec(
    "ledger",
    "One row per numeral of a report's text: the quantity it became, or why it is none",
    ("report_id", "char_start"),
    (
        _REPORT_ID,
        Column("char_start", "INTEGER", "Offset of the numeral in the report's text"),
        Column("char_end", "INTEGER", "Offset behind it"),
        _text("surface", "The numeral as printed"),
        _text("reason", "quantity, or why it is none: date, ordinal, document_number, name, threshold …"),
        Column("quantity_id", "VARCHAR", "The quantity that it became; NULL where it is none", True),
    ),
)

INDICATORS = TableSpec(
    "indicators",
    "One row per indicator of the catalogue",
    ("indicator",),
    (
        _text("indicator", "Code"),
        _text("theme", "Theme, in Chinese"),
        _text("name_zh", "Name in Chinese"),
        _text("name_en", "Name in English"),
        _text("unit", "Usual unit"),
        _text("kind", "flow (over a period), stock (at a date), rate or share"),
        Column("dimensions", "VARCHAR", "Dimensions that apply, divided by |", True),
        Column(
            "legal_basis", "VARCHAR", "Article of the regulation of 2008 or 2019, or the form that asks for it", True
        ),
    ),
    stage=False,
)

REGIONS = TableSpec(
    "regions",
    "One row per region and stretch of years in which code, name and parent held",
    ("region_code", "valid_from"),
    (
        _text("region_code", "GB/T 2260 code, six digits"),
        _text("name", "Official name"),
        _text("short_name", "Name without its kind (南川 for 南川区), as reports use it"),
        _text("full_name", "Name with its parents, from the province down"),
        _text("level", "province, prefecture or county"),
        Column("parent_code", "VARCHAR", "Code of the region above; NULL for a province", True),
        Column("valid_from", "INTEGER", "First year in use"),
        Column("valid_to", "INTEGER", "Last year in use; NULL while in use", True),
        Column("successors", "VARCHAR", "Codes that took its place, divided by |; NULL while in use", True),
    ),
    stage=False,
)

IDENTITIES = TableSpec(
    "identities",
    "One row per term of a relation that must hold among the cells of a form",
    ("identity", "side", "indicator", "channel", "outcome", "applicant", "year"),
    (
        _text(
            "identity", "Name of the relation: R1 to R7 of the forms of 2019 and 2021, S1 to S4 of the sheet of 2014"
        ),
        _text("forms", "Forms that it is of, divided by |"),
        _text("side", "left or right of the equals sign"),
        _text("sign", "+ or -"),
        _text("indicator", "Code of table indicators; * at the end for each that begins so, in turn"),
        _text("channel", "Channel code; empty for the whole"),
        _text("outcome", "Outcome code; empty for the whole; * for each in turn"),
        _text("applicant", "Applicant code; empty for the total; * for each column in turn"),
        Column("year", "INTEGER", "0 for the report's year, -1 for the year before"),
        Column("required", "BOOLEAN", "The relation is assessed only where this cell holds a number"),
    ),
    stage=False,
)

BREAKS = TableSpec(
    "breaks",
    "One row per indicator, outcome and year from which a series is no longer what it was",
    ("indicator", "outcome", "year"),
    (
        _text("indicator", "Code of table indicators"),
        _text("outcome", "Outcome code; empty for the whole; * for every outcome"),
        Column("year", "INTEGER", "First report year to which the new meaning applies"),
        _text("instrument", "What brought it about: regulation of 2019, form of 2019, form of 2021 …"),
        _text("effect", "continues, changes meaning, begins or ends"),
        _text("note_en", "What a reader of the series must know, in English"),
        _text("note_zh", "The same in Chinese"),
    ),
    stage=False,
)

RULES = TableSpec(
    "rules",
    "One row per rule by which findings are made",
    ("rule",),
    (
        _text("rule", "Name of the rule, that of its file sql/intermediate/find_<rule>.sql, or of a form's relation"),
        _text("severity", "red (an arithmetic contradiction or a missing legal element) or yellow (to be looked at)"),
        Column("tolerance", "DOUBLE", "How far figures may differ, in units of the last printed place"),
        _text("message_en", "Sentence in English with places {subject} {left} {right} {detail}"),
        _text("message_zh", "The same in Chinese"),
        _text("why", "What the rule rests on: the law, the form, or arithmetic"),
    ),
    stage=False,
)

CORRECTIONS = TableSpec(
    "corrections",
    "One row per correction that a person made",
    ("source_path", "quantity_id", "indicator", "period", "channel", "applicant", "topic", "outcome", "scope"),
    (
        _text("source_path", "The report, as table reports names it"),
        _text("quantity_id", "The number; empty where indicator and dimensions name it"),
        _text("indicator", "Code; empty where quantity_id names the number"),
        _text("period", "EDTF period; empty for the report's year"),
        _text("channel", "Channel code"),
        _text("applicant", "Applicant code"),
        _text("topic", "Topic"),
        _text("outcome", "Outcome code"),
        _text("scope", "Scope"),
        Column("expects", "DOUBLE", "The value that is there without the correction; NULL for a blank cell", True),
        Column("should_be", "DOUBLE", "The value that it should have"),
        _text(
            "wrong", "What is wrong: reading (the report prints should_be) or report (it prints expects, by mistake)"
        ),
        _text("who", "Who made the correction"),
        _text("why", "On what ground"),
    ),
    stage=False,
)

ELEMENTS = TableSpec(
    "elements",
    "One row per element that the law asks of a report, and regulation that asks for it",
    ("element", "from_year"),
    (
        _text("element", "Code of the element: proactive, requests, fees, remedies, problems …"),
        Column("from_year", "INTEGER", "First report year to which it applies"),
        Column("to_year", "INTEGER", "Last report year to which it applies; NULL while in force", True),
        _text("body_kind", "Kind of body that it is asked of; empty for all"),
        _text("name_zh", "Name in Chinese"),
        _text("name_en", "Name in English"),
        _text("legal_basis", "Article of the regulation"),
        _text("cues", "Words divided by |, at least one of which stands in a report that has it"),
    ),
    stage=False,
)

DEADLINES = TableSpec(
    "deadlines",
    "One row per kind of body and stretch of report years: the day by which its report must be out",
    ("body_kind", "from_year"),
    (
        _text("body_kind", "government, department or township"),
        Column("from_year", "INTEGER", "First report year to which it applies"),
        Column("to_year", "INTEGER", "Last report year to which it applies; NULL while in force", True),
        Column("month", "INTEGER", "Month of the year after the report year"),
        Column("day", "INTEGER", "Day of that month"),
        _text("legal_basis", "Article of the regulation"),
    ),
    stage=False,
)

RATIOS = TableSpec(
    "ratios",
    "One row per rate that follows from two counts",
    ("rate", "channel", "numerator", "numerator_outcome", "denominator", "denominator_outcome"),
    (
        _text("rate", "Code of the rate, table indicators"),
        _text("channel", "Channel of the rate that this row is about; * for any, the counts having the same"),
        _text("numerator", "Code of the count above the line"),
        _text("numerator_outcome", "Its outcome"),
        _text("denominator", "Code of the count below the line"),
        _text("denominator_outcome", "Its outcome"),
    ),
    stage=False,
)

TABLES = (
    REPORT_FILES,
    REFUSALS,
    REPORTS,
    REPORT_TEXTS,
    QUANTITIES,
    LEDGER,
    INDICATORS,
    REGIONS,
    IDENTITIES,
    BREAKS,
    RULES,
    CORRECTIONS,
    ELEMENTS,
    DEADLINES,
    RATIOS,
)

_ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "DATE": pa.date32(),
    "BOOLEAN": pa.bool_(),
}


@cache
@cache
def arrow_schema(spec: TableSpec) -> pa.Schema:
    """The Arrow schema of a table; `meaning` stands in each field's metadata."""
    return pa.schema(
        [
            pa.field(c.name, _ARROW_TYPES[c.type], nullable=c.nullable, metadata={"meaning": c.meaning})
            for c in spec.columns
        ]
    )


def table(name: str) -> TableSpec:
    """The declaration of a table by its name; KeyError where there is none."""
    return {spec.name: spec for spec in TABLES}[name]
