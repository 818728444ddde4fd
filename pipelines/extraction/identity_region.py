"""Which region a report belongs to. Here: the weighing of all that names one; not here: who reports, or finding
names in text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache

from pipelines.language.regions import TOLERANCE, Region, at, counterpart, latest
from pipelines.language.regions_mentions import Mention, find_mentions, short_mention
from pipelines.reference import load_csv

_HEAD = 800
_GOVERNMENT = re.compile(r"人民政府|政府|[县区市]委")
# Names without their kind stand in names of papers, sites and stations (《南川日报》, 中国·金昌, 闽侯发布).
_OF_SHORT = "日报|晚报|晨报|政报|公报|电视台|广播|发布|政务网|新闻网|政府网|之窗|公安"
# Patterns begin with what is rare: what stands before is asked behind that.
_SHORT = re.compile(rf"{_OF_SHORT}|中国(?!{_OF_SHORT})(\s?[·•・.\-]?\s?[一-鿿]{{2,6}}[”\"网])")
_OWN = re.compile(
    r"([我本全省市县区州旗])(?:(?<=[我本全])([省市县区旗]|州(?!县))|(?<=[省市县区州旗])(?:委、|人民政府|政府|委办|府办))"
)
_OWN_WEIGHTS = {"我": 3.0, "本": 2.0, "全": 1.0}
_HAN = re.compile("[一-鿿]")
_TOWNSHIP_END = re.compile(r"街道|镇|乡|苏木")
_NO_PROVINCES = frozenset({"11", "12", "15", "31", "45", "50", "54", "64", "65"})
_COUNTIES = frozenset("县区旗")
_LEVEL_OF = {"省": "province", "州": "prefecture", "县": "county", "旗": "county"}


class Places:
    """The regions that a text names, each with what speaks for it being the report's own."""

    def __init__(self, text: str, year: int | None) -> None:
        self.year = year
        self.text = text
        self.score: dict[str, float] = defaultdict(float)
        self.kin: dict[str, float] = defaultdict(float)
        self.region: dict[str, Region] = {}
        self.letters = _own_letters(text)
        self._gather(find_mentions(text))

    def best(self, candidates: Iterable[Region]) -> Region | None:
        """Of several regions that a name may mean the one that the text speaks for; None where nothing tells."""
        ranked = sorted(((self.support(r), r) for r in latest(self._of_time(candidates))), reverse=True)
        if not ranked:
            return None
        if len(ranked) > 1 and ranked[0][0] <= ranked[1][0]:
            return None
        return ranked[0][1]

    def own(self, letter: str = "", township: bool = False) -> Region | None:
        """The region that the text is about where no body names one. `letter`: the 市 of 市财政局."""
        given, letter = letter, letter or self._own_letter(township)
        pool = [(self._weight(region, letter), region) for region in self.region.values()]
        if letter and any(_fits(region, letter) for _, region in pool):
            pool = [(weight, region) for weight, region in pool if _fits(region, letter)]
        elif given in _COUNTIES:  # 区财政局 is not the city's
            pool = [(weight, region) for weight, region in pool if region.level == "county"]
        if township:
            lower = [(weight, region) for weight, region in pool if region.level == "county"]
            pool = lower or pool
        return max(pool, default=(0.0, None), key=lambda entry: entry[0])[1]

    def named(self, region: Region) -> float:
        """How strongly the text itself names a region."""
        return self.score.get(region.region_code, 0.0)

    def _own_letter(self, township: bool) -> str:
        letters = {k: v for k, v in self.letters.items() if not township or k in "县区旗市"}
        if township and any(letters.get(k) for k in "县区旗"):
            letters.pop("市", None)
        return max(letters, key=lambda k: letters[k], default="")

    def _weight(self, region: Region, letter: str) -> float:
        return self.named(region) * (3 if letter and _fits(region, letter) else 1)

    def support(self, region: Region) -> float:
        """What the text says for a region by naming those above it, and its sisters below them."""
        code = region.region_code
        kin = self.kin[code[:4]] - self.score.get(code, 0.0)
        near = self.score.get(code[:4] + "00", 0.0) if not code.endswith("00") else 0.0
        far = self.score.get(code[:2] + "0000", 0.0)
        in_use = 0.01 if region.holds(self.year) else 0.0
        # 省委、省政府 are not said in an autonomous region or a municipality.
        province = 0.1 if self.letters.get("省") and code[:2] not in _NO_PROVINCES else 0.0
        return min(near, 3) * 4 + min(far, 3) + min(kin, 3) + in_use + province

    def _of_time(self, candidates: Iterable[Region]) -> list[Region]:
        rows = list(candidates)
        return [r for r in rows if r.holds(self.year)] or [r for r in rows if r.holds(self.year, TOLERANCE)] or rows

    def _gather(self, mentions: list[Mention]) -> None:
        """Names that mean one region first, so that they can tell apart those that several share."""
        open_ones: list[tuple[float, tuple[Region, ...]]] = []
        for number, mention in enumerate(mentions):
            weight = self._mention_weight(mention)
            if number + 1 < len(mentions) and mentions[number + 1].start == mention.end:
                weight *= 0.4
            open_ones.append((weight, mention.candidates))
        for match in _SHORT.finditer(self.text):
            if regions := _short_regions(self.text, match):
                open_ones.append((1.5, regions))
        shared = []
        for weight, candidates in open_ones:
            rows = latest(self._of_time(candidates))
            if len(rows) == 1:
                self._add(rows[0], weight)
            elif rows:
                shared.append((weight, rows))
        for weight, rows in shared:
            best = self.best(rows)
            if best is not None:
                self._add(best, weight)

    def _mention_weight(self, mention: Mention) -> float:
        """A name in the masthead or before 人民政府 says most; in an address or in a law's title it says little."""
        before = self.text[max(0, mention.start - 24) : mention.start]
        if "址" in before or "邮编" in before:
            return 0.15
        weight = 2.5 if mention.start < _HEAD else 1.0
        if _GOVERNMENT.match(self.text, mention.end):
            weight *= 1.4
        if "《" in before and "》" not in before:
            weight *= 0.5
        return weight

    def _add(self, region: Region, weight: float) -> None:
        self.region.setdefault(region.region_code, region)
        self.score[region.region_code] += weight
        self.kin[region.region_code[:4]] += weight


def county_of_township(name: str, places: Places, among: tuple[Region, ...] = ()) -> Region | None:
    """The county that has a township of a name; where several have, the one that the text speaks for, None
    where it does not.

    `among`: the counties, or prefectures, that it is known to be one of.
    """
    stem = township_stem(name)
    codes = _townships().get(re.sub("(?:人民政府|政府|办事处)$", "", name)) or _townships_by_stem().get(stem, ())
    regions = latest(r for code in codes if (r := _carried(code, places.year)))
    if among:
        prefixes = tuple({r.region_code.removesuffix("0000").removesuffix("00") for r in among})
        regions = [r for r in regions if r.region_code.startswith(prefixes)]
    if len(regions) < 2:
        return regions[0] if regions else None
    ranked = sorted(((places.named(r) * 10 + places.support(r), r) for r in regions), reverse=True)
    return ranked[0][1] if ranked[0][0] > max(ranked[1][0], 0.5) else None


def township_in(text: str) -> str:
    """The township that a text names most often, "" where it names none. Only names that are known, or stand
    alone as words.
    """
    stems = _townships_by_stem()
    counts: Counter[str] = Counter()
    for match in _TOWNSHIP_END.finditer(text):
        for length in range(min(6, match.start()), 1, -1):
            begin = match.start() - length
            if text[begin : match.start()] in stems:
                counts[text[begin : match.end()]] += 1
                break
    return counts.most_common(1)[0][0] if counts else ""


def is_township(name: str) -> bool:
    """Whether there is a township of just that name (与儿街镇, whose first character else introduces a name)."""
    return re.sub("(?:人民政府|政府|办事处)$", "", name) in _townships()


def township_stem(name: str) -> str:
    """南薰 for 南薰镇 and 南薰乡: townships become towns, and towns subdistricts."""
    return re.sub(r"(?:街道|镇|[一-鿿]族乡|乡|苏木)$", "", re.sub(r"(?:人民政府|政府|办事处)$", "", name))


def _carried(code: str, year: int | None) -> Region | None:
    region = at(code)
    return counterpart(region, year) if region else None


def _fits(region: Region, letter: str) -> bool:
    if letter == "省":
        return region.level == "province"
    if letter == "区":
        return region.name.endswith("区") and region.level == "county"
    if letter == "市":
        return region.name.endswith("市")
    return region.name.endswith(letter) and region.level == _LEVEL_OF[letter]


def _own_letters(text: str) -> dict[str, float]:
    """How often a text calls its own area 县, 市 …: 我县 most of all, then 全县, then 县政府 and 县委."""
    letters: dict[str, float] = defaultdict(float)
    for match in _OWN.finditer(text):
        first, letter = match.groups()
        if letter:
            letters[letter] += _OWN_WEIGHTS[first]
        else:
            letters[first] += 0.1 if _HAN.match(text, match.start() - 1) and match.start() else 1.0
    return letters


def _short_regions(text: str, match: re.Match[str]) -> tuple[Region, ...]:
    """What the longest short name means that stands right before 日报, or right behind 中国·."""
    begin = match.start(1) if match.group(1) else match.start()
    behind = text[begin : match.end()].strip(" ·•・.-")
    words = behind[:4] if behind[-1] in '”"网' else text[max(0, begin - 4) : begin]
    for length in (4, 3, 2):
        part = words[:length] if behind[-1] in '”"网' else words[-length:]
        if len(part) == length and (regions := short_mention(part)) and part[-1] not in "省市县区":
            return regions
    return ()


@cache
def _townships() -> dict[str, tuple[str, ...]]:
    return {row["name"]: tuple(row["region_codes"].split("|")) for row in load_csv("townships.csv")}


@cache
def _townships_by_stem() -> dict[str, tuple[str, ...]]:
    stems: dict[str, set[str]] = defaultdict(set)
    for name, codes in _townships().items():
        stems[township_stem(name)].update(codes)
    return {stem: tuple(sorted(codes)) for stem, codes in stems.items() if len(stem) > 1}
