"""Figures of made-up bodies: the same for the same seed, body, series and year, so that what a report says of the year before is
what the report of that year said. Not here: how a figure is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one body in one year."""

    seed: int
    code: str
    year: int

    def share(self, *key: object) -> float:
        """A number from 0 to below 1 that only the seed, the body and the key decide."""
        return crc32(f"{self.seed}|{self.code}|{key}".encode()) / 2**32

    def count(self, series: str, most: int, year: int | None = None) -> int:
        """A count of a series from 1 to `most`, near that of other years."""
        usual = most * self.share(series) ** 2
        return min(most, max(1, round(usual * (0.8 + 0.4 * self.share(series, year or self.year)))))

    def choice(self, key: object, options: int) -> int:
        """A number below `options` that stays through the years."""
        return int(self.share("choice", key) * options)
