"""Lets these tests use the forms as grids of tests/extraction. Not here: what is written or compared."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "extraction"))
