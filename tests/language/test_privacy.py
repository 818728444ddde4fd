"""What is masked in what is published, and what is not. People, bodies, numbers and addresses are made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.language.privacy import any_private, mask

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
PEOPLE = {
    "申请人张某某对答复不服。": "张某某",
    "申请人张大山对答复不服,申请行政复议。": "张大山",
    "申请人:欧阳小山,女。": "欧阳小山",
    "当事人王小河向本机关提出申请。": "王小河",
    "来信人高某反映水价问题。": "高某",
    "投诉人姓名:马小川 电话": "马小川",
    "原告刘某诉东山县人民政府一案。": "刘某",
    "李小溪诉青川州自然资源局政府信息公开案,判决维持。": "李小溪",
    "王某某等12人不服东山县人民政府答复。": "王某某",
    "村民赵大海要求公开征地补偿标准。": "赵大海",
    "市民何某咨询社保。": "何某",
    "申请人阿里木·买买提要求公开。": "阿里木·买买提",
}
HOMES = {
    "经查,住户为河西路12号3栋2单元401室。": "河西路12号3栋2单元401室",
    "坐落于青川州东山县河西小区3栋2单元401室的房屋。": "青川州东山县河西小区3栋2单元401室",
    "寄往柳树村3组12号。": "柳树村3组12号",
    "寄往东山县柳树乡大河村三组12号。": "东山县柳树乡大河村三组12号",
}
CONTACT_PEOPLE = {
    "联系人:李小林,电话见网站。": "李小林",
    "填报人:高大明 联系电话": "高大明",
    "经办人:王小云、马小雨。": "王小云、马小雨",
}
NO_PEOPLE = [
    "申请人何时提出申请均可。",
    "申请人陈述的理由不成立。",
    "申请人高度关注办理情况。",
    "申请人应当向行政机关提供身份证明。",
    "申请人对答复不服的,可以申请行政复议。",
    "申请人可以向青川州人民政府提出。",
    "申请人许可证的申请,答复3件。",
    "申请人曾多次要求公开。",
    "当事人双方达成和解。",
    "被申请人张家县人民政府作出答复。",
    "不服青川州自然资源局答复的复议3件。",
    "公民不服政府决定提起的诉讼3件,败诉1件。",
    "何人投诉、马上答复。",
    "副县长张大山主持会议,局长李小林出席。",
    "县委书记王小河、县长赵大海任组长。",
    "青川州人民政府石河街道办事处。",
    "黄河水利委员会、金山县人民政府、高新区管委会、白云区政府。",
    "依据《中华人民共和国行政诉讼法》《中华人民共和国民法典》。",
    "居民石油公司、群众文化馆、职工陶瓷厂、村民小组12个。",
    "柳树村3组道路硬化12公里,河西小区3栋2单元加装电梯。",
    "按照青政办发〔2019〕12号文件,在人民路新建5号楼12栋。",
    "联系人:办公室。受理机构:信息公开科。",
    "学生资助、家长学校、老人服务中心公开3条。",
]
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


@pytest.mark.parametrize(("text", "secret"), (PEOPLE | HOMES).items())
def test_names_and_homes_of_people_are_masked_however_they_are_spoken_of(text: str, secret: str) -> None:
    told = mask(text)
    assert secret not in told
    assert told == mask(text, contacts=True)
    changed = "".join(old for old, new in zip(text, told, strict=True) if old != new)
    assert changed in (secret, secret.replace("·", ""))


@pytest.mark.parametrize(("text", "secret"), CONTACT_PEOPLE.items())
def test_who_answers_for_an_office_is_masked_unless_asked_for(text: str, secret: str) -> None:
    told = mask(text)
    assert [part for part in secret.split("、") if part in told] == []
    assert mask(text, contacts=True) == text


@pytest.mark.parametrize("text", NO_PEOPLE)
def test_posts_bodies_laws_and_ordinary_words_stay(text: str) -> None:
    assert mask(text) == text


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


@pytest.mark.parametrize("text", [*PRIVATE, *PEOPLE, *HOMES, *CONTACT_PEOPLE, *OFFICE])
@pytest.mark.parametrize("end", ["", "。"])
def test_what_is_private_in_one_of_many_texts_is_found_wherever_it_stands(text: str, end: str) -> None:
    text = text.rstrip("。") + end
    for several in (["东山县", text, "号"], [text, "县人民政府"], ["申请人", "3", text]):
        assert any_private(several)


def test_texts_that_are_searched_together_are_not_read_as_one() -> None:
    assert not any_private([*NO_PEOPLE, *PUBLIC])
    assert not any_private(["手机", "13", "电话", "申请人", "王小河", "家住", "河西路12", "号3栋", "联系人:"])


def test_what_is_private_is_found_again_among_texts_that_were_searched_before() -> None:
    plain = ["不予公开 | 自然人 | 3", "申请人 | 12345"]
    for contacts, private in ((False, ["电话8123456"]), (True, ["身份证号110101199003071234"])):
        for _ in range(2):
            assert not any_private(plain, contacts=contacts)
            assert any_private([*plain, *private], contacts=contacts)
    assert not any_private(["电话8123456"], contacts=True)
    assert any_private(["电话8123456"])


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789-@.()电话手机住在址:,。号 １Xagov", max_size=60))
def test_masking_moves_nothing(text: str) -> None:
    told = mask(text)
    assert len(told) == len(text)
    assert all(new in (old, "*") for old, new in zip(text, told, strict=True))
