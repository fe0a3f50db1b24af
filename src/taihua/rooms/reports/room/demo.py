"""The report that the demonstration district has issued of its last year."""

from datetime import date, datetime, time, timedelta
from functools import partial

from django.conf import settings

from taihua.base.clock import ZONE, local_day
from taihua.base.papers import paper_number
from taihua.kernel.documents.models import Version
from taihua.kernel.documents.queries import next_number
from taihua.kernel.house import Story
from taihua.kernel.org.models import Account
from taihua.rooms.reports import actions
from taihua.rooms.reports.logic.paper import SentTo
from taihua.rooms.reports.queries.files import Form, as_file
from taihua.rooms.reports.queries.report import report_of

YEAR = 2013
ISSUED_AT = datetime.combine(date(2013, 12, 4), time(16, 30), ZONE)
WRITTEN_BEFORE = timedelta(hours=6)
SENT_TO = SentTo("区委组织部", ("各科室", "各学校"))


def tell(story: Story) -> None:
    """The clerk writes the year's report from what is on record, and it is issued with its files."""
    story.later(ISSUED_AT, partial(_issue, YEAR))


def _issue(year: int, at: datetime) -> Version | None:
    clerk = Account.objects.filter(username="su").first()
    if clerk is None:
        return None
    on, sign = local_day(at), settings.TAIHUA_SIGN
    draft = actions.begin(year=year, on=on, at=at - WRITTEN_BEFORE, by=clerk)
    issued = actions.issue(
        version=draft,
        expected=draft.number,
        number=paper_number(sign, on.year, next_number(sign, on.year)),
        sent_to=SENT_TO,
        on=on,
        at=at,
        by=clerk,
        known=at,
    )
    report = report_of(year, on)
    for form in (Form.DOCX, Form.PDF):
        content = as_file(report, form, on)
        actions.keep(version=issued, form=form, media_type=form.media_type, content=content, at=at)
    return issued
