"""HTML as sites serve it: the report without what surrounds it, its tables whole, what the page says of itself."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading import Document, ReadingError
from pipelines.reading.dispatch import read_bytes

from .conftest import check_promises, rows_of
from .writers import PROSE, html_page, html_table

Read = Callable[[bytes | str, str], Document]
FORM = html_table([["信息内容", "制发件数", "废止件数"], ["规章", "1", ""], ["行政规范性文件", "12", "/"]])
GRID = [["信息内容", "制发件数", "废止件数"], ["规章", "1", ""], ["行政规范性文件", "12", "/"]]


def prose_of(document: Document) -> str:
    return "\n".join(document.text[b.start : b.end] for b in document.blocks if b.kind in ("heading", "paragraph"))


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "gbk", "iso-8859-1", "nonsense", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_characters_are_right_whatever_the_page_declares(declared: str, encoding: str, read_as: Read) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    assert read_as(html_page(f"<p>{PROSE}</p>", head).encode(encoding), ".html").text.strip() == PROSE


def test_navigation_scripts_hidden_parts_and_footers_stay_out_and_the_form_stays_in(read_as: Read) -> None:
    links = "<ul>" + "".join(f"<li><a href='#'>栏目{i}</a></li>" for i in range(30)) + "</ul>"
    page = f"""<div class="nav">{links}</div><div id="wza">无障碍浏览 语音播报</div>
      <div class="crumbs">当前位置：<a>首页</a> &gt; <a>年报</a></div>
      <form><table><tr><td width=200>{links}</td><td><h1>青川州2022年政府信息公开工作年度报告</h1>
      <div class="article"><p>{PROSE * 4}</p>{FORM}</div></td></tr></table></form>
      <div style="display:none">隐藏的口令 77</div><script>var n = "88 条"</script><!-- 99 条 -->
      <div class="footer"><p>版权所有：青川州人民政府，联系电话 000-0000，网站标识码 123。</p></div>"""
    document = read_as(html_page(page), ".html")
    assert rows_of(document) == GRID
    assert PROSE in document.text
    assert not any(word in document.text for word in ("栏目", "无障碍", "当前位置", "口令", "88", "99", "版权"))


def test_tables_in_separate_parts_of_the_page_are_all_kept(read_as: Read) -> None:
    page = f"<div><div>{PROSE * 30}</div><div class='tab'>{FORM}</div><div class='bottom'>{FORM}</div></div>"
    assert [rows_of(read_as(html_page(page), ".html"), i) for i in range(2)] == [GRID, GRID]


def test_layout_table_flows_and_the_data_table_within_it_is_a_table(read_as: Read) -> None:
    page = f"<table><tr><td><p>{PROSE}</p><table><tr><td>{FORM}</td></tr></table></td></tr></table>"
    document = read_as(html_page(page), ".html")
    assert len(document.tables) == 1
    assert rows_of(document) == GRID
    assert prose_of(document) == PROSE


def test_word_processor_html_gives_whole_labels_numbers_and_sentences(read_as: Read) -> None:
    cell = "<td><p class=MsoNormal><span>{}<o:p></o:p></span></p></td>"
    row = (
        "<tr>"
        + cell.format("（三）不予\n  公<span>开</span>")
        + cell.format("<span>1</span><span>136</span>")
        + "</tr>"
    )
    words = "<p><span>全年公</span><span>开</span>\n<span lang=EN-US>5\n</span><span>条，收</span>到\r\n申请。</p>"
    document = read_as(html_page(f"<table>{row}{row}</table>{words}{PROSE}"), ".html")
    assert rows_of(document)[0] == ["（三）不予公开", "1136"]
    assert "全年公开5条，收到申请。" in document.text


def test_two_figures_in_paragraphs_of_one_cell_do_not_become_one(read_as: Read) -> None:
    page = html_table([["甲", "<p>10</p><p>20</p>"], ["乙<br>丙", "3"]])
    assert rows_of(read_as(html_page(page + PROSE), ".html")) == [["甲", "10 20"], ["乙丙", "3"]]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("<p>\n <span>\n12</span> </p>\n", "12"),
        ("1<!-- 9 -->2", "12"),
        ("<p>10</p>20", "10 20"),
        ("<p><span>10</span>，</p><b>20</b>", "10，20"),
        ("<p>甲<script>9</script>乙</p>", "甲乙"),
        ("甲<table><tr><td>9</td></tr></table>乙", "甲乙"),
        ("<p><table><tr><td>9</td></tr></table></p>", ""),
    ],
)
def test_a_cell_is_its_own_text_however_it_is_wrapped(cell: str, wanted: str, read_as: Read) -> None:
    page = html_table([["类别", "件数", "说明"], ["甲", "1", "2"], ["乙", cell, "3"], ["丙", "4", "5"]])
    assert rows_of(read_as(html_page(page + PROSE), ".html"))[2] == ["乙", wanted, "3"]


@pytest.mark.parametrize("attributes", ["style='Display : NONE'", "hidden", "id=foot", "class='page nav_1'"])
def test_an_element_is_left_out_for_what_its_attributes_say(attributes: str, read_as: Read) -> None:
    page = f"<p>{PROSE}</p><div {attributes}>口令</div><div style='x:none' id=nave>正文</div><p>{PROSE}</p>"
    assert prose_of(read_as(html_page(page), ".html")).split("\n") == [PROSE, "正文", PROSE]


def test_spans_place_cells_and_absurd_spans_are_cut_to_the_table(read_as: Read) -> None:
    page = """<table><tr><td rowspan=2>类别</td><td colspan="2">申请人</td></tr><tr><td>自然人</td><td>总计</td></tr>
      <tr><td rowspan=9999>新收</td><td>1</td><td colspan=10000>2</td></tr>
      <tr><td colspan='x' rowspan='-3'>3</td><td>4</td></tr></table>"""
    rows = rows_of(read_as(html_page(page + PROSE), ".html"))
    assert rows == [["类别", "申请人", "申请人"], ["类别", "自然人", "总计"], ["新收", "1", "2"], ["新收", "3", "4"]]


def test_page_says_title_issuer_index_and_date(read_as: Read) -> None:
    bar = "<table><tr><td>索 引 号：</td><td>QC0-2023-001</td><td>发布机构：</td><td>青川州人民政府</td></tr>"
    bar += "<tr><td>名　　称：</td><td>青川州2022年年报</td><td>发布日期：</td><td>2023年1月9日</td></tr></table>"
    document = read_as(html_page(bar + f"<p>{PROSE}</p>"), ".html")
    assert document.metadata == {
        "title": "青川州2022年年报",
        "issuer": "青川州人民政府",
        "index_number": "QC0-2023-001",
        "published_on": "2023-01-09",
    }
    assert document.tables == ()
    assert {b.kind for b in document.blocks} == {"furniture", "paragraph"}


@pytest.mark.parametrize("filler", [0, 400])
@pytest.mark.parametrize(
    ("bar", "wanted"),
    [
        ("<p>发布日期<!-- x -->：2023-01-09</p>", "2023-01-09"),
        ("<li>发布日期</li><li></li><li>2023-01-09</li>", "2023-01-09"),
        ("<li><b>发布</b>日期</li><li>2023-01-09</li>", "2023-01-09"),
        ("<li>发布</li><li>日期：2023-01-09</li>", "2023-01-09"),
        ("<li><i>发</i><i>布日</i></li><li>期：2023-01-09</li><li>开发</li>", "2023-01-09"),
        ("<li>发</li><li>布</li><li>日期</li><li>2023-01-09</li>", "2023-01-09"),
        ("<li>发</li><li>其他</li><li>布时间：2023-01-09</li>", None),
        ("<li>发布日期</li><li>正文</li><li>2023-01-09</li>", None),
        (f"<p>{'某' * 400}发布日期：2023-01-09</p>", None),
    ],
    ids=[
        "comment",
        "blank between",
        "bold",
        "torn",
        "torn twice",
        "in three",
        "torn apart",
        "other between",
        "in a long text",
    ],
)
def test_a_label_and_its_value_may_stand_in_lines_one_after_the_other(
    bar: str, wanted: str | None, filler: int, read_as: Read
) -> None:
    page = f"<p>{PROSE}</p>{bar}" + f"<p>{PROSE}</p>" * (filler + 1)
    assert read_as(html_page(page), ".html").metadata.get("published_on") == wanted


def test_meta_elements_speak_before_the_page(read_as: Read) -> None:
    head = '<title>年报_青川州门户网站</title><meta name="ArticleTitle" content="青川州年报">'
    head += '<meta name="PubDate" content="2023-01-09 08:00">'
    document = read_as(html_page(f"<p>{PROSE}</p>", head), ".html")
    assert (document.metadata["title"], document.metadata["published_on"]) == ("青川州年报", "2023-01-09")


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("青川州年度报告_青川州门户网站", "青川州年度报告"),
        ("青川州门户网站", None),
        ("2022年年报 - 青川州", "2022年年报"),
    ],
)
def test_title_of_the_site_is_none_of_the_report(title: str, wanted: str | None, read_as: Read) -> None:
    line = "<p>发布时间：2023-01-09 来源：青川州人民政府 字号：大 中 小</p>"
    document = read_as(html_page(f"{line}<p>{PROSE}</p>", f"<title>{title}</title>"), ".html")
    assert document.metadata.get("title") == wanted
    assert (document.metadata["published_on"], document.metadata["issuer"]) == ("2023-01-09", "青川州人民政府")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (html_page("<div>" * 100_000 + PROSE), "nested"),
        (html_page("<table>" + "<tr><td>1</td><td>2</td></tr>" * 100_000 + "</table>" + PROSE), "rows|elements"),
        (html_page("<script>load()</script><div id=app></div>"), "without a text"),
        ("<html>", "without"),
    ],
    ids=["nested", "rows", "script", "bare"],
)
def test_page_beyond_bounds_or_without_text_is_refused(page: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_bytes(page.encode(), ".html")


def test_unclosed_inline_tags_of_old_pages_are_no_nesting(read_as: Read) -> None:
    assert PROSE in read_as(html_page(f"<p><font size=2><b>{PROSE}</p>" * 400), ".html").text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "0", "31", "7730.28", "规章", "（一）予以公开", "-"]), min_size=3, max_size=6),
        min_size=3,
        max_size=12,
    )
)
def test_every_cell_of_a_table_comes_back(rows: list[list[str]]) -> None:
    rows = [["项目", "件数", "说明"], *rows]
    document = read_bytes(html_page(f"<p>{PROSE}</p>{html_table(rows)}").encode(), ".html")
    check_promises(document)
    assert [cell.text for cell in document.tables[0].cells] == [text for row in rows for text in row]
