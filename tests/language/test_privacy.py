"""What is masked in what is published, and what is not. Bodies, numbers and addresses are made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.language.privacy import mask

PRIVATE = {
    "来信人手机13912345678,盼复。": "13912345678",
    "联系人王某,139 1234 5678。": "139 1234 5678",
    "电话+86-13912345678。": "+86-13912345678",
    "身份证号11010119900307123X。": "11010119900307123X",
    "申请人(110101199003071234)提出申请。": "110101199003071234",
    "身份证号码:110101900307123。": "110101900307123",
    "护照号码E12345678。": "E12345678",
    "银行卡号6222 0200 1234 5678 901。": "6222 0200 1234 5678 901",
    "请发至wang.mou_88@163.com。": "wang.mou_88@163.com",
    "QQ号:123456789。": "123456789",
    "申请人家住青川州城关镇河西路12号3栋401室,要求公开。": "青川州城关镇河西路12号3栋401室",
    "家庭住址:青川州东山县柳树乡三村。": "青川州东山县柳树乡三村",
    "王某住在河西小区3栋2单元401室。": "河西小区3栋2单元401室",
    "手机：１３９１２３４５６７８。": "１３９１２３４５６７８",
}
OFFICE = {
    "咨询电话:0999-8123456。": "0999-8123456",
    "电话(0999)81234567转801。": "(0999)81234567转801",
    "传真:8123456。": "8123456",
    "联系电话:0999—8123456、8123457。": "0999—8123456、8123457",
    "服务热线400-123-4567。": "400-123-4567",
    "电子邮箱:xxgk@qingchuan.gov.cn。": "xxgk@qingchuan.gov.cn",
    "地址:青川州城关镇人民路1号,邮编:999000。": "青川州城关镇人民路1号",
    "办公地址：青川州人民路1号 邮政编码999000": "999000",
}
PUBLIC = [
    "全年公开政府信息13912345678条。",
    "投入资金13912345678元,比上年增加1234567元。",
    "12345热线受理群众来电8123456件,电话咨询1234567人次。",
    "网址:http://www.qingchuan.gov.cn/1234567.html",
    "住房保障:新建12栋,安置居民住在建房屋300户。",
    "收到申请3件,办结3件,占100%。",
    "信函申请123456789012份。",
    "按照省政府办公厅2019年第123号文件要求。",
]


def hidden(text: str, secret: str) -> str:
    return text.replace(secret, "".join(c if c.isspace() else "*" for c in secret))


@pytest.mark.parametrize(("text", "secret"), PRIVATE.items())
def test_what_is_a_person_s_is_masked_always(text: str, secret: str) -> None:
    assert mask(text) == mask(text, contacts=True) == hidden(text, secret)


@pytest.mark.parametrize(("text", "secret"), OFFICE.items())
def test_an_office_s_contacts_are_masked_unless_asked_for(text: str, secret: str) -> None:
    told = mask(text)
    assert secret not in told
    assert len(told) == len(text)
    assert mask(text, contacts=True) == text


@pytest.mark.parametrize("text", PUBLIC)
def test_what_measures_or_names_something_stays(text: str) -> None:
    assert mask(text) == text


def test_a_number_that_was_read_stays_whatever_it_looks_like() -> None:
    text = "电话8123456,受理来电7123456。"
    assert mask(text, keep=["7123456"]) == "电话*******,受理来电7123456。"
    assert mask("电话8123456。", keep=["3"]) == "电话*******。"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789-@.()电话手机住在址:,。号 １Xagov", max_size=60))
def test_masking_moves_nothing(text: str) -> None:
    told = mask(text)
    assert len(told) == len(text)
    assert all(new in (old, "*") for old, new in zip(text, told, strict=True))
