"""Where files lie. Nothing else builds a path; not here: what stands in the files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
REFERENCE = PROJECT / "warehouse" / "reference"
SQL = PROJECT / "sql"


@dataclass(frozen=True, slots=True)
class Places:
    """A folder of reports, and the folder of the warehouse that is made from it."""

    inbox: Path
    warehouse: Path

    @property
    def stage(self) -> Path:
        return self.warehouse / "stage"

    @property
    def published(self) -> Path:
        return self.warehouse / "gongkai.duckdb"

    @property
    def atlas(self) -> Path:
        return self.warehouse / "atlas"

    @property
    def corrections(self) -> Path | None:
        """What users found wrong; None where they wrote nothing."""
        file = self.warehouse / "corrections.csv"
        return file if file.exists() else None


def places(inbox: str | os.PathLike[str] | None = None, warehouse: str | os.PathLike[str] | None = None) -> Places:
    """The places named, else those of GONGKAI_INBOX and GONGKAI_WAREHOUSE, else the project's own."""
    return Places(
        _folder(inbox or os.environ.get("GONGKAI_INBOX") or PROJECT / "warehouse" / "inbox"),
        _folder(warehouse or os.environ.get("GONGKAI_WAREHOUSE") or PROJECT / "warehouse"),
    )


def _folder(path: str | os.PathLike[str]) -> Path:
    return Path(path).expanduser().resolve()
