"""Whose report it is. The places are real, since their codes are at stake; every sentence and figure is made up
for the test.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.identity import Identity, identify
from pipelines.reading import dispatch
from pipelines.reading.document import Document

SHARED = Path(__file__).resolve().parents[3] / "shared"
LAW = "根据《中华人民共和国政府信息公开条例》编制本报告。"


def of(text: str, path: str = "", **metadata: str) -> Identity:
    return identify(Document(text=text, kind="txt", metadata=metadata), path)


@pytest.mark.parametrize(
    ("text", "code", "kind", "level", "body"),
    [
        ("富源县2016年政府信息公开工作年度报告\n" + LAW, "530325", "government", "county", "富源县人民政府"),
        ("2016年,我区加强公开。《南川日报》刊登4次,南川区人民政府公报出刊6期。", "500119", "government", "county", "重庆市南川区人民政府"),
        ("本报告由金昌市人民政府办公室编制。", "620300", "government", "prefecture", "金昌市人民政府办公室"),
        ("本年报由上海市公安局长宁分局编制。", "310105", "department", "county", "上海市公安局长宁分局"),
        ("现公布长安区砲里街道2022年政府信息公开工作年度报告。", "610116", "township", "township", "长安区砲里街道办事处"),
        ("南薰乡2014年政府信息公开年度报告\n我乡公开9条。", "512021", "township", "township", "南薰乡人民政府"),
        ("紫金县凤安镇人民政府\n2012年政府信息公开年度报告", "441621", "township", "township", "紫金县凤安镇人民政府"),
        ("索引号: 1\n发布机构: 市财政局\n政府信息公开年报\n诸暨市公开了3条,市财政局公开2条。", "330681", "department", "county", "诸暨市财政局"),
        ("2020年,在区委、区政府领导下,区教育局认真公开。罗江区各校均有公开栏。", "510604", "department", "county", "德阳市罗江区教育局"),
        ("水利部2020年政府信息公开工作年度报告\n地址:北京市西城区某路2号", None, "department", None, "水利部"),
        ("阿坝州人民政府办公室2016年政府信息公开工作年度报告", "513200", "government", "prefecture", "阿坝州人民政府办公室"),
        ("本溪市人民政府2016年政府信息公开工作年度报告", "210500", "government", "prefecture", "本溪市人民政府"),
        ("和县人民政府2016年政府信息公开工作年度报告", "340523", "government", "county", "和县人民政府"),
        ("全州县人民政府2016年政府信息公开工作年度报告", "450324", "government", "county", "全州县人民政府"),
        ("2014年,塘山乡人民政府信息公开工作紧紧围绕大局。", "360426", "township", "township", "塘山乡人民政府"),
        ("由州政府办公室综合各县报告编制。阿坝州公开9条。", "513200", "government", "prefecture", "阿坝藏族羌族自治州人民政府办公室"),
        ("运城经济技术开发区 2020年政府信息公开年度报告\n在运城市政府网站公开9条。", "140800", "department", "prefecture", "运城经济技术开发区"),
        ("重庆合川工业园区管理委员会\n2020年政府信息公开工作年度报告\n重庆市公开。", "500117", "department", "county", "重庆合川工业园区管理委员会"),
        ("东湖新技术开发区管理委员会2020年政府信息公开年度报告", None, "department", None, "东湖新技术开发区管理委员会"),
        ("现公布永川工业园区管理委员会2020年度政府信息公开年报\n永川区公开。", "500118", "department", "county", "永川工业园区管理委员会"),
        ("现公布湛江海关关区2022年政府信息公开工作年度报告。", "440800", "department", "prefecture", "湛江海关关区"),
        ("海关总署(本级机关)2020年政府信息公开工作年度报告\n请联系海关总署办公厅,地址:北京市东城区某街6号。", None, "department", None, "海关总署"),
        ("请与资阳市同城化发展工作局办公室联系。我局2022年公开8条。", "512000", "department", "prefecture", "资阳市同城化发展工作局"),
        ("请与钟楼区南大街街道办公室联系。\n2024年,街道办事处深入公开。常州市公开。", "320404", "township", "township", "钟楼区南大街街道办事处"),
        ("2022年,区政府办公室认真执行《武汉市政府信息公开规定》。", None, "government", None, "区人民政府办公室"),
        ("我局在管委会网站公开,在管委会网站政府信息公开栏目设专栏。", None, "department", None, None),
        ("中山大学2021—2022学年信息公开年度报告\n统计期限为2021年9月1日到2022年8月31日。", None, "department", None, "中山大学"),
        ("结合实际,盐田区水务局编制了2024年度政府信息公开工作年度报告。", "440308", "department", "county", "深圳市盐田区水务局"),
        ("請(qǐng)與開平市農(nóng)業(yè)農(nóng)村局辦公室聯(lián)系。我局2020年公開3條。", "440783", "department", "county", "开平市农业农村局"),
        ("现将2008年度与儿街镇政府信息公开年度报告公布如下。", "341525", "township", "township", "与儿街镇人民政府"),
        ("2010年,我办在樂山市政府網站公开27条。", "511100", "department", "prefecture", None),
        ("没有地名的一句话,公开信息8条。", None, None, None, None),
    ],
)  # fmt: skip
def test_region_and_body_are_told(text: str, code: str | None, kind: str, level: str, body: str) -> None:
    found = of(text)
    assert (found.region_code, found.body_kind, found.level, found.body) == (code, kind, level, body)


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("南京市下关区2011年政府信息公开工作年度报告", "320107", "江苏省南京市下关区"),
        ("襄樊市2008年政府信息公开工作年度报告", "420600", "湖北省襄樊市"),
        ("襄阳市2012年政府信息公开工作年度报告", "420600", "湖北省襄阳市"),
        ("巢湖市居巢区2009年政府信息公开工作年度报告", "341402", "安徽省巢湖市居巢区"),
        ("巢湖市2009年政府信息公开工作年度报告", "341400", "安徽省巢湖市"),
        ("巢湖市2014年政府信息公开工作年度报告", "340181", "安徽省合肥市巢湖市"),
        ("杭州市下城区2018年政府信息公开工作年度报告", "330103", "浙江省杭州市下城区"),
        ("普洱市2008年政府信息公开工作年度报告", "530800", "云南省普洱市"),
        ("芜湖市繁昌区政府信息公开\n繁昌县2012年政府信息公开工作年度报告", "340222", "安徽省芜湖市繁昌县"),
        ("石河子市2015年政府信息公开工作年度报告", "659001", "新疆维吾尔自治区石河子市"),
        ("伊宁县2014年政府信息公开工作年度报告", "654021", "新疆维吾尔自治区伊犁哈萨克自治州伊宁县"),
    ],
)
def test_a_region_has_the_code_and_name_of_the_reports_year(text: str, code: str, name: str) -> None:
    found = of(text)
    assert (found.region_code, found.region_name) == (code, name)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("鼓楼区2018年政府信息公开工作年度报告\n按照徐州市要求公开。", "320302"),
        ("鼓楼区2018年政府信息公开工作年度报告\n按照福州市要求公开。", "350102"),
        ("鼓楼区2018年政府信息公开工作年度报告\n" + LAW, None),
        ("朝阳区2016年政府信息公开工作年度报告\n请与北京市朝阳区办公室联系。", "110105"),
        ("朝阳县2016年政府信息公开工作年度报告", "211321"),
        ("西湖区2020年政府信息公开工作年度报告\n落实江西省和南昌市的要求。", "360103"),
    ],
)
def test_a_shared_name_is_settled_by_what_the_text_names_or_left_open(text: str, code: str | None) -> None:
    assert of(text).region_code == code


@pytest.mark.parametrize(
    ("text", "year", "title_year", "published"),
    [
        # A title kept from the year before, signed late in the year that the figures are about.
        (
            "富源县2015年度政府信息公开年度报告\n2016-01-20\n截至2016年7月公开30条。2016年承办建议8件。2016年培训2次。\n"
            "富源县人民政府办公室\n2016年12月20日",
            2016, 2015, "2016-12-20",
        ),
        ("富源县政府信息公开年度报告\n本报告数据统计期限自2018年1月1日起至12月31日止。\n富源县人民政府\n2019年3月5日", 2018, None, "2019-03-05"),
        ("富源县政府信息公开年度报告\n公开30条。\n富源县人民政府\n2019年3月5日", 2018, None, "2019-03-05"),
        ("富源县二〇一二年政府信息公开年度报告\n公开30条。\n富源县人民政府\n二〇一三年三月十五日", 2012, 2012, "2013-03-15"),
        ("富源县2012年工作总结\n2012年我县公开3条。\n2013年,我们将继续。2013年计划培训4次。2013年安排5次。", 2012, None, None),
        ("富源县2014年政府信息公开年度报告\n落实国办发〔2013〕100号、云政发〔2013〕9号文件。", 2014, 2014, None),
        ("富源县2014年政府信息公开年度报告\n发布日期:2015-02-30 浏览:8", 2014, 2014, None),
        ("富源县2014年政府信息公开年度报告\n发布日期:2015-02-10 浏览:8", 2014, 2014, "2015-02-10"),
        ("富源县政府信息公开年度报告\n统计时间为2024年1月1日至2024年12月31日。", 2024, None, None),
    ],
)  # fmt: skip
def test_years_and_date_are_told_apart(text: str, year: int, title_year: int | None, published: str | None) -> None:
    found = of(text)
    assert (found.report_year, found.title_year, found.published_on) == (year, title_year, published)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "首页 > 政府信息公开年报\n富源县2016年政府信息公开工作\n年度报告\n" + LAW,
            "富源县2016年政府信息公开工作年度报告",
        ),
        ("富源县人民政府2016年\n政府信息公开工作年度报告\n" + LAW, "富源县人民政府2016年政府信息公开工作年度报告"),
        ("富源县教育局2024年度政府\n信息公开工作年度报告\n" + LAW, "富源县教育局2024年度政府信息公开工作年度报告"),
        ("关键字: 富源县2016年政府信息公开工作年度报告\n" + LAW, "富源县2016年政府信息公开工作年度报告"),
        ("富源县2016年政府信息公开工作年度报告.pdf\n" + LAW, None),
        ("一、概述\n四、政府信息公开收费及减免情况\n没有收费。", None),
    ],
)
def test_the_title_is_the_line_that_is_one(text: str, title: str | None) -> None:
    assert of(text).title == title


def test_what_the_page_says_of_itself_is_heard() -> None:
    found = of("公开30条。", title="富源县2016年政府信息公开工作年度报告_政府网", published_on="2017-03-01")
    assert (found.title, found.region_code, found.published_on) == (
        "富源县2016年政府信息公开工作年度报告",
        "530325",
        "2017-03-01",
    )


def test_the_path_speaks_only_where_the_text_is_silent() -> None:
    assert of("公开30条。", "云南省/富源/2016.txt").region_code == "530325"
    assert of("公开30条。", "云南省/富源/2016.txt").report_year == 2016
    assert of("金昌市2018年政府信息公开工作年度报告", "富源县/2016.txt").region_code == "620300"
    assert of("鼓楼区2018年政府信息公开工作年度报告", "徐州市/a.txt").region_code == "320302"


GOLD = sorted([*(SHARED / "gold").glob("*.jsonl"), *(SHARED / "gold" / "forms").glob("*.jsonl")])


@pytest.mark.skipif(not GOLD, reason="the labelled reports in ../shared are not here")
@pytest.mark.parametrize("labels", GOLD, ids=lambda path: path.stem)
def test_the_labelled_reports_come_out_right(labels: Path) -> None:
    with labels.open(encoding="utf-8") as lines:
        gold = json.loads(next(lines))
    found = identify(dispatch.read(next((SHARED / "reports").glob(f"{labels.stem}.*"))))
    assert (found.region_code, found.region_name) == (gold["region_code"], gold["region"])
    assert (found.report_year, found.published_on) == (gold["year"], gold["published"])
    assert found.body == gold["organ"]


PIECES = "江苏省 鼓楼区 和县 我镇 我局 由 编制 2018年 二〇一八年 政府信息公开 年度报告 2018-02-31 太平镇 发布机构: 日报 市财政局"
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from([*PIECES.split(), "\n", "〔", "(", "|", " "]), max_size=60).map("".join),
)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_gives_an_identity_that_holds_together(text: str, path: str) -> None:
    found = of(text, path, title=path[:50])
    assert (found.region_code is None) == (found.region_name is None)
    assert found.level in {None, "province", "prefecture", "county", "township"}
    assert found.body_kind in {None, "government", "department", "township"}


@pytest.mark.parametrize(
    "piece", ["鼓楼区朝阳区", "我镇太平镇人民政府", "2018年", "由", "|", "\n", "日报", "2018-01-01\n", "我区全县"]
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        document = Document(text=piece * (length // len(piece)), kind="txt")
        started = time.perf_counter()
        identify(document)
        return time.perf_counter() - started

    seconds(1_000)
    assert seconds(160_000) < 40 * (seconds(20_000) + 0.01)  # 8 times the text; quadratic would be 64 times
