"""Who reports: the words of a report that name its body, and what kind of body words name.

Here: claims, each with its weight, and the reading of one. Not here: which region a claim without one belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import lru_cache
from typing import NamedTuple

from pipelines.extraction.identity_page import HEAD, Page
from pipelines.extraction.identity_region import is_township
from pipelines.language.regions import Region, index
from pipelines.language.regions_mentions import find_mentions, short_mention

_NAME = r"[一-鿿()]"
_YEARS = r"(?:(?:20\d\d|二[〇零○]..)\s*年?度?\s*)?"
_COMPILED = re.compile(
    r"由([一-鿿()、]{3,40}?)(?:根据|按照|依据|依照|组织|负责|汇总|牵头|结合|综合|会同|编制|编写|编撰)"
)
_PUBLISHED = re.compile(
    rf"(?:公布|公开|发布|编制|公示|将|如下是|报告)\s*{_YEARS}({_NAME}{{2,30}}?)(?=[\s2二本年政信])\s*{_YEARS}(?:本级)?(?:年度)?(?:政府|政务)?信息公开"
)
# A body's own site, and papers of its own that it cites (《广州市应急管理局2022年政务公开工作实施方案》).
_OWN_SITE = re.compile(
    r"(?:在|通过|《)([一-鿿]{2,20}?(?:局|委员会|委|厅))(?:(?:门户|官方|政务)?网站|20\d\d年(?:度)?政务公开|政府信息公开)"
)
KINDS = frozenset({"government", "department", "township"})
# Patterns begin with what each match begins with, so that they are not tried at each character.
_BREAK = re.compile(r"\s(?:(?<=[一-鿿]\s)(?:(?<=\n)|\s*\n)\s*(?=[一-鿿])|(?<=[一-鿿\d] )(?=[一-鿿\d]))")
_CONTACT = re.compile(rf"(?:与|请(?:与|联系|向)|联系(?:单位)?:|致电)({_NAME}{{3,30}}?)(?:联系|咨询|反映|沟通|\(|,|。)")
_OPENING = re.compile(
    rf"[,。;:\s]({_NAME}{{3,24}}?)(?=[认坚深严按高紧围以全积根持进始贯政信主共在编充继切着扎])(?:编制|充分|继续|切实|着力|扎实|认真|坚持|深入|严格|按照|高度|紧紧|紧密|围绕|以|全面|积极|根据|持续|进一步|始终|贯彻"
    r"|政府信息公开|政务公开|信息公开|主动|共|在)"
)
_CUT = re.compile(
    r"(?:20\d\d|二[〇零○]..)\s*年?度?|年度|(?:政府|政务)?信息公开|政务公开|信息公开|电子政务|关于|(?:政府)?网站|门户"
    r"|工作(?!局|委|站|处|部(?!署|门))|依法|依申请|\s"
)
_LEAD = re.compile(r"^(?:联系|咨询|向社会|中共|关于|可在|可|通过|登录|公布|发布|公开|公示|[现由与请:])+")
# These may begin a name as well (本溪市, 和县, 将乐县): off only where a region's name stands behind them.
_LEAD_BEFORE_NAME = re.compile(r"^[特向将本为对的及和在到]{1,3}")
_NAMED_HEREAFTER = re.compile(r"\((?:以下)?简称[^)]{0,20}\)?")
# An office within a body speaks for the body; a government's own general office is left as the report names it.
_OFFICE_OF = re.compile(r"((?:局|委员会|委|厅|人民政府办公[室厅]))(?:政务|综合|机关)?办公?室?$")
_OFFICE = re.compile(r"(?:党政(?:综合)?办公?室?|党政办|综合(?:办公)?室|办公室|秘书科|政研室|办)$")
_OFFICE_ALONE = re.compile(
    r"(?:局|委|厅|镇|乡|街道|党政|综合|信息公开|政务公开)?办公?室?|[在于]?管(?:理委员|委)会|.{0,2}中心|.*小组.*"
)
_GOVERNMENT = re.compile(r"(?:人民政府|政府|行政公署|公署)?(?:办公厅|办公室|办|机关)?(?:\(.*\))?$")
_TOWNSHIP = re.compile(r"[一-鿿]{1,12}?(?:街道|镇|乡|苏木)(?:人民政府|政府|办事处|党工委)?$|[一-鿿]{1,8}办事处$")
_TOWNSHIP_ALONE = re.compile(r"(?:街道|镇|乡|苏木|地区)?(?:街道|镇|乡)?(?:人民政府|政府|办事处|党工委)?")
_ZONE = r"(?:开发区|高新区|经开区|园区|产业园|示范区|试验区|实验区|保税港?区|度假区|合作区|风景名胜区|新区|新城)"
_DEPARTMENT = re.compile(
    r"[一-鿿()、]{1,30}(?:局|厅|委员会|委|办公室|办|中心|院|总队|支队|大队|署|处|馆|站|社|联合会|总会|管委会|研究室|公司|集团|大学|学校|中学|小学"
    rf"|{_ZONE})"
    r"(?:\([一-鿿、]{1,30}\))?$"
)
_NO_BODY = re.compile(
    r"概述|情况|[我各该其本][省市县区局镇乡委]|部门|机关和|公民|法人|条例|规定|通知|领导小组$|本级|全(?:[省市县区镇乡]|州(?!县))|国务院|有关|单位|及其"
    r"|栏目|平台|法规|的|全部|副局长|局长[和任兼、]|领导小组办|[省市县区]委[省市县区]"
)
_NATIONAL = re.compile(
    r"((?:国家|中国|全国|中华人民共和国)[一-鿿]{2,16}(?:局|委|委员会|署|院|中心|会)"
    r"|(?:教育|科学技术|科技|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源|生态环境|环境保护"
    r"|住房和?城乡建设|交通运输|水利|农业|农业农村|商务|文化|文化和旅游|应急管理|外交|卫生|监察|铁道|退役军人事务)部"
    r"|海关总署|审计署|中国人民银行|全国海关)(?:办公[厅室]|\((?:总署|总局|本级|机关|本级机关)\))?"
)
# Bodies that are named after a region without its kind: 江临高新技术产业开发区, 江临海关.
_OF_SHORT_NAME = re.compile(
    rf"(?:[一-鿿]{{2,16}}{_ZONE}(?:管理委员会|管委会|党工委)?|海关(?:关区)?|(?:气象|税务|海事|邮政管理|通信管理|银保?监|保监|证监)局)"
    r"(?:\([一-鿿、]{1,30}\))?"
)


class Body(NamedTuple):
    """Who reports, as words name it. `letter`: the 市 of 市财政局, where no region is named. `regions`: what it may
    belong to.
    """

    words: str
    kind: str
    regions: tuple[Region, ...]
    rest: str
    letter: str = ""
    national: bool = False


class Claim(NamedTuple):
    """A body with the weight of the place where it is named, and that place."""

    body: Body
    weight: float
    place: str


def claims_of(text: str, page: Page) -> list[Claim]:
    """All bodies that the report may be by, in no order. `text` is folded."""
    head = text[:HEAD]
    # Lines of a PDF break anywhere; these patterns run over them.
    flat = _BREAK.sub("", head)
    return [
        *_claims("compiled", 10, (m.group(1) for m in _COMPILED.finditer(flat))),
        *_claims("signature", 9, [page.signer]),
        *_claims("title", 11, [page.title_words]),
        *_claims("published", 7, (m.group(1) for m in _PUBLISHED.finditer(flat))),
        *_claims("line", 7, (line for line in page.head[:15] if len(line) <= 30)),
        *_claims("issuer", 6, page.issuers),
        *_claims("opening", 4, (m.group(1) for m in _OPENING.finditer("\n" + head[:1500]))),
        *_claims("own", 1.5, (m.group(1) for m in _OWN_SITE.finditer(head)), kinds={"department"}),
        *_claims("contact", 4, (m.group(1) for m in _CONTACT.finditer(head))),
    ]


def _claims(place: str, weight: float, words: Iterable[str], kinds: Set[str] = KINDS) -> list[Claim]:
    found = []
    for each in words:
        body = read_body(each)
        if (
            body is None
            or body.kind not in kinds
            or (place == "line" and not body.regions and not body.letter and body.kind == "department")
        ):
            continue
        # A bare region in a title says less of who reports than a body by name; elsewhere it says nothing.
        if body.rest == "":
            if place not in {"title", "published", "issuer"}:
                continue
            found.append(Claim(body, weight - (6.5 if place == "title" else 3.5), place))
        else:
            found.append(Claim(body, weight - (2 if body.letter else 0), place))
    return found


@lru_cache(maxsize=4_096)  # a report says its name in several places, a body the same every year
def read_body(words: str) -> Body | None:
    """The body that words name and nothing else, None where they name none."""
    words = _NAMED_HEREAFTER.sub("", words).strip().strip(":|。,")
    words = words if is_township(_before_report(words)) else _LEAD.sub("", words)
    # 塘山乡人民政府信息公开工作 is cut before 政府信息公开; the 政府 belongs to the body.
    words = _before_report(words)
    words = _OFFICE_OF.sub(r"\1", words) if words.endswith(("办", "办公", "室")) else words
    words += "政府" if words.endswith("人民") else ""
    if national := _NATIONAL.fullmatch(words):
        return Body(national.group(1), "department", (), national.group(1), national=True)
    if not 2 <= len(words) <= 44 or _NO_BODY.search(words):
        return None
    regions, rest = _leading_region(words)
    lead = None if regions else _LEAD_BEFORE_NAME.match(words)
    if lead:
        inner = words[lead.end() :]
        regions, rest = _leading_region(inner)
        words, rest = (inner, rest) if regions else (words, words)
    if regions and (rest == "" or _GOVERNMENT.fullmatch(rest)):
        return Body(words, "government", regions, rest)
    letter = words[0] if not regions and words[0] in "省市县区州旗" else ""
    core = rest[1:] if letter else rest
    if letter and _GOVERNMENT.fullmatch(core):
        return Body(words, "government", (), core, letter) if core else None
    return _lower_body(words, regions, core, letter)


def _lower_body(words: str, regions: tuple[Region, ...], core: str, letter: str) -> Body | None:
    """A township or a department."""
    bare = _OFFICE.sub("", core)
    if _TOWNSHIP_ALONE.fullmatch(bare):
        return None
    if _TOWNSHIP.fullmatch(bare) and not re.search("局|委员会|中心", bare):
        return Body(words[: len(words) - len(core) + len(bare)], "township", regions, bare, letter)
    is_department = _DEPARTMENT.fullmatch(core) and len(core) >= 3 and not _OFFICE_ALONE.fullmatch(core)
    if is_department or (regions and _OF_SHORT_NAME.fullmatch(core)):
        return Body(words, "department", regions, core, letter)
    return None


def _before_report(words: str) -> str:
    """The words up to the year or the report's name (富源县 of 富源县2017年度政府信息公开年度报告), or behind a year that leads."""
    start = 0
    for match in _CUT.finditer(words):
        if match.start() > start:
            return words[start : match.start()]
        start = match.end()
    return words[start:]


def _leading_region(words: str) -> tuple[tuple[Region, ...], str]:
    """The regions that stand at the start, one below the other, as the last of them, and what follows."""
    regions: tuple[Region, ...] = ()
    end = 0
    for mention in find_mentions(words):
        if mention.start != end:
            break
        regions, end = mention.candidates, mention.end
    rest = words[end:]
    if not regions:
        regions, rest = _short_lead(words)
    branch = re.search(r"局([一-鿿]{2,4})分局$", rest) if regions and rest.endswith("分局") else None
    if branch:
        regions = _branch(regions, branch.group(1)) or regions
    return regions, rest


def _short_lead(words: str) -> tuple[tuple[Region, ...], str]:
    """The region that a zone, a customs house and the like are named after without its kind (重庆合川工业园区), and what follows it."""
    regions: tuple[Region, ...] = ()
    end = 0
    while end < len(words):
        found = _short_region(words, end, regions)
        if not found:
            break
        regions, end = found
    return regions, words[end:]


def _short_region(words: str, start: int, above: tuple[Region, ...]) -> tuple[tuple[Region, ...], int] | None:
    """The longest short name at a place, of a region below those above it, and its end."""
    for end in (start + 4, start + 3, start + 2):
        regions = short_mention(words[start:end])
        regions = tuple(r for r in regions if r.region_code.startswith(_digits(above))) if above else regions
        if regions and _OF_SHORT_NAME.fullmatch(words, end):
            return regions, end
    return None


def _branch(above: tuple[Region, ...], short: str) -> tuple[Region, ...]:
    """The district that a branch office is named after (上海市公安局长宁分局)."""
    held = index()
    rows = held.by_short.get(short, held.by_name.get(short, ()))
    return tuple(r for r in rows if r.region_code.startswith(_digits(above)))


def _digits(above: tuple[Region, ...]) -> tuple[str, ...]:
    """What the codes of regions below them begin with."""
    return tuple({r.region_code[:2] if r.level == "province" else r.region_code[:4] for r in above})
