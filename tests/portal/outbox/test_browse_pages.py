"""The pages in a real browser, under the strict policy (new_page fails the test at a breach of it)."""

from portal.gateways import PARTIES, gateway
from portal.gateways.mail import Letter
from portal.gateways.payment import PaymentRequest


def test_read_a_mail_and_pay(page, settings):
    settings.EMBEDDED, settings.GATEWAYS = True, dict.fromkeys(PARTIES, "simulator")
    html = '<p id="hello" style="color: rgb(1, 2, 3)">Hello</p>'
    gateway("mail").send("n1", Letter("<n1@kaitong>", "liu@example.com", "Your application", "Hello", html))
    page.goto("/outbox/")
    page.get_by_role("link", name="Your application").click()
    page.goto(page.locator("a[target=_blank]").get_attribute("href"))
    assert page.locator("#hello").evaluate("element => getComputedStyle(element).color") == "rgb(1, 2, 3)"
    page.goto(gateway("payment").create("o1", PaymentRequest(19900, "One terminal", "/outbox/")).value.pay_url)
    page.locator("button[value=pay]").click()
    page.wait_for_url("**/outbox/")
    assert gateway("payment").status("o1").value.state == "paid"
