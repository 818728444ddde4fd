"""What a build says when it cannot go on. Here: the exception; not here: when it is raised."""

from __future__ import annotations


class WarehouseError(Exception):
    """The warehouse was not built or not published. Its message tells a person what is wrong, where, and what to do."""
