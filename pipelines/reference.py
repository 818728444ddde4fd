"""Where the knowledge held as data lies, and how it is opened. Not here: what it means."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import yaml

REFERENCE = Path(__file__).resolve().parent.parent / "warehouse" / "reference"


@cache
def load_yaml(name: str) -> Any:
    """The parsed content of a YAML file below the reference folder; treat it as read-only, it is shared."""
    with (REFERENCE / name).open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def load_csv(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file below the reference folder, as dictionaries of strings."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
