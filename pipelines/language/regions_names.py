"""What a region is called in short. Here: how a name divides into itself and its kind; not here: which regions there
are.
"""

from __future__ import annotations

import re

_AUTONOMOUS_REGIONS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}

_AUTONOMOUS = re.compile(r"自治[州县旗]$")
# Peoples as they stand in names of autonomous regions; most are printed with 族, a few without.
_PEOPLES = re.compile(
    r"(?:各族|(?:壮|满|回|苗|维吾尔|土家|彝|蒙古|藏|布依|侗|瑶|白|哈尼|哈萨克|黎|傣|畲|傈僳|仡佬|东乡|拉祜|水|佤|纳西|羌|土|仫佬"
    r"|锡伯|柯尔克孜|达斡尔|景颇|毛南|撒拉|布朗|塔吉克|普米|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|朝鲜)族|蒙古|哈萨克|柯尔克孜"
    r"|塔吉克|锡伯)$"
)
# The longer kind first, where enough of a name remains: 浦东 of 浦东新区, but 清新 of 清新区.
_KIND = re.compile(r"(?<=..)(?:特别行政区|地区|林区|特区|新区|[省市区县盟旗])$")
# 旗 is part of the name where a banner is told from its sisters by position or colour (阿拉善左旗, 科尔沁左翼中旗,
# 正蓝旗).
_SISTER_BANNER = re.compile(r"(?:[左右前后中]|[正镶].)旗$|^[正镶]..?旗$")


def short_name(name: str) -> str:
    """The name without its kind, 南川 for 南川区; the name itself where less than two characters would remain (忠县,
    城区).
    """
    if name in _AUTONOMOUS_REGIONS:
        return _AUTONOMOUS_REGIONS[name]
    if _AUTONOMOUS.search(name):
        return _without_peoples(_AUTONOMOUS.sub("", name))
    if _SISTER_BANNER.search(name):
        return name
    short = _KIND.sub("", name, count=1)
    return _without_peoples(short) if name.endswith("族区") else short


def aliases(name: str) -> tuple[str, ...]:
    """Usual shorter forms that keep the kind: 伊犁州 for 伊犁哈萨克自治州, 石柱县 for 石柱土家族自治县."""
    if not _AUTONOMOUS.search(name):
        return ()
    return (short_name(name) + name[-1],)


def _without_peoples(name: str) -> str:
    """积石山保安族东乡族撒拉族 → 积石山; where a people is all there is, the people (东乡族 → 东乡, 鄂温克族 →
    鄂温克).
    """
    while True:
        rest = _PEOPLES.sub("", name)
        if len(rest) < 2:
            return name.removesuffix("族") if len(name) > 2 else name
        if rest == name:
            return name
        name = rest
