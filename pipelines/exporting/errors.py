"""What an export says when it cannot be written. Here: the exception; not here: when it is raised."""

from __future__ import annotations


class ExportError(Exception):
    """Nothing was written. Its message tells a person what is wrong and what to do."""
