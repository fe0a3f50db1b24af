"""What the room asks of a reader on the desk: the books set to him that wait for his next step."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.kernel.house import Due
from taihua.kernel.org.models import Person
from taihua.rooms.reading.enums import Step
from taihua.rooms.reading.queries.duties import duties_of


def asked_of(person: Person, on: date) -> Iterator[Due]:
    """The required books whose next step is the reader's; a resit is a commitment already."""
    sentences = {
        Step.TO_START: (_("《%(title)s》还没开始读"), _("去读")),
        Step.READING: (_("《%(title)s》在读，读完后交检查"), _("接着读")),
        Step.TO_HAND_IN: (_("《%(title)s》读完了，还要交检查"), _("交检查")),
    }
    for duty in duties_of(person, on):
        if duty.standing.step in sentences:
            sentence, act = sentences[duty.standing.step]
            yield Due(
                topic=duty.assignment.path,
                sentence=sentence % {"title": duty.book.title},
                due=duty.assignment.due_date,
                url=reverse("reading:assignment", args=[duty.assignment.pk]),
                act=act,
            )
