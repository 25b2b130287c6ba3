"""A shop owner on a phone, without JavaScript: questions, list, ticks, application."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_front_page_to_the_registration(new_page):
    page = new_page(width=360, java_script_enabled=False)
    page.goto("/")
    page.locator("main a[href='/guide/prepare/']").click()
    page.locator("input[name=type][value=micro]").check()
    page.locator("input[name=premises][value=mobile]").check()
    page.locator("select[name=mcc]").select_option("5814")
    page.locator("main form button").click()
    page.locator("input[name=have][value=id_portrait]").check()
    page.locator("main form[method=post] button").click()
    assert page.locator("[role=status]").is_visible()
    assert page.locator("input[name=have][value=id_portrait]").is_checked()
    assert not page.locator("input[name=have][value=bank_card]").is_checked()
    page.locator("main form[method=post] a[href='/start/']").click()
    assert page.url.endswith("/start/")
