"""Names of regions in running text: what is one, what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language.fold import fold
from pipelines.language.regions_mentions import find_mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("云南省曲靖市富源县人民政府", ["云南省", "曲靖市", "富源县"]),
        ("按照昌江县和石柱土家族自治县的做法", ["昌江县", "石柱土家族自治县"]),
        ("伊犁州与伊犁哈萨克自治州同指一处", ["伊犁州", "伊犁哈萨克自治州"]),
        ("现将富县人民政府的报告公布", ["富县"]),
        ("代县卫生健康局", ["代县"]),
        ("向社会公开县政府文件,推进各市和县(区)工作,振兴县域经济", []),
        ("改造老城区,治理矿区和郊区", []),
        ("阳泉市城区人民政府、阳泉市郊区人民政府", ["阳泉市", "城区", "阳泉市", "郊区"]),
        ("我市各区县、全省各地", []),
    ],
)
def test_names_are_found_and_look_alikes_left(text: str, names: list[str]) -> None:
    assert [m.name for m in find_mentions(text)] == names


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("江苏省徐州市鼓楼区", {"320302"}),
        ("徐州市鼓楼区", {"320302"}),
        ("鼓楼区", {"320106", "320302", "350102", "410204"}),
        ("长春市朝阳区", {"220104"}),
    ],
)
def test_a_parent_right_before_a_name_tells_which_is_meant(text: str, codes: set[str]) -> None:
    assert {r.region_code for r in find_mentions(text)[-1].candidates} == codes


@given(st.text(alphabet="江苏省南京市鼓楼区和县城郊,。 a1自治州", max_size=60))
def test_mentions_stand_in_order_and_are_the_text(text: str) -> None:
    end = 0
    for mention in find_mentions(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.name
        assert mention.candidates
        end = mention.end


@pytest.mark.parametrize("name", ["樂山市", "贛州市", "遼寧省", "寶雞市", "濰坊市", "揭陽市", "孝義市"])
def test_regions_are_named_in_traditional_characters_too(name: str) -> None:
    assert [mention.name for mention in find_mentions(fold(name))] == [fold(name)]
    assert fold(name) != name
