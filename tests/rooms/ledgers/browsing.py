"""What somebody does in a browser to bring a sheet in."""

from django.urls import reverse

from tests.rooms.ledgers.sheets import as_file

HEADER = ("姓名", "日期", "调研单位", "天数", "调研主题")
VISIT = ("林知远", "2013.11.4", "苔花一小", "半天", "课堂教学")
AID = ("学校", "发放日期", "学生", "资助项目", "金额")


def hand_in(browser, content, ledger="visits", name="调研台账.xlsx", **more):
    address = reverse("ledgers:import", args=[ledger])
    return browser.post(address, {"sheet": as_file(content, name), **more}, follow=True)


def confirm(browser, page):
    upload = page.context["upload"]
    address = reverse("ledgers:confirm", args=[upload.ledger, upload.pk])
    seen = page.context["preview"].fingerprint()
    return browser.post(address, {"seen": seen}, follow=True)


def text(page):
    """What a page says, its blanks evened out."""
    return " ".join(page.content.decode().split())


def names(page):
    return {row.cells[0].value for row in page.context["page"]}


def ref_of(browser, name="林知远"):
    page = browser.get(reverse("ledgers:ledger", args=["visits"]), {"name": name, "year": ""})
    return page.context["page"][0].ref
