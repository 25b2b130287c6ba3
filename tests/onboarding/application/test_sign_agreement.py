"""The agreement: offered with every clause, signed once with a code, sealed so that one changed byte shows."""

import base64
import hashlib
import io
from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone
from PIL import Image, ImageDraw

from onboarding.application import agreement as offers
from onboarding.application import clauses, codes, seal
from onboarding.application import signing as sealing
from onboarding.models import Access, Agreement, Consent, MerchantRate, Notice, OneTimeCode
from onboarding.services import Refused, missing
from portal.storage import private_files
from tests import make, people
from tests.onboarding.application.conftest import code_sent

GIVEN = {"agreement": "on", "sharing": "on", "typed_name": "刘小满"}


def url(case, end=""):
    return f"/cases/{case.ref}/agreement/{end}"


def sign(web, case, code, **more):
    return web.post(url(case, "sign_agreement/"), {**GIVEN, "code": code, **more})


def offered(case, web=None):
    if web:
        assert web.get(url(case)).status_code == 200
    return offers.offer(case.pk)


def ready(web, case):
    row = offered(case, web)
    web.post(url(case, "code/"))
    return row, code_sent(case)


def words(data):
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "").replace("\n", "")


@pytest.mark.duty("agreement-clauses")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pdf_has_every_required_clause(signing, liu, language):
    type(liu).objects.filter(pk=liu.pk).update(language=language)
    row = offers.offer(signing.pk)
    data = private_files.read(row.file, offers.context(row))
    assert hashlib.sha256(data).hexdigest() == row.sha256 and offers.offer(signing.pk).pk == row.pk
    assert {one["id"] for one in row.snapshot["clauses"]} >= set(clauses.REQUIRED)
    text = words(data).replace(" ", "")
    for clause in clauses.CLAUSES:
        assert clauses.heading(clause, language).replace(" ", "") in text
    for price in ("0.55%", "0.45%", "¥18.00", "0.38%", "1/", signing.ref):
        assert price in text
    assert "\ufffd" not in text and "1202026209900012345" not in text
    for page in pypdfium2.PdfDocument(data):
        assert page.render(scale=0.5).to_pil().convert("L").getextrema()[0] < 160


def test_names_that_no_font_has_are_not_lost(signing):
    signing.merchant.name = "𠮷䶮㛃🍜有限公司"
    signing.merchant.save()
    row = offers.offer(signing.pk)
    text = words(private_files.read(row.file, offers.context(row)))
    assert "䶮㛃[U+1F35C]有限公司" in text


def test_signing_moves_the_case_and_keeps_the_proof(web, signing, liu):
    row, code = ready(web, signing)
    assert sign(web, signing, code, marketing="on").status_code == 302
    row = Agreement.objects.get(pk=row.pk)
    case = type(signing).objects.get(pk=signing.pk)
    assert (case.state, row.stage) == ("ordering", "signed")
    data = private_files.read(row.signed_file, sealing.signed_context(row))
    assert hashlib.sha256(data).hexdigest() == row.signed_sha256 and seal.holds(data)
    assert row.sha256 in words(data).replace(" ", "") and "刘小满" in words(data)
    assert {one.purpose for one in Consent.objects.all()} == {"sharing", "marketing"}
    rate = MerchantRate.objects.get()
    assert (rate.plan_code, rate.valid_from, rate.valid_to) == ("PA-START", timezone.localdate(), None)
    assert rate.snapshot["rules"][0]["rate_ppm"] == 4500
    for change in (10, len(data) // 2, len(data) - 200):
        torn = bytearray(data)
        torn[change] ^= 1
        assert not seal.holds(bytes(torn))
    assert not seal.holds(data + b"\n%more") and not seal.holds(b"%PDF-1.7")


def test_a_second_press_changes_nothing(web, signing):
    row, code = ready(web, signing)
    sign(web, signing, code)
    assert sign(web, signing, code).status_code == 302
    assert Agreement.objects.filter(stage="signed").count() == MerchantRate.objects.count() == 1
    assert OneTimeCode.objects.exclude(used_at=None).count() == 1
    with pytest.raises(Refused):
        given = sealing.Signature("刘小满", None, False, None)
        case = type(signing).objects.get(pk=signing.pk)
        signer = signing.merchant.persons.get()
        sealing.sign(case, row, OneTimeCode.objects.get(), signer, given, by=case.opened_by)
    assert MerchantRate.objects.count() == 1
    assert web.get(url(signing)).status_code == 200


def test_wrong_codes_run_out(web, signing):
    _row, code = ready(web, signing)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _try in range(5):
        page = sign(web, signing, wrong)
        assert page.status_code == 200 and page.context["form"].errors["code"]
    assert sign(web, signing, code).context["form"].errors["code"] == [codes.USED_UP]
    OneTimeCode.objects.update(sent_at=timezone.now() - timedelta(minutes=2))
    web.post(url(signing, "code/"))
    assert sign(web, signing, code_sent(signing)).status_code == 302


def test_an_old_code_is_refused(web, signing):
    _row, code = ready(web, signing)
    OneTimeCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert sign(web, signing, code).context["form"].errors["code"] == [codes.EXPIRED]


def test_another_code_only_after_a_minute_and_the_older_one_dies(web, signing):
    _row, code = ready(web, signing)
    web.post(url(signing, "code/"))
    assert OneTimeCode.objects.count() == Notice.objects.filter(template="signing_code").count() == 1
    OneTimeCode.objects.update(sent_at=timezone.now() - timedelta(seconds=61))
    web.post(url(signing, "code/"))
    newer = code_sent(signing)
    assert OneTimeCode.objects.count() == 2
    if newer != code:
        assert sign(web, signing, code).context["form"].errors["code"]
    notice = Notice.objects.filter(template="signing_code").first()
    assert notice.address == "+8613800138000" and code not in OneTimeCode.objects.first().digest


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567", "\x00", "１２３４５６" * 2000])
def test_what_is_no_code_costs_no_try(web, signing, typed):
    ready(web, signing)
    assert sign(web, signing, typed).context["form"].errors["code"]
    assert OneTimeCode.objects.get().tries == 0


BAD = [
    ("typed_name", "王五"),
    ("typed_name", ""),
    ("typed_name", "\x00"),
    ("typed_name", "长" * 10_000),
    ("drawn", "@@"),
    ("drawn", "aGVsbG8="),
    ("drawn", "A" * 700_000),
]


@pytest.mark.parametrize("field,value", BAD, ids=range(len(BAD)))
def test_bad_input_gets_a_sentence_and_signs_nothing(web, signing, field, value):
    _row, code = ready(web, signing)
    page = sign(web, signing, code, **{field: value})
    assert page.status_code == 200 and page.context["form"].errors[field]
    assert type(signing).objects.get(pk=signing.pk).state == "signing"


@pytest.mark.parametrize("box", ["agreement", "sharing"])
def test_each_box_must_be_ticked(web, signing, box):
    _row, code = ready(web, signing)
    page = web.post(url(signing, "sign_agreement/"), {k: v for k, v in {**GIVEN, "code": code}.items() if k != box})
    assert page.context["form"].errors[box]


def test_a_drawn_signature_is_encoded_anew(web, signing):
    picture = Image.new("RGBA", (1200, 340))
    ImageDraw.Draw(picture).line((50, 50, 900, 300), fill=(0, 0, 0, 255), width=9)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    row, code = ready(web, signing)
    assert sign(web, signing, code, drawn=base64.b64encode(kept.getvalue()).decode()).status_code == 302
    row = Agreement.objects.get(pk=row.pk)
    ours = private_files.read(row.drawn, sealing.signed_context(row))
    assert Image.open(io.BytesIO(ours)).mode == "RGB" and ours != kept.getvalue()


def test_downloads_are_written_down_and_strangers_find_nothing(web, client, signing):
    offered(signing, web)
    page = web.get(url(signing, "1.pdf"))
    assert page["Content-Type"] == "application/pdf" and page.content.startswith(b"%PDF")
    assert Access.objects.filter(what="agreement:1").count() == 1
    client.force_login(people.stranger())
    for end in ("", "1.pdf"):
        assert client.get(url(signing, end)).status_code == 404
    for end in ("code/", "sign_agreement/", "revise_application/"):
        assert client.post(url(signing, end)).status_code == 404


def test_only_the_owner_or_legal_representative_signs(client, signing):
    offers.offer(signing.pk)
    handler = people.merchant()
    make.services.add_member(signing.merchant, handler, "handler")
    client.force_login(handler)
    assert client.get(url(signing)).context["may_sign"] is False
    client.post(url(signing, "code/"))
    assert not OneTimeCode.objects.exists()


def test_going_back_voids_the_offer_and_a_new_version_follows(web, signing, liu):
    row, _code = ready(web, signing)
    web.post(url(signing, "revise_application/"))
    assert Agreement.objects.get(pk=row.pk).stage == "void"
    case = type(signing).objects.select_related("merchant").get(pk=signing.pk)
    assert case.state == "application"
    make.put(case, "signing")
    again = offers.offer(case.pk)
    assert again.version == 2
    assert {one.code for one in missing(case, "sign_agreement")} == {"signed"}


def test_a_new_version_ends_the_old_price(web, signing):
    _row, code = ready(web, signing)
    sign(web, signing, code)
    case = type(signing).objects.select_related("merchant").get(pk=signing.pk)
    make.put(case, "signing", since=timezone.now())
    case = type(signing).objects.select_related("merchant").get(pk=signing.pk)
    assert {one.code for one in missing(case, "sign_agreement")} == {"signed"}
    _row, code = ready(web, case)
    assert sign(web, case, code).status_code == 302
    assert sorted(Agreement.objects.values_list("version", "stage")) == [(1, "superseded"), (2, "signed")]
    assert MerchantRate.objects.filter(valid_to=None).count() == 1
