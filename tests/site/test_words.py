"""What the software itself declares is said in English too; what the institution wrote stays Chinese."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext

import taihua
from taihua.base.measures import MEASURES, spoken
from taihua.base.templatetags.page import measure, unit_of
from taihua.kernel import house
from taihua.kernel.records.actions import learn_words
from taihua.kernel.records.models import Verb
from taihua.kernel.records.queries import labels
from taihua.kernel.rules.mechanisms import mechanism_words
from taihua.kernel.rules.shelf import SHIPPED

SOURCE = Path(taihua.__file__).parent


SHOWN = re.compile(r"<(\w+[^<>]*)>[^<>]*{{ [\w.]*rule\.sentence }}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def in_english(words):
    with translation.override("en"):
        return {word: str(word) if isinstance(word, Promise) else gettext(word) for word in words}


def test_every_verb_kind_and_measure_of_the_house_is_said_in_english():
    rooms = house.rooms()
    words = {word.label for room in rooms for word in [*room.verbs, *room.kinds]}
    measures = {column.measure for each in house.ledgers().values() for column in each.columns}
    packs = [path.read_text() for path in SHIPPED.glob("*.toml")]
    measures |= {
        found for text in packs for found in re.findall(r'^measure = "(.+)"', text, re.MULTILINE)
    }

    said = in_english((words | measures) - {""})

    assert {word: told for word, told in said.items() if CHINESE.search(told)} == {}
    assert len(said) > 50


@pytest.mark.parametrize("word", MEASURES)
def test_one_of_a_measure_is_not_said_as_if_it_were_several(word):
    with translation.override("en"):
        one, two = spoken(word, 1), spoken(word, 2)
        assert spoken(word) == two
        assert not CHINESE.search(one + two)
        assert one != two or one == "yuan"

    assert spoken(word, 1) == spoken(word, 2) == word


def test_a_figure_that_is_one_is_not_said_as_if_it_were_several():
    units = {str(figure.unit): figure.unit for figure in house.figures().values()}

    with translation.override("en"):
        said = {word: (unit_of(1, unit), unit_of(2, unit)) for word, unit in units.items()}

    assert said["期"] == ("sitting", "sittings")
    alike = {word for word, (one, many) in said.items() if one == many or CHINESE.search(one)}
    assert alike <= {"元", ""}
    assert unit_of("1", units["期"]) == unit_of(2, units["期"]) == "期"


def test_a_page_says_one_day_however_the_number_is_kept():
    with translation.override("en"):
        said = [
            measure("天", number) for number in (100, 150, Decimal("1.00"), Decimal("0.5"), None)
        ]

    assert said == ["day", "days", "day", "days", "days"]


def test_a_measure_that_nobody_knows_stays_as_its_writer_said_it():
    with translation.override("en"):
        assert [spoken("箩筐", number) for number in (None, 1, 2)] == ["箩筐"] * 3
        assert spoken("", 1) == ""


@pytest.mark.django_db
def test_what_a_ledger_of_plans_is_written_with_counts_on_the_day_it_plans_for():
    planning = {
        ledger.store.verb
        for ledger in house.ledgers().values()
        if any(column.code == "planned" for column in ledger.columns)
    }

    assert set(Verb.objects.filter(plans=True).values_list("code", flat=True)) == planning
    assert len(planning) == len(
        {"study", "forums", "meetings", "outreach", "reading", "care", "portal"}
    )


@pytest.fixture
def verb(db):
    learn_words([("passed-check", "通过检查")], [])
    return Verb.objects.get(code="passed-check")


@pytest.mark.parametrize(("language", "said"), [("en", "passed a check"), ("zh-hans", "通过检查")])
def test_a_verb_is_kept_in_the_institutions_words_and_told_in_those_of_the_page(
    verb, language, said
):
    with translation.override(language):
        assert (str(verb), labels()["passed-check"]) == (said, said)

    assert verb.label == "通过检查"


def test_a_measure_that_a_rules_writer_made_up_stays_as_it_is():
    with translation.override("en"):
        assert [spoken(word) for word in ("人次", "挑", "")] == ["person-times", "挑", ""]


@pytest.mark.parametrize(("language", "in_chinese"), [("en", False), ("zh-hans", True)])
def test_a_mechanism_is_called_by_its_title_and_an_unknown_one_by_its_code(language, in_chinese):
    with translation.override(language):
        told = mechanism_words("L6")

    assert told.endswith("（L6）") == in_chinese
    assert bool(CHINESE.search(told)) == in_chinese
    assert len(told) > len("（L6）")
    assert mechanism_words("Z9") == "Z9"


def test_the_rules_are_shown_as_written_and_marked_as_chinese():
    texts = [path.read_text() for path in SOURCE.rglob("*.html")]
    around = [found for text in texts for found in SHOWN.findall(text)]

    assert len(around) > 8
    assert [tag for tag in around if 'lang="zh-Hans"' not in tag] == []
