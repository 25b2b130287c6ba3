"""Names that may be the same: what counts, that the keys find it, and how often ordinary names are taken for others."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.formats.likeness import By, Kind, Strength, Way, alike, compare, core, keys

# Common characters of names, and the shares of the commonest surnames (per mille).
SHARES = (
    "王72 李72 张68 刘54 陈45 杨31 黄22 赵20 周19 吴19 徐16 孙15 胡13 朱12 高12 林12 何12 郭11 马11 罗9 梁8 "
    "宋8 郑8 谢8 韩7 唐7 冯6 于6 董6 萧6 程5 曹5 袁5 邓5 许5 傅5 沈5 曾5 彭5 吕5 苏5 卢5 蒋5 蔡5 贾4 丁4 魏4 "
    "薛4 叶4 阎4 余4 潘4 杜4 戴4 夏4 钟4 汪4 田4 任4 姜4 范4 方4 石4 姚4 谭4 廖4 邹4 熊4 金4 陆4 郝4 孔4 白4 "
    "崔4 康3 毛3 邱3 秦3 江3 "
)
SURNAMES = {one[0]: int(one[1:]) for one in SHARES.split()}
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲建国文辉力志峰燕波斌浩鹏飞宇婷雪琳晨阳雨欣怡佳慧梓涵轩博豪俊子萱思琪"
    "一诺可馨嘉美梦瑶天佑泽昊然紫薇晓东海云龙凤春梅兰竹松柏林森山川河江永福禄寿喜庆祥瑞安康宁和顺利达通成功胜凯歌诗画书琴棋"
)
WORDS = "小满老张大福鑫源顺达金豪美味香辣川湘百姓万家好又多红星春天阳光四季丰收永和新世纪宏图远景天成"
TRADES = ("面馆", "超市", "餐饮", "服装", "五金", "烟酒", "药房", "美发", "宾馆", "茶叶")


def people(number: int, seed: int) -> list[str]:
    """Ordinary names: surnames as they are spread, one in seven with a single given character."""
    rng = random.Random(seed)
    surnames = rng.choices(list(SURNAMES), weights=list(SURNAMES.values()), k=number)
    return [one + "".join(rng.choices(GIVEN, k=1 if rng.random() < 0.15 else 2)) for one in surnames]


def companies(number: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    forms = ("有限公司", "商行", "店")
    own = ["".join(rng.choices(WORDS, k=rng.choice((2, 3)))) for _number in range(number)]
    return [f"虚构市{one}{rng.choice(TRADES)}{rng.choice(forms)}" for one in own]


@pytest.mark.parametrize(
    ("ours", "listed", "kind", "way", "by", "strength"),
    [
        ("李伟", "李伟", "person", "same", "", "strong"),
        ("阿卜杜拉·买买提", "阿卜杜拉•买买提", "person", "same", "", "strong"),
        ("阿卜杜拉买买提", "阿卜杜拉·买买提", "person", "same", "", "strong"),
        ("李 伟", "李伟", "person", "same", "", "strong"),
        ("ＴＯＭ　Ｌｉ", "Tom Li", "person", "same", "", "strong"),
        ("李玮", "李伟", "person", "replaced", "sound", "strong"),
        ("黎玮", "李伟", "person", "replaced", "sound", "medium"),
        ("李己", "李已", "person", "replaced", "shape", "strong"),
        ("末小土", "未小士", "person", "replaced", "shape", "medium"),
        ("张士", "张土", "person", "replaced", "shape", "strong"),
        ("刘伟", "牛伟", "person", "replaced", "near", "strong"),
        ("单小明", "山小明", "person", "replaced", "sound", "strong"),  # 单 is also read shan
        ("仇和", "求和", "person", "replaced", "sound", "strong"),
        ("李偉", "李伟", "person", "replaced", "sound", "strong"),  # the traditional character
        ("王小明", "王小红", "person", "replaced", "other", "weak"),
        ("阿卜杜拉", "阿卜杜红", "person", "replaced", "other", "medium"),
        ("李明晓", "李晓明", "person", "swapped", "", "medium"),
        ("伟李", "李伟", "person", "swapped", "", "medium"),
        ("李伟强", "李伟", "person", "added", "", "weak"),
        ("李伟", "李伟强", "person", "dropped", "", "weak"),
        ("Li Wei", "李伟", "person", "spelled", "", "medium"),
        ("虚构市小满面馆有限责任公司", "虚构市小满面馆", "company", "same", "", "strong"),
        ("虚构市小满面馆（个体工商户）", "虚构市小满面馆商行", "company", "same", "", "strong"),
        ("虚构市小满餐饮（集团）股份有限公司", "虚构市小满餐饮公司", "company", "same", "", "strong"),
        ("虚构市小福面馆", "虚构市小满面馆有限公司", "company", "replaced", "other", "weak"),
        ("虚构市小满百味园面馆", "虚构市小满千味园面馆", "company", "replaced", "other", "medium"),
        ("Xiaoman Noodles Co., Ltd.", "Xiaoman Noodles", "company", "same", "", "strong"),
    ],
)
def test_what_counts(ours, listed, kind, way, by, strength):
    found = compare(ours, listed, kind)
    assert (found.way, found.by, found.strength) == (way, by, strength)
    assert keys(ours, kind) & keys(listed, kind), "and the index finds it"


@pytest.mark.parametrize(
    ("ours", "listed", "kind"),
    [
        ("李伟", "王伟", "person"),
        ("李伟", "李强", "person"),
        ("李伟", "李", "person"),
        ("王小明", "王大红", "person"),
        ("李晓明", "明李晓", "person"),
        ("", "李伟", "person"),
        ("···", "李伟", "person"),
        ("虚构市小满面馆有限公司", "虚构市大福超市有限公司", "company"),
        ("Tom Li", "李伟", "person"),
    ],
)
def test_what_does_not(ours, listed, kind):
    assert compare(ours, listed, kind) is None


def test_a_form_of_company_alone_is_still_a_name():
    assert core("公司", Kind.COMPANY) and core("商行店", Kind.COMPANY)
    assert core("刘公司", Kind.PERSON) == "刘公司"


NAMES = st.text(st.sampled_from(GIVEN + "".join(SURNAMES)), min_size=3, max_size=6)


@given(NAMES, st.sampled_from(GIVEN + "".join(SURNAMES)), st.data())
def test_one_changed_character_is_always_found(listed, other, data):
    place = data.draw(st.integers(0, len(listed) - 1))
    changed = listed[:place] + other + listed[place + 1 :]
    assert compare(changed, listed, "person") and keys(changed, "person") & keys(listed, "person")


@given(NAMES, st.sampled_from(GIVEN), st.data())
def test_one_more_one_less_and_two_swapped_are_always_found(listed, other, data):
    place = data.draw(st.integers(0, len(listed) - 2))
    more = listed[:place] + other + listed[place:]
    less = listed[:place] + listed[place + 1 :]
    swapped = listed[:place] + listed[place + 1] + listed[place] + listed[place + 2 :]
    for changed in (more, less, swapped):
        assert compare(changed, listed, "person") and keys(changed, "person") & keys(listed, "person"), changed


@given(st.sampled_from(list(SURNAMES)), st.sampled_from(GIVEN), st.sampled_from(GIVEN))
def test_of_two_characters_one_that_sounds_or_looks_alike_is_found(surname, listed, other):
    found = compare(surname + other, surname + listed, "person")
    assert bool(found) == (listed == other or alike(listed, other) is not By.OTHER)
    assert not found or keys(surname + other, "person") & keys(surname + listed, "person")


@given(NAMES, NAMES)
def test_what_is_alike_has_a_key_in_common(one, other):
    if compare(one, other, "person"):
        assert keys(one, "person") & keys(other, "person")


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(Kind))
def test_no_text_breaks_it(one, other, kind):
    found = compare(one, other, kind)
    assert not found or keys(one, kind) & keys(other, kind)
    assert compare(one, one, kind) is None or compare(one, one, kind).way is Way.SAME


def false_hits(ours: list[str], listed: list[str], kind: str) -> dict[str, float]:
    """Share of `ours` with a hit at least that strong, though nobody of them is listed."""
    index: dict[int, list[str]] = {}
    for name in listed:
        for key in keys(name, kind):
            index.setdefault(key, []).append(name)
    best = []
    for name in set(ours) - set(listed):
        near = {other for key in keys(name, kind) for other in index.get(key, ())}
        found = [one for other in near if (one := compare(name, other, kind))]
        best.append(min((list(Strength).index(one.strength) for one in found), default=9))
        best[-1] = best[-1] if best[-1] != 3 or any(not one.is_similar for one in found) else 9
    return {str(one): sum(rank <= list(Strength).index(one) for rank in best) / len(best) for one in Strength}


def test_how_often_ordinary_names_are_taken_for_listed_ones(capsys):
    """2,000 ordinary names of people and of shops against a list of 100: the rates are printed and bounded."""
    persons = false_hits(people(2_000, 1), people(100, 2), "person")
    shops = false_hits(companies(2_000, 3), companies(100, 4), "company")
    with capsys.disabled():
        for kind, rates in (("people", persons), ("shops", shops)):
            told = ", ".join(f"{name} {rate:.2%}" for name, rate in rates.items() if name != "exact")
            print(
                f"\n  false hits among 2,000 ordinary names of {kind}, 100 listed, at least this strong: {told}", end=""
            )
    assert persons["strong"] < 0.02 and persons["medium"] < 0.04 and persons["weak"] < 0.25
    assert shops["strong"] < 0.02 and shops["medium"] < 0.05
