"""A shop owner on a phone, without JavaScript: questions, list, ticks, application."""

import pytest
from playwright.sync_api import expect

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
    expect(page.locator("[role=status]")).to_be_visible()
    expect(page.locator("input[name=have][value=id_portrait]")).to_be_checked()
    expect(page.locator("input[name=have][value=bank_card]")).not_to_be_checked()
    page.locator("main form[method=post] a[href='/start/']").click()
    page.wait_for_url("**/start/")
