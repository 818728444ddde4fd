"""A province that does not exist: its cities, counties and offices, with the codes that table `regions` would give them.

Its code, 99, is none of GB/T 2260. Names that a real region bears are left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

from pipelines.reference import load_csv

PROVINCE = "云岭省"
_FIRST = "青翠澜霁岚泠皓昙翎沅蔚璟骊珑漪绮芷筠葳荻莳桐槿菱蒹"
_SECOND = "川屿渚陂畈坪埠岙浦汀墩塬坳垭漈洹湫泾澧洮淙滢浔洺"
_PREFECTURES, _COUNTIES = 40, 95
"""As many as codes of two digits leave room for, and more than China has."""


@dataclass(frozen=True, slots=True)
class Body:
    """Who reports: a region's government. `kin` is what its reports call the whole of it."""

    code: str
    name: str
    full_name: str
    level: str
    kin: str

    @property
    def office(self) -> str:
        return f"{self.name}人民政府办公室"


def bodies(count: int) -> list[Body]:
    """The first `count` bodies, a city before its counties; the same ones for every corpus."""
    found = list(islice(_all(), count))
    if len(found) < count:
        raise ValueError(f"the province has {len(found)} bodies, not {count}; take more years a body")
    return found


def add_regions(regions: Path) -> None:
    """Adds the province to a copy of table `regions`."""
    with regions.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for body in _all():
            parent = "" if body.level == "province" else body.code[:2] + "0000"
            if body.level == "county":
                parent = body.code[:4] + "00"
            writer.writerow([body.code, body.name, body.name[:-1], body.full_name, body.level, parent, 1981, "", ""])


@cache
def _all() -> tuple[Body, ...]:
    return tuple(_made())


def _made() -> Iterator[Body]:
    names = iter(_names())
    yield Body("990000", PROVINCE, PROVINCE, "province", "全省")
    for prefecture in range(1, _PREFECTURES + 1):
        city = next(names) + "市"
        yield Body(f"99{prefecture:02d}00", city, PROVINCE + city, "prefecture", "全市")
        for county in range(1, _COUNTIES + 1):
            kind = "县区"[county % 2]
            name = next(names) + kind
            yield Body(f"99{prefecture:02d}{county:02d}", name, PROVINCE + city + name, "county", "全" + kind)


def _names() -> list[str]:
    """Names of two or three characters, none of them a real region's."""
    taken = {row["short_name"] for row in load_csv("regions.csv")} | {
        row["name"][:-1] for row in load_csv("townships.csv")
    }
    pairs = [first + second for first in _FIRST for second in _SECOND]
    names = pairs + [first + pair for first in _FIRST for pair in pairs if pair[0] != first]
    names = [name for name in names if name not in taken and name[-2:] not in taken]
    Random(99).shuffle(names)
    return names
