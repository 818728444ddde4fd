"""Whose report a document is: title, region, body, years, date.

Here: putting together what page, body, year and region say. Not here: how each is read off the text (identity_*.py).

The folder and name of the file speak only where the document itself does not name a region or a year.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipelines.extraction.identity_body import Body, Claim, claims_of, read_body
from pipelines.extraction.identity_page import read_page, year_in
from pipelines.extraction.identity_region import Places, county_of_township, township_in, township_stem
from pipelines.extraction.identity_year import year_of
from pipelines.language.fold import fold
from pipelines.language.regions import Region, counterpart, parents
from pipelines.language.regions_mentions import find_mentions, short_mention
from pipelines.reading.document import Document

_KIND_OF_SELF = "(局|委|厅|中心|镇|乡|街道|办事处|街)"
_SELF = (re.compile("我" + _KIND_OF_SELF), re.compile("本" + _KIND_OF_SELF))  # a search for one character is fast
_PATH_WORD = re.compile(r"[一-鿿]{2,8}")
_SOUNDED = re.compile(
    "\\((?<=[一-鿿]\\()[a-zà-ǜ]{1,6}\\)"
)  # 農(nóng)業(yè)局: converted pages print how characters sound
_UNNAMED_SELF = re.compile("我[办院队站馆]|本部门")
_TOWNSHIP_SELF = frozenset({"镇", "乡", "街道", "办事处", "街"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Fields as in table `reports` of pipelines/schemas.py; `published_on` is an ISO date. None: the document
    does not tell.
    """

    title: str | None = None
    region_code: str | None = None
    region_name: str | None = None
    level: str | None = None
    body: str | None = None
    body_kind: str | None = None
    report_year: int | None = None
    title_year: int | None = None
    published_on: str | None = None


def identify(document: Document, source_path: str = "") -> Identity:
    """Whose report a document is. Any document is fine; what cannot be told is None."""
    text = _SOUNDED.sub("", fold(document.text))
    page = read_page(document, text)
    year = year_of(text, page) or _year_of_path(source_path)
    places = Places(text, year)
    said = _self_kind(text)
    body = _choose(claims_of(text, page), said)
    if body is None and said == "township":
        body = read_body(township_in(text))
    region = None if body and body.national else _region_of(body, places, said, source_path)
    if region is not None:
        region = counterpart(region, year)
    kind = body.kind if body else said or (_unnamed_kind(text) if region else None)
    return Identity(
        title=page.title,
        region_code=region.region_code if region else None,
        region_name=region.full_name if region else None,
        level="township" if kind == "township" else region.level if region else None,
        body=_body_name(body, region, kind),
        body_kind=kind,
        report_year=year,
        title_year=year_in(page.title_words),
        published_on=page.signed_on or page.dated_on,
    )


def _choose(claims: list[Claim], said: str | None) -> Body | None:
    """The body with the weightiest claim; agreement of several places counts a little, and so does that it says
    我局 or 我镇.
    """
    if not claims:
        return None
    agreeing = Counter(_core(claim.body) for claim in claims)
    best = max(claims, key=lambda c: c.weight + 0.5 * min(agreeing[_core(c.body)], 4) + 3 * (c.body.kind == said)).body
    # The same body may be named with its region elsewhere (凤安镇 in the title, 紫金县凤安镇人民政府 at the end).
    fuller = (c.body for c in claims if c.body.regions and c.body.kind == best.kind and _core(c.body) == _core(best))
    return best if best.regions else next(fuller, best)


def _core(body: Body) -> str:
    return township_stem(body.rest) if body.kind == "township" else body.rest or body.words


def _region_of(body: Body | None, places: Places, said: str | None, source_path: str) -> Region | None:
    """The region that the body names, else the one that a township of its name lies in, else the one that the
    text is about.
    """
    if body and body.regions:
        named = places.best(body.regions)
        if named and named.level == "county" and not find_mentions(body.words) and not _is_borne_out(named, places):
            named = None  # 东湖高新技术开发区 is far from 东湖区
        if body.kind == "township" and (named is None or named.level != "county"):
            named = county_of_township(body.rest, places, body.regions) or named
        return named or _region_of_path(source_path, places, body.regions)
    if body and body.kind == "township":
        return _region_of_township(body, places) or _region_of_path(source_path, places)
    return places.own(body.letter if body else "", township=said == "township") or _region_of_path(source_path, places)


def _is_borne_out(region: Region, places: Places) -> bool:
    """Whether the text names the region in full, or one above it."""
    return places.named(region) + places.support(region) > 0.5


def _region_of_township(body: Body, places: Places) -> Region | None:
    own = places.own(township=True)
    if own is not None and own.level == "county" and places.named(own) >= 1.5:
        return own
    return county_of_township(body.rest, places) or own


def _region_of_path(source_path: str, places: Places, among: tuple[Region, ...] = ()) -> Region | None:
    """The last region that folders and file name; of regions of one name the one that stands under a region
    named there.
    """
    named = [mention.candidates for mention in find_mentions(fold(source_path))]
    named += filter(None, map(short_mention, _PATH_WORD.findall(source_path)))
    if among:
        codes = tuple({r.region_code.removesuffix("0000").removesuffix("00") for each in named for r in each})
        return places.best(r for r in among if r.region_code.startswith(codes)) if codes else None
    found = (places.best(candidates) for candidates in reversed(named))
    return next((region for region in found if region), None)


def _year_of_path(source_path: str) -> int | None:
    folder, _, name = source_path.rpartition("/")
    return year_in(name) or year_in(folder)


def _self_kind(text: str) -> str | None:
    """What a report calls itself: 我局 is a department, 我镇 a township; None where it does not."""
    found = sorted((match.start(), match.group(1)) for pattern in _SELF for match in pattern.finditer(text))
    counts = Counter(kind for _, kind in found)
    if not counts:
        return None
    return "township" if counts.most_common(1)[0][0] in _TOWNSHIP_SELF else "department"


def _unnamed_kind(text: str) -> str:
    """What a report is by that names no body and calls itself neither 我局 nor 我镇: a government, or some office of one."""
    return "department" if _UNNAMED_SELF.search(text) else "government"


def _body_name(body: Body | None, region: Region | None, kind: str | None) -> str | None:
    """The name as the report gives it; a region alone and 市政府 are given the full name of the government."""
    if body is None:
        return _government_of(region) if region and kind == "government" else None
    if region is None:
        return body.words.removesuffix(body.rest) + _in_full(body)
    if body.kind == "government" and body.rest == "":
        return _government_of(region)
    named = body.words[: len(body.words) - len(body.rest)]
    bare = body.kind == "department" and not body.regions
    own = region.name if body.letter or bare else named
    # A district's name is shared by several, and its own reports name the city one year and not the next.
    return (_city_of(region) if own == region.name and kind != "township" else "") + own + _in_full(body)


def _in_full(body: Body) -> str:
    """政府办 is 人民政府办公室, 越溪乡 is 越溪乡人民政府."""
    if body.kind == "government":
        return re.sub("政府办$", "政府办公室", re.sub("^政府", "人民政府", body.rest))
    if body.kind == "township":
        if body.rest.endswith("街道"):
            return body.rest + "办事处"
        return re.sub("(?:人民)?政府$", "", body.rest) + ("" if body.rest.endswith("办事处") else "人民政府")
    return body.rest


def _government_of(region: Region) -> str:
    return f"{_city_of(region)}{region.name}人民政府"


def _city_of(region: Region) -> str:
    """The city that a district is named with (重庆市 of 南川区); "" for all others."""
    if region.level != "county" or not region.name.endswith("区"):
        return ""
    above = parents(region)
    return above[0].name if above and above[0].name.endswith("市") else ""
