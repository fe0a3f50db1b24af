"""What is owed is kept in Chinese, whoever made it, and said in the language of the page."""

import re

import pytest
from django.utils import translation

from taihua.kernel.commitments.words import KNOWN, VALUE, Promise, spoken

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("promise", KNOWN, ids=lambda promise: promise.sentence)
def test_every_promise_of_the_rooms_is_known_again_and_said_in_english(promise):
    values = dict.fromkeys(VALUE.findall(promise.sentence), 7)
    kept = promise.of(**values)

    with translation.override("en"):
        told = spoken(kept)

    assert not CHINESE.search(told)
    assert told.count("7") == len(values)
    assert spoken(kept) == kept


def test_a_promise_made_on_an_english_page_is_kept_in_chinese():
    promise = next(promise for promise in KNOWN if promise.sentence.startswith("补查"))

    with translation.override("en"):
        kept = promise.of(title="论语")

    assert kept == "补查《论语》"


def test_what_is_filled_in_stays_as_it_was_written_whatever_signs_it_holds():
    with translation.override("en"):
        told = spoken("补查《100% (a).*》")

    assert "100% (a).*" in told


def test_what_people_wrote_themselves_stays_as_they_wrote_it():
    with translation.override("en"):
        assert spoken("修操场") == "修操场"
        assert Promise.again(KNOWN[0], "修操场") is None


def test_the_rooms_make_promises():
    assert len(KNOWN) >= 6
