"""A draft before it goes out: read, audited by the SQL of the warehouse, held against last year's report; writes nothing.

Here: reading and auditing (drafts.py), last year's rows (last_year.py), the page (page.py). Not here: the command line.
"""

from pipelines.checking.drafts import Audited, Draft, audit, read_draft
from pipelines.checking.page import page

__all__ = ["Audited", "Draft", "audit", "page", "read_draft"]
