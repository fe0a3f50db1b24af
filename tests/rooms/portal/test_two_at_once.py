"""Two who do the same in one moment: one does it, the other is told, and nothing is there twice."""

from uuid import uuid4

from taihua.kernel.records.queries import statements
from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.actions.consultations import ConsultationRefused, publish, send_out
from taihua.rooms.portal.actions.opinions import (
    MOST_A_DAY,
    Answer,
    Said,
    Sender,
    answer,
    give,
    join,
)
from taihua.rooms.portal.actions.review import issue
from taihua.rooms.portal.models import Opinion, OpinionGroup, Response, ReviewStep, SenderMark
from taihua.rooms.portal.queries.consultations import families_of
from tests.factories import NINE
from tests.meeting import at_once, on_postgresql
from tests.rooms.portal.consultations.conftest import (
    LATER,
    asked,
    letter,
    save,
    sent,
    write_final,
)

PEOPLE = range(4)


def refusals(came, kind=ConsultationRefused):
    assert not [each for each in came if isinstance(each, Exception) and not isinstance(each, kind)]
    return [each for each in came if isinstance(each, kind)]


def opinion_from(consultation, number, **sender):
    return give(
        consultation=consultation,
        said=Said(text=f"第 {number} 条意见"),
        sender=Sender(**{"address": f"10.0.0.{number}", **sender}),
        at=NINE,
    )


@on_postgresql
def test_two_who_issue_one_article_issue_it_once(transactional_db, passed, lin, deputy):
    came = at_once(
        *[
            lambda by=by: issue(article=passed, expected=1, by=by, at=NINE)
            for by in (lin.account, deputy)
        ]
    )

    assert len(refusals(came, ArticleRefused)) == 1
    assert ReviewStep.objects.filter(step="issue").count() == 1
    assert statements().filter(verb__code="published").count() == 1


@on_postgresql
def test_two_who_answer_one_opinion_give_it_one_answer_and_one_record(transactional_db, bureau, su):
    opinion = letter(sent(bureau, su), su.account, "多建一所。")

    came = at_once(
        *[
            lambda reason=reason: answer(
                opinion=opinion,
                answer=Answer(adoption="declined", reason=reason),
                by=su.account,
                at=LATER,
            )
            for reason in ("甲", "乙")
        ]
    )

    assert refusals(came) == []
    assert Response.objects.get().reason in {"甲", "乙"}
    assert statements().filter(verb__code="answered-opinion").count() == 1


@on_postgresql
def test_receipts_of_many_at_once_differ(transactional_db, bureau, su):
    out = sent(bureau, su)

    came = at_once(*[lambda number=number: opinion_from(out, number) for number in PEOPLE])

    assert refusals(came) == []
    assert len({each.receipt for each in came}) == len(PEOPLE)
    assert SenderMark.objects.values("salt").distinct().count() == 1


@on_postgresql
def test_those_that_say_the_same_at_once_are_one_family(transactional_db, bureau, su):
    out = sent(bureau, su)

    came = at_once(
        *[
            lambda number=number: give(
                consultation=out,
                said=Said(text=f"城南也要建一所小学{'！' * number}"),
                sender=Sender(address=f"10.0.0.{number}"),
                at=NINE,
            )
            for number in PEOPLE
        ]
    )

    assert refusals(came) == []
    assert families_of(out) == [sorted(each.pk for each in came)]


@on_postgresql
def test_one_form_pressed_twice_is_one_opinion_with_one_mark(transactional_db, bureau, su):
    out, key = sent(bureau, su), uuid4()

    came = at_once(*[lambda: opinion_from(out, 1, once=key)] * 2)

    assert refusals(came) == []
    assert came[0] == came[1] == Opinion.objects.get()
    assert SenderMark.objects.count() == 1


@on_postgresql
def test_nobody_gets_past_the_limit_by_sending_many_at_once(transactional_db, bureau, su):
    out = sent(bureau, su)
    for number in range(MOST_A_DAY - 1):
        opinion_from(out, number, address="10.0.0.1")

    came = at_once(
        *[
            lambda number=number: opinion_from(out, 100 + number, address="10.0.0.1")
            for number in PEOPLE
        ]
    )

    assert len(refusals(came)) == len(PEOPLE) - 1
    assert Opinion.objects.count() == MOST_A_DAY


@on_postgresql
def test_sent_out_by_two_at_once_it_has_its_clauses_and_its_record_once(
    transactional_db, bureau, su
):
    made = save(asked=asked(bureau, su), by=su.account, at=NINE)

    came = at_once(*[lambda: send_out(consultation=made, by=su.account, at=NINE)] * 2)

    assert len(refusals(came)) == 1
    assert made.clauses.count() == 3
    assert statements().filter(verb__code="opened-consultation").count() == 1


@on_postgresql
def test_published_by_two_at_once_it_is_published_once(transactional_db, bureau, su):
    out = sent(bureau, su)
    write_final(consultation=out, text="第一条　好。", by=su.account, at=LATER)

    came = at_once(*[lambda: publish(consultation=out, summary="", by=su.account, at=LATER)] * 2)

    assert len(refusals(came)) == 1
    assert statements().filter(verb__code="published-final").count() == 1


@on_postgresql
def test_joined_by_two_at_once_they_are_one_group(transactional_db, bureau, su):
    out = sent(bureau, su)
    one, two, three = (letter(out, su.account, text) for text in ("一", "二", "三"))

    came = at_once(
        *[
            lambda pair=pair: join(consultation=out, opinions=pair, title="", by=su.account)
            for pair in ([one, two], [two, three])
        ]
    )

    assert refusals(came) == []
    assert OpinionGroup.objects.get().opinions.count() == 3
