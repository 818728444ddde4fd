"""The time that one file may take. Asked between steps; a step that hangs is the worker pool's to end."""

from __future__ import annotations

import time

from pipelines.reading.document import ReadingError
from pipelines.reading.limits import MAX_SECONDS


class Deadline:
    """Begins when made."""

    def __init__(self) -> None:
        self._end = time.monotonic() + MAX_SECONDS

    def check(self) -> None:
        """Raises ReadingError when the time is over."""
        if time.monotonic() > self._end:
            raise ReadingError(
                f"takes more than {MAX_SECONDS:.0f} seconds to read; save the report anew as .docx or .txt"
            )
