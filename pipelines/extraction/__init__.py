"""Document to quantities: prose and forms, with cues held as data. No Dagster, DuckDB or pandas here.

>>> from pipelines.extraction import extract
>>> [q] = extract("2018年,全区主动公开政府信息1200条。", year=2018)
>>> q.indicator, q.value, q.unit, q.period
('proactive.disclosed', 1200.0, '条', '2018')
"""

from pipelines.extraction.whole import Reading, extract, extract_document

__all__ = ["Reading", "extract", "extract_document"]
