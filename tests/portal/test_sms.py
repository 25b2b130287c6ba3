"""How long a text message is, and how a name is shortened for one."""

import pytest

from portal.sms import measure, shortened


@pytest.mark.parametrize(
    ("text", "alphabet", "used", "messages"),
    [
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("[Kaitong]", "GSM-7", 11, 1),  # a bracket takes two places
        ("开" * 70, "UCS-2", 70, 1),
        ("开" * 71, "UCS-2", 71, 2),
        ("𠮷" * 35, "UCS-2", 70, 1),  # a rare character takes two
        ("“quoted”", "UCS-2", 8, 1),
        ("", "GSM-7", 0, 1),
    ],
)
def test_places_and_messages(text, alphabet, used, messages):
    found = measure(text)
    assert (found.alphabet, found.used, found.messages) == (alphabet, used, messages)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("小满面馆", "小满面馆"),
        ("虚构市小满面馆有限责任公司", "虚构市小满面馆"),
        ("听雨区小满面馆（个体工商户）", "听雨区小满面馆"),
        ("新疆维吾尔自治区小满餐饮管理有限公司", "新疆维吾尔自治区小…"),
        ("Riverside Noodle House", "Riverside"),
        ("Unpronounceable", "Unpronounc"),
    ],
)
def test_a_name_is_shortened_kindly(name, short):
    assert shortened(name, 10) == short
