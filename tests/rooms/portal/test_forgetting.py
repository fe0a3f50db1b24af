"""What is kept about strangers to hold off floods is gone the next day, whether somebody comes or not."""

from datetime import timedelta

import pytest

from taihua.base.rounds import rounds
from taihua.rooms.portal import tasks
from taihua.rooms.portal.actions.opinions import Said, Sender, give, mark_of
from taihua.rooms.portal.actions.upkeep import Wrong, tell_fault
from taihua.rooms.portal.models import DaySalt, Opinion, PageFault, SenderMark
from tests.factories import NINE
from tests.rooms.portal.consultations.conftest import TODAY, sent

HOME = Sender(address="10.0.0.1")
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def marked(bureau, su):
    """Somebody gave an opinion and told of a fault from one address."""
    give(consultation=sent(bureau, su), said=Said(text="多建一所。"), sender=HOME, at=NINE)
    tell_fault(wrong=Wrong(path="/portal/", text="打不开。"), sender=HOME, at=NINE)


def test_on_the_same_day_the_round_leaves_the_marks(marked):
    tasks.forget_senders_of_earlier_days.call()

    assert SenderMark.objects.count() == 2
    assert DaySalt.objects.get().day == TODAY


def test_on_the_next_day_it_takes_salts_and_marks_and_leaves_what_was_said(marked, settings):
    settings.TAIHUA_TODAY = TOMORROW
    tasks.forget_senders_of_earlier_days.call()
    tasks.forget_senders_of_earlier_days.call()  # harmless to repeat

    assert not SenderMark.objects.exists()
    assert not DaySalt.objects.exists()
    assert (Opinion.objects.count(), PageFault.objects.count()) == (1, 1)


def test_a_mark_of_one_day_says_nothing_about_the_next(db):
    first, _salt = mark_of("10.0.0.1", TODAY)
    again, _salt = mark_of("10.0.0.1", TODAY)
    other, _salt = mark_of("10.0.0.2", TODAY)
    later, _salt = mark_of("10.0.0.1", TOMORROW)

    assert first == again
    assert len({first, other, later}) == 3


def test_it_comes_round_every_night_after_midnight():
    [found] = [each for each in rounds() if each.code == "portal.forget-senders"]

    assert found.cron == "10 0 * * *"
