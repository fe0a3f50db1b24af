"""How these tests read pages."""

from datetime import date, timedelta

from taihua.rooms.reports.queries.report import sections_of, version_of
from tests.factories import NINE

TODAY = date(2013, 12, 4)
SERVICE = "learning.service"
TEN = NINE + timedelta(hours=1)


def page(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def text_now(key=SERVICE):
    return next(part.text for part in sections_of(version_of(2013)) if part.key == key)
