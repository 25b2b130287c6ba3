"""At the shop: each thing that is missing is said; other people's visits do not exist."""

import pytest
from django.urls import reverse

from devices import services
from devices.installation import pictures
from devices.models import AcceptanceTest, Rollout, Terminal, Visit, VisitPhoto
from onboarding.models import Access, Case
from onboarding.services import Missing, NotAllowed, NotNow, Refused, advance, missing
from tests import make, people
from tests.devices import world

pytestmark = pytest.mark.django_db
STEPS = ("serial", "checklist", "photos", "tests", "training", "signature")


@pytest.mark.parametrize("step", STEPS)
def test_each_missing_thing_is_said(step):
    visit = world.at_shop(world.case_to_order())
    world.do_everything(visit, but=(step,))
    with pytest.raises(Missing) as refused:
        services.complete_installation(visit.pk, by=visit.technician)
    assert [one.code for one in refused.value.requirements] == [step]


def test_without_check_in_nothing_is_done():
    visit = world.booked(world.case_to_order())
    for act in (
        lambda: services.verify_serial(visit.pk, world.serials(visit)[0], by=visit.technician),
        lambda: services.tick(visit.pk, {"place"}, by=visit.technician),
        lambda: services.sign(visit.pk, "刘", by=visit.technician),
        lambda: services.complete_installation(visit.pk, by=visit.technician),
        lambda: pictures.add_photo(visit.pk, "door", world.photo(), by=visit.technician),
        lambda: world.test_all(visit),
    ):
        with pytest.raises(NotNow):
            act()


def test_another_technician_may_do_nothing():
    visit = world.booked(world.case_to_order())
    for other in (people.technician(), people.operations_manager(), people.administrator()):
        with pytest.raises(NotAllowed):
            services.check_in(visit.pk, by=other)


def test_serial_of_another_order_is_refused():
    visit = world.at_shop(world.case_to_order())
    other = world.packed(world.case_to_order(owner=people.merchant(), of=make.merchant(name="另一家")))
    for serial in (Terminal.objects.get(line__order=other).serial, world.free().serial, "99999904NOSUCH1"):
        with pytest.raises(Refused):
            services.verify_serial(visit.pk, serial, by=visit.technician)


def test_photos_are_made_anew_and_only_pictures_are_taken():
    visit = world.at_shop(world.case_to_order())
    kept = pictures.add_photo(visit.pk, "door", world.photo(size=(4000, 3000)), by=visit.technician)
    assert (kept.width, kept.height) == (1600, 1200)
    again = pictures.add_photo(visit.pk, "door", world.photo(size=(4000, 3000)), by=visit.technician)
    assert again.pk == kept.pk
    bad = world.photo()
    for content in (b"", b"%PDF-1.4 hello", b"\xff\xd8\xff" + b"0" * 200, b"<svg/>"):
        bad = type(bad)("x.jpg", content, "image/jpeg")
        with pytest.raises(Refused):
            pictures.add_photo(visit.pk, "door", bad, by=visit.technician)


def test_failed_acceptance_brings_a_new_visit_and_only_then_goes_on():
    case = world.case_to_order()
    visit = world.at_shop(case)
    world.do_everything(visit, result="failed")
    services.complete_installation(visit.pk, by=visit.technician)
    make.put(Case.objects.get(pk=case.pk), "acceptance")
    advance(case.pk, "fail_acceptance", by=people.reviewer(), note="插卡不通过")
    assert world.state(case) == "installation" and Rollout.objects.get().attempt == 2
    assert [one.code for one in missing(Case.objects.get(pk=case.pk), "complete_installation")] == ["book_visit"]
    second = world.book(Terminal.objects.get(line__order__rollout__case=case).line.order, people.technician())
    services.check_in(second.pk, by=second.technician)
    world.do_everything(second)
    services.complete_installation(second.pk, by=second.technician)
    assert world.state(case) == "training"


def test_a_visit_that_cannot_be_done_is_booked_again():
    case = world.case_to_order()
    visit = world.booked(case)
    with pytest.raises(Refused):
        services.fail_visit(visit.pk, "  ", by=visit.technician)
    services.fail_visit(visit.pk, "关门了", by=visit.technician)
    order = Terminal.objects.get(line__order__rollout__case=case).line.order
    assert world.book(order, visit.technician, hours=9).pk != visit.pk


def test_go_live_activates_and_suspending_stops_the_terminals():
    case = world.case_to_order()
    visit = world.at_shop(case)
    world.do_everything(visit)
    services.complete_installation(visit.pk, by=visit.technician)
    from devices import consequences

    facts = Case.objects.select_related("merchant").get(pk=case.pk).facts()
    consequences.terminals_become_active(facts, {})
    assert Terminal.objects.get(line__isnull=False).state == "active" and Rollout.objects.get().state == "live"
    consequences.terminals_stop(facts, {})
    assert Terminal.objects.get(line__isnull=False).state == "suspended"
    consequences.terminals_go_on(facts, {})
    assert Terminal.objects.get(line__isnull=False).state == "active"


# The technician's pages ------------------------------------------------------------------------------------------


def test_the_whole_visit_by_hand(client):
    case = world.case_to_order()
    visit = world.booked(case)
    client.force_login(visit.technician)
    assert reverse("visit", args=[visit.pk]) in client.get(reverse("field")).content.decode()

    def send(name, data=None, *more):
        answer = client.post(reverse(name, args=[visit.pk, *more]), data or {})
        assert answer.status_code == 302, answer.content.decode()[:2000]
        assert client.get(reverse("visit", args=[visit.pk])).status_code == 200

    send("check_in", {"latitude": "31.230416", "longitude": "121.473701", "accuracy_m": "12.6"})
    send("verify_serial", {"serial": world.serials(visit)[0].lower()})
    send("tick", {"done": ["place", "power", "lending", "surcharge"]})
    for kind in world.PHOTOS:
        send("add_photo", {"kind": kind, "photo": world.photo(kind)})
    terminal = Terminal.objects.get(line__order__rollout__case=case)
    codes = AcceptanceTest.objects.values_list("code", flat=True)
    send("record_test", {f"t{terminal.pk}-{code}": "ok" for code in codes}, terminal.pk)
    send("note_training", {"note": "老板：收款"})
    send("sign_visit", {"signer": "刘小满", "drawn": world.drawing()})
    send("complete_visit")
    visit = Visit.objects.get(pk=visit.pk)
    assert (visit.state, str(visit.latitude), visit.accuracy_m) == ("completed", "31.230416", 13)
    assert visit.signature and world.state(case) == "training"


@pytest.mark.parametrize("name, data", [
    ("verify_serial", {}), ("verify_serial", {"serial": "x" * 100}), ("verify_serial", {"serial": "abc"}),
    ("tick", {"done": ["nonsense"]}), ("note_training", {"note": " "}), ("note_training", {"note": "x" * 400}),
    ("sign_visit", {}), ("sign_visit", {"signer": "刘"}), ("sign_visit", {"signer": "…", "agrees": "on"}),
    ("fail_visit", {}),
])  # fmt: skip
def test_bad_input_is_a_sentence(client, name, data):
    visit = world.at_shop(world.case_to_order())
    client.force_login(visit.technician)
    page = client.post(reverse(name, args=[visit.pk]), data)
    assert page.status_code == 422 and 'class="err' in page.content.decode()


@pytest.mark.parametrize("name, data", [
    ("add_photo", {}), ("add_photo", {"kind": "selfie"}), ("sign_visit", {"signer": "刘", "drawn": "no base64"}),
    ("sign_visit", {"signer": "刘", "drawn": "aGVsbG8="}), ("complete_visit", {}),
    ("check_in", {"latitude": "NaN", "longitude": "1"}),
])  # fmt: skip
def test_bad_input_comes_back_as_a_message(client, name, data):
    visit = world.at_shop(world.case_to_order())
    client.force_login(visit.technician)
    assert client.post(reverse(name, args=[visit.pk]), data).status_code == 302
    assert client.get(reverse("visit", args=[visit.pk])).status_code == 200
    visit = Visit.objects.get(pk=visit.pk)
    assert visit.signed_at is None and visit.state == "checked_in"


@pytest.mark.parametrize("position", [{}, {"latitude": "NaN"}, {"latitude": "91", "longitude": "0"}, {"latitude": "1"}])
def test_a_broken_position_never_stops_a_check_in(client, position):
    visit = world.booked(world.case_to_order())
    client.force_login(visit.technician)
    client.post(reverse("check_in", args=[visit.pk]), position)
    visit = Visit.objects.get(pk=visit.pk)
    assert visit.state == "checked_in" and visit.latitude is None


def test_other_peoples_visits_do_not_exist(client):
    visit = world.at_shop(world.case_to_order())
    photo = pictures.add_photo(visit.pk, "door", world.photo(), by=visit.technician)
    for other in (people.technician(), people.merchant(), people.reviewer(), world.clerk()):
        client.force_login(other)
        assert client.get(reverse("visit", args=[visit.pk])).status_code == 404
        assert client.get(reverse("visit_photo", args=[photo.pk])).status_code == 404
        assert client.post(reverse("check_in", args=[visit.pk])).status_code == 404
    client.force_login(world.dispatcher())
    assert client.get(reverse("visit", args=[visit.pk])).status_code == 200
    shown = client.get(reverse("visit_photo", args=[photo.pk]))
    assert shown["Content-Type"] == "image/jpeg" and "no-store" in shown["Cache-Control"]
    assert Access.objects.filter(what=f"visit photo {photo.pk}").exists() and VisitPhoto.objects.exists()


@pytest.mark.duty("no-online-sale")
def test_public_catalogue_has_no_price(client):
    world.model()
    page = client.get(reverse("terminals")).content.decode()
    assert "小云" in page and "899" not in page and "¥" not in page and "money" not in page


@pytest.mark.parametrize("audience", ["merchant", "staff"])
def test_panels(audience, rf):
    from django.template.loader import render_to_string

    from onboarding.panels import shown

    case = world.case_to_order()
    world.booked(case)
    case = Case.objects.get(pk=case.pk)
    panels = [(one, context) for one, context in shown(case, case.opened_by, audience) if "devices/" in one.template]
    html = render_to_string(panels[0][0].template, {**panels[0][1], "case": case})
    serial = Terminal.objects.get(line__isnull=False).serial
    assert (serial in html) == (audience == "staff")
