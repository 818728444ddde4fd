"""A view of the published warehouse as a file for pandas, R, Stata or Excel, with a codebook beside it.

What other parts call is named here. Not here: what the views hold (sql/), and the pages of the atlas.
"""

from pipelines.exporting.codebook import VIEWS, Codebook, read_codebook
from pipelines.exporting.errors import ExportError
from pipelines.exporting.files import FORMATS, export

__all__ = ["FORMATS", "VIEWS", "Codebook", "ExportError", "export", "read_codebook"]
