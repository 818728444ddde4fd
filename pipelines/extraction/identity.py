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
from pipelines.extraction.identity_region import Places, county_of_township, township_in
from pipelines.extraction.identity_year import year_of
from pipelines.language.fold import fold
from pipelines.language.regions import Region, counterpart
from pipelines.language.regions_mentions import find_mentions
from pipelines.reading.document import Document

_SELF = re.compile(r"(?:我|本)(局|委|厅|中心|镇|乡|街道|办事处|街)")
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
    text = fold(document.text)
    page = read_page(document, text)
    path_year = year_in(source_path)
    year = year_of(text, page) or path_year
    places = Places(text, year)
    body = _choose(claims_of(text, page)) or _township_of(text)
    region = None if body and body.national else _region_of(body, places, text, source_path)
    if region is not None:
        region = counterpart(region, year)
    kind = body.kind if body else _kind_of(text, region)
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


def _choose(claims: list[Claim]) -> Body | None:
    """The body with the weightiest claim; agreement of several places counts a little."""
    if not claims:
        return None
    agreeing = Counter(claim.body.rest or claim.body.words for claim in claims)
    best = max(claims, key=lambda c: c.weight + 0.5 * min(agreeing[c.body.rest or c.body.words], 4))
    return best.body


def _township_of(text: str) -> Body | None:
    """The township that a report means by 我镇 without saying in its opening which it is."""
    return read_body(name) if _is_township(text) and (name := township_in(text)) else None


def _region_of(body: Body | None, places: Places, text: str, source_path: str) -> Region | None:
    """The region that the body names, else the one that a township of its name lies in, else the one that the
    text is about.
    """
    if body and body.regions:
        named = places.best(body.regions)
        if body.kind == "township" and (named is None or named.level != "county"):
            named = county_of_township(body.rest, places, body.regions) or named
        return named or _region_of_path(source_path, places, body.regions)
    if body and body.kind == "township":
        return _region_of_township(body, places) or _region_of_path(source_path, places)
    return places.own(body.letter if body else "", township=_is_township(text)) or _region_of_path(source_path, places)


def _region_of_township(body: Body, places: Places) -> Region | None:
    own = places.own(township=True)
    if own is not None and own.level == "county" and places.named(own) >= 1.5:
        return own
    return county_of_township(body.rest, places) or own


def _region_of_path(source_path: str, places: Places, among: tuple[Region, ...] = ()) -> Region | None:
    """The last region that folders and file name; of regions of one name the one that stands under a region
    named there.
    """
    mentions = find_mentions(fold(source_path))
    if among:
        codes = tuple({r.region_code.removesuffix("0000").removesuffix("00") for m in mentions for r in m.candidates})
        return places.best(r for r in among if r.region_code.startswith(codes)) if codes else None
    return places.best(mentions[-1].candidates) if mentions else None


def _is_township(text: str) -> bool:
    counts = Counter(match.group(1) for match in _SELF.finditer(text))
    return bool(counts) and counts.most_common(1)[0][0] in _TOWNSHIP_SELF


def _kind_of(text: str, region: Region | None) -> str | None:
    """The kind of a body without a name: 我局 is a department, 我镇 a township, else the government of the region."""
    counts = Counter(match.group(1) for match in _SELF.finditer(text))
    if counts:
        return "township" if counts.most_common(1)[0][0] in _TOWNSHIP_SELF else "department"
    return "government" if region else None


def _body_name(body: Body | None, region: Region | None, kind: str | None) -> str | None:
    """The name as the report gives it; a region alone and 市政府 are given the full name of the government."""
    if body is None:
        return _government_of(region) if region and kind == "government" else None
    if region is None:
        return body.words.removesuffix(body.rest) + _in_full(body)
    if body.kind == "government" and body.rest == "":
        return _government_of(region) if len(body.words) <= len(region.name) else f"{body.words}人民政府"
    own = region.name if body.letter else body.words[: len(body.words) - len(body.rest)]
    return own + _in_full(body)


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
    """南川区's is 重庆市南川区人民政府: districts are named with their city, counties and cities alone."""
    if region.level == "county" and region.name.endswith("区"):
        above = re.match(r".*?(?:省|自治区)?([一-鿿]{2,}?市)" + region.name + "$", region.full_name)
        if above:
            return f"{above.group(1)}{region.name}人民政府"
    return f"{region.name}人民政府"
