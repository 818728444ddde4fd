"""What environment variables set besides where files lie (places.py). Not here: the options of Dagster's resources, which come before
them (resources.py)."""

from __future__ import annotations

import os
from pathlib import Path


def contacts_shown() -> bool:
    """Whether the offices' own telephone numbers and addresses are published: GONGKAI_SHOW_CONTACTS."""
    return os.environ.get("GONGKAI_SHOW_CONTACTS", "") not in ("", "0")


def labels_folder(inbox: Path) -> Path | None:
    """The folder of hand labels to score against: GONGKAI_LABELS, else `labels` beside the inbox; None where there is none."""
    named, beside = os.environ.get("GONGKAI_LABELS", ""), inbox.parent / "labels"
    return Path(named).expanduser().resolve() if named else beside if beside.is_dir() else None


def pages_drawn(what: str) -> int:
    """How many `REPORTS` or `BODIES` have a page in the atlas: GONGKAI_ATLAS_REPORTS, GONGKAI_ATLAS_BODIES; 0 where nobody says. Raises
    ValueError where that is no number."""
    told = os.environ.get(f"GONGKAI_ATLAS_{what}", "")
    if told and not told.isdecimal():
        raise ValueError(f"GONGKAI_ATLAS_{what} is {told!r}. Set it to a number of {what.lower()}, or not at all.")
    return int(told or 0)
