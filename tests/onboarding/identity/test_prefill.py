"""What was read on papers is offered in empty fields, said to be read, and never put over what somebody typed."""

import json
import re

import pytest
from django.urls import reverse

from onboarding.documents import intake
from onboarding.models import Bank, Case, DocumentKind, Examination, Merchant
from tests import make
from tests.onboarding.documents import samples

CODE, IDENTITY, ACCOUNT = "91110000600037341L", "11010519491231002X", "3600071209001234567"
LICENCE = {
    "uscc": CODE, "name": "虚构市小满面馆有限公司", "address": "虚构市听雨区样例路18号", "scope": "餐饮服务；食品销售",
    "established": "2024-03-18", "valid_until": "长期", "legal_representative": "刘小满",
}  # fmt: skip
PORTRAIT = {"name": "刘小满", "number": IDENTITY, "birth": "1949-12-31"}
EMBLEM = {"valid_until": "2040-05-06"}


@pytest.fixture
def papers(liu, settings, tmp_path):
    """`papers(case, kind=values)`: papers that were uploaded and read; `sure` is how sure the machine is."""

    def hand_in(case, sure=0.97, step="identity", **kinds):
        for number, (kind, values) in enumerate(kinds.items()):
            row = DocumentKind.objects.get(pk=kind)
            document = intake.take(case, row, samples.jpeg(number), by=liu, step=step)
            read = [
                {"field": name, "value": value, "page": 1, "box": [0.1, 0.2, 0.5, 0.25], "sure": sure, "mended": False}
                for name, value in values.items()
            ]
            Examination.objects.filter(document=document).update(result="done", sealed=json.dumps(read))

    return hand_in


def page(client, case, name, query="") -> str:
    client.cookies["django_language"] = "en"
    answer = client.get(reverse(name, args=[case.ref]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def control(html, name) -> str:
    """The value that stands in a control of the page."""
    found = re.search(rf'<input[^>]* name="{name}"[^>]*>|<textarea[^>]* name="{name}"[^>]*>([^<]*)', html)
    value = re.search(r'value="([^"]*)"', found.group())
    ticked = "checked" in found.group() and 'type="checkbox"' in found.group()
    return "on" if ticked else (found.group(1) or "").strip() or (value.group(1) if value else "")


def test_an_empty_form_is_filled_and_says_so(signed_in, case, papers):
    papers(case, business_licence=LICENCE)
    html = page(signed_in, case, "identity_business")
    assert control(html, "uscc") == CODE and control(html, "name") == LICENCE["name"]
    assert control(html, "established_on") == "2024-03-18" and control(html, "is_long_term") == "on"
    assert html.count("Read: sure") >= 5 and "Read from your licence. Please compare." in html
    assert "We read 6 values on your papers" in html
    assert len(re.findall(r"<rect [^>]*><title>", html)) == 6  # the places on the paper
    assert not Merchant.objects.get(pk=case.merchant_id).uscc  # a look saves nothing


def test_it_can_be_emptied(signed_in, case, papers):
    papers(case, business_licence=LICENCE)
    html = page(signed_in, case, "identity_business", "?by_hand=1")
    assert control(html, "uscc") == "" and control(html, "is_long_term") != "on" and "Read: sure" not in html


def test_how_sure_is_said(signed_in, case, papers):
    papers(case, sure=0.5, business_licence=LICENCE)
    assert "Read: not sure" in page(signed_in, case, "identity_business")


def test_what_was_typed_stays_and_the_difference_is_said(signed_in, filled, papers):
    papers(filled, business_licence={**LICENCE, "name": "虚构市大满面馆有限公司"})
    html = page(signed_in, filled, "identity_business")
    assert control(html, "name") == LICENCE["name"]
    assert "The paper seems to say: 虚构市大满面馆有限公司" in html


def test_a_refused_form_keeps_what_was_typed(signed_in, case, papers):
    papers(case, business_licence=LICENCE)
    answer = signed_in.post(reverse("identity_business", args=[case.ref]), {"name": "大满", "uscc": "", "scope": ""})
    html = answer.content.decode()
    assert control(html, "name") == "大满" and control(html, "uscc") == ""


def test_both_sides_of_the_card(signed_in, case, papers):
    papers(case, id_portrait=PORTRAIT, id_emblem=EMBLEM)
    html = page(signed_in, case, "identity_person")
    assert (control(html, "name"), control(html, "id_number")) == ("刘小满", IDENTITY)
    assert control(html, "id_valid_until") == "2040-05-06"
    assert "Read from your identity document. Please compare." in html


def test_nobody_else_sees_it(client, case, papers):
    from tests import people

    papers(case, business_licence=LICENCE)
    client.force_login(people.stranger())
    assert client.get(reverse("identity_business", args=[case.ref])).status_code == 404


@pytest.mark.django_db
def test_a_company_with_its_papers_at_hand_types_at_most_twelve_fields(signed_in, blank, papers, liu):
    """Empty controls that must be answered, on every page of answers from the papers to the application's end."""
    from onboarding.management.commands.load_reference import load

    load()
    case = blank()
    papers(case, business_licence=LICENCE, id_portrait=PORTRAIT, id_emblem=EMBLEM)
    typed = [*_typed(signed_in, case, "identity_business"), *_typed(signed_in, case, "identity_person")]
    typed += [*_typed(signed_in, case, "identity_handler"), "promise"]
    Merchant.objects.filter(pk=case.merchant_id).update(
        name=LICENCE["name"], uscc=CODE, registered_address=LICENCE["address"]
    )
    case = Case.objects.select_related("merchant").get(pk=case.pk)
    make.person(case.merchant)
    make.put(case, "application")
    bank = Bank.objects.filter(example=False).first()
    account = {"account_name": LICENCE["name"], "account_number": ACCOUNT, "bank": f"{bank.name_zh}虚构市支行"}
    papers(case, step="application", basic_account_proof=account)
    typed += [*_typed(signed_in, case, "application_account"), *_typed(signed_in, case, "application_store")]
    typed += [*_typed(signed_in, case, "application_turnover"), "trade", "province", "city", "district", "street"]
    typed += ["plan"]
    assert len(typed) <= 12, typed


def _typed(client, case, name) -> list[str]:
    """The visible fields of a page that are still to be answered, as its form sees them."""
    form = client.get(reverse(name, args=[case.ref])).context["form"]
    ends = {"valid_until": "is_long_term", "id_valid_until": "id_long_term"}
    return [
        f"{name}.{field.name}"
        for field in form.visible_fields()
        if field.field.required
        and field.value() in (None, "")
        and not (field.name in ends and form[ends[field.name]].value())
    ]


# owners -------------------------------------------------------------------------------------------------------------

SECOND = "440524198001010013"


def owner_sides(case, liu, *sides):
    """The sides of owners' cards as files of one paper, each read."""
    row = DocumentKind.objects.get(pk="beneficial_owner_id")
    for number, values in enumerate(sides):
        document = intake.take(case, row, samples.jpeg(10 + number), by=liu, step="identity")
        read = [
            {"field": name, "value": value, "page": 1, "box": [0.1, 0.2, 0.5, 0.25], "sure": 0.97, "mended": False}
            for name, value in values.items()
        ]
        Examination.objects.filter(document=document).update(result="done", sealed=json.dumps(read))


def test_an_owners_card_fills_the_form_until_its_person_is_named(signed_in, case, liu, settings, tmp_path):
    second = {"name": "陈知秋", "number": SECOND}
    owner_sides(case, liu, {"name": "刘小满", "number": IDENTITY}, EMBLEM, second, {"valid_until": "长期"})
    html = page(signed_in, case, "identity_owners")
    assert control(html, "owner-name") == "刘小满" and control(html, "owner-id_number") == IDENTITY
    assert control(html, "owner-id_valid_until") == "2040-05-06" and "Read: sure" in html
    make.person(case.merchant, role="beneficial_owner", name="刘小满", id_number=IDENTITY)
    html = page(signed_in, case, "identity_owners")
    assert control(html, "owner-name") == "陈知秋" and control(html, "owner-id_number") == SECOND
    assert control(html, "owner-id_long_term") == "on" and control(html, "owner-id_valid_until") == ""
    make.person(case.merchant, role="beneficial_owner", name="陈知秋", id_number=SECOND)
    html = page(signed_in, case, "identity_owners")
    assert control(html, "owner-name") == "" and "Read: sure" not in html


def test_an_owners_form_can_be_emptied(signed_in, case, liu, settings, tmp_path):
    owner_sides(case, liu, {"name": "刘小满", "number": IDENTITY}, EMBLEM)
    html = page(signed_in, case, "identity_owners", "?by_hand=1")
    assert control(html, "owner-name") == "" and "Read: sure" not in html


def test_without_a_number_no_owner_is_guessed(signed_in, case, liu, settings, tmp_path):
    owner_sides(case, liu, EMBLEM)
    assert control(page(signed_in, case, "identity_owners"), "owner-id_valid_until") == ""
