import pytest
from django.db import IntegrityError, transaction

from taihua.rooms.forums.actions.closing import close_forum
from taihua.rooms.forums.actions.forums import ForumRefused
from taihua.rooms.forums.actions.proceedings import begin, issue
from taihua.rooms.forums.actions.questions import answer, ask, let_through, set_aside
from taihua.rooms.forums.models import FloorQuestion, Forum
from taihua.rooms.forums.queries.forums import questions_seen_by
from tests.factories import NINE
from tests.rooms.forums.conftest import at, placed


@pytest.fixture
def slot(forum, zhou):
    return placed(forum, zhou)


@pytest.fixture
def question(forum, slot, shen):
    return ask(forum=forum, asker=shen, text="时间从哪里来？", slot=slot, at=NINE)


def seen(forum, *people):
    return [[each.text for each in questions_seen_by(one.account, forum)] for one in people]


def test_a_question_is_read_once_the_recorder_shows_it(forum, question, su, shen, wu):
    asked = ["时间从哪里来？"]
    assert seen(forum, su, shen, wu) == [asked, asked, []]

    let_through(question=question, by=su.account, at=NINE)

    assert seen(forum, su, shen, wu) == [asked, asked, asked]


def test_a_question_set_aside_is_seen_with_its_reason_by_its_asker_alone(
    forum, question, su, shen, wu
):
    with pytest.raises(ForumRefused, match="为什么不公开"):
        set_aside(question=question, reason=" ", by=su.account, at=NINE)
    set_aside(question=question, reason="说了别人的家事", by=su.account, at=NINE)

    assert seen(forum, shen, wu) == [["时间从哪里来？"], []]
    assert FloorQuestion.objects.get().set_aside_because == "说了别人的家事"


def test_what_was_set_aside_by_mistake_can_be_shown(forum, question, su, wu):
    set_aside(question=question, reason="看错了", by=su.account, at=NINE)

    let_through(question=question, by=su.account, at=NINE)

    assert seen(forum, wu) == [["时间从哪里来？"]]
    assert FloorQuestion.objects.get().set_aside_because == ""


def test_only_the_recorder_moderates(question, lin, zhou, shen):
    for other in (lin, zhou, shen):
        with pytest.raises(ForumRefused, match="只有记录人"):
            let_through(question=question, by=other.account, at=NINE)
        with pytest.raises(ForumRefused, match="只有记录人"):
            set_aside(question=question, reason="不好", by=other.account, at=NINE)

    question.refresh_from_db()
    assert question.moderation == "waiting"


def test_the_same_question_sent_twice_is_one(forum, question, shen):
    again = ask(forum=forum, asker=shen, text=" 时间从哪里来？ ", at=at(5))

    assert again == question
    assert FloorQuestion.objects.count() == 1


def test_a_question_is_on_an_item_of_its_own_forum(forum, slot, bureau, su, shen):
    other = Forum.objects.create(
        **{name: getattr(forum, name) for name in (
            "kind", "host", "call", "place", "day", "opens", "closes", "call_closes",
            "registration_closes", "recorder", "called_at",
        )},
        topic="另一期",
    )  # fmt: skip

    with pytest.raises(ForumRefused, match="这一期讲坛里的一项"):
        ask(forum=other, asker=shen, text="问错了地方", slot=slot, at=NINE)


def test_the_speaker_answers_and_the_recorder_writes_down(forum, question, su, zhou, shen):
    with pytest.raises(ForumRefused, match="还没有公开"):
        answer(question=question, person=zhou, text="挤出来的。", at=NINE)
    let_through(question=question, by=su.account, at=NINE)
    with pytest.raises(ForumRefused, match="主讲人或记录人"):
        answer(question=question, person=shen, text="我来说。", at=NINE)
    with pytest.raises(ForumRefused, match="请写下回答"):
        answer(question=question, person=zhou, text=" ", at=NINE)

    answer(question=question, person=zhou, text="挤出来的。", at=NINE)
    answer(question=question, person=su, text="备课组挤出来的。", at=at(5))

    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("备课组挤出来的。", su)


def test_an_answered_question_is_not_set_aside(question, su, zhou):
    let_through(question=question, by=su.account, at=NINE)
    answer(question=question, person=zhou, text="挤出来的。", at=NINE)

    with pytest.raises(ForumRefused, match="已经有了回答"):
        set_aside(question=question, reason="不想回答", by=su.account, at=NINE)


def test_after_the_forum_nobody_asks_and_after_the_proceedings_nobody_answers(
    forum, question, su, zhou, wu
):
    let_through(question=question, by=su.account, at=NINE)
    close_forum(forum=forum, spoke=[], by=su.account, at=at(20, 12))
    with pytest.raises(ForumRefused, match="已经办完"):
        ask(forum=forum, asker=wu, text="晚了", at=at(20, 13))
    answer(question=question, person=zhou, text="会后补答。", at=at(21))

    forum.refresh_from_db()
    version = begin(forum=forum, by=su.account, at=at(22))
    forum.refresh_from_db()
    issue(forum=forum, expected=version.number, number="文集1号", by=su.account, at=at(22))

    for late in (
        lambda: answer(question=question, person=zhou, text="改一改。", at=at(23)),
        lambda: let_through(question=question, by=su.account, at=at(23)),
    ):
        with pytest.raises(ForumRefused, match="文集已经印发"):
            late()


def test_the_database_wants_a_reason_for_what_is_set_aside(question):
    with pytest.raises(IntegrityError), transaction.atomic():
        FloorQuestion.objects.filter(pk=question.pk).update(moderation="set-aside")
