"""Whatever order readers, reviewers and the office act in, the room and the record agree."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taihua.kernel.commitments.queries import open_for
from taihua.kernel.records.queries import statements_of
from taihua.rooms.reading.actions.assignments import (
    ReadingRefused,
    ask_substitute,
    decide_substitute,
    finish_book,
    start_book,
)
from taihua.rooms.reading.actions.checks import (
    CheckRefused,
    ask_resit,
    hand_in_answers,
    pass_attempt,
    save_draft,
)
from taihua.rooms.reading.actions.notes import share_note, withdraw_share, write_note
from taihua.rooms.reading.enums import Outcome, Step
from taihua.rooms.reading.models import Answer, Attempt, Circle, Note, Reading, Substitute
from taihua.rooms.reading.queries.duties import duty_of
from taihua.rooms.reading.queries.notes import audiences_for, notes_seen_by
from taihua.rooms.reading.room.dues import asked_of
from tests.factories import NINE
from tests.rooms.reading.conftest import answers_to

ACTS = ("start", "finish", "draft", "hand-in", "pass", "resit", "ask", "approve", "refuse")
READERS_TURN = {Step.TO_START, Step.READING, Step.TO_HAND_IN, Step.RESIT}


class Walk:
    """周科长 with one required book; each act is tried and may be refused."""

    def __init__(self, assignment, reader, office):
        self.assignment, self.reader, self.office = assignment, reader, office
        self.moment = NINE

    @property
    def duty(self):
        return duty_of(self.reader, self.assignment, NINE.date())

    def act(self, name):
        self.moment += timedelta(minutes=1)
        with suppress(CheckRefused, ReadingRefused):
            getattr(self, name.replace("-", "_"))()

    def start(self):
        start_book(reader=self.reader, book=self.duty.book, at=self.moment)

    def finish(self):
        finish_book(reader=self.reader, book=self.duty.book, at=self.moment)

    def draft(self):
        save_draft(reader=self.reader, assignment=self.assignment, answers={}, at=self.moment)

    def hand_in(self):
        answers = answers_to(self.assignment)
        hand_in_answers(
            reader=self.reader, assignment=self.assignment, answers=answers, at=self.moment
        )

    def pass_(self):
        self._review(pass_attempt)

    def resit(self):
        self._review(ask_resit)

    def _review(self, review):
        paper = Attempt.objects.filter(handed_in_at__isnull=False).order_by("-number").first()
        if paper is not None:
            review(reviewer=paper.reviewer, attempt=paper, remark="看过", at=self.moment)

    def ask(self):
        ask_substitute(
            reader=self.reader,
            assignment=self.assignment,
            title="师说",
            author="",
            reason="已读",
            at=self.moment,
        )

    def approve(self):
        self._decide(approve=True)

    def refuse(self):
        self._decide(approve=False)

    def _decide(self, *, approve):
        asked = Substitute.objects.order_by("-pk").first()
        if asked is not None:
            decide_substitute(
                substitute=asked, approve=approve, reply="好", at=self.moment, by=self.office
            )


def clear(reader):
    """Hypothesis tries many walks in one test: what rooms keep can go, records stay."""
    for model in (Answer, Attempt, Substitute, Reading):
        model.objects.all().delete()
    return statements_of(reader).count()


@settings(max_examples=40)
@given(st.lists(st.sampled_from(ACTS), max_size=25))
def test_room_record_and_commitments_agree_after_any_walk(assignment, zhou, lin, su, acts):
    before = clear(zhou)
    owed_before = set(open_for(zhou)) | set(open_for(lin)) | set(open_for(su))
    walk = Walk(assignment, zhou, su.account)
    for name in acts:
        walk.act("pass_" if name == "pass" else name)

    duty, papers = walk.duty, list(Attempt.objects.order_by("number"))
    outcomes = [paper.outcome for paper in papers if not paper.is_draft]
    said = statements_of(zhou)[: statements_of(zhou).count() - before]
    verbs = [statement.verb.code for statement in said]
    owed = (set(open_for(zhou)) | set(open_for(lin)) | set(open_for(su))) - owed_before
    waits = [paper for paper in papers if paper.is_waiting]
    readings = list(Reading.objects.all())

    assert [paper.number for paper in papers] == list(range(1, len(papers) + 1))
    assert sum(paper.is_draft for paper in papers) + len(waits) <= 1
    assert outcomes.count(Outcome.PASSED) == verbs.count("passed-check") <= 1
    assert verbs.count("started-book") == len(readings)
    assert verbs.count("read") == sum(each.finished_date is not None for each in readings)
    assert duty.standing.is_done == (Outcome.PASSED in outcomes)
    assert duty.standing.is_readers_turn == (duty.standing.step in READERS_TURN)
    assert {each.origin for each in owed if each.person != zhou} == {each.path for each in waits}
    assert bool(list(asked_of(zhou, NINE.date()))) == (
        duty.standing.step in {Step.TO_START, Step.READING, Step.TO_HAND_IN}
    )


@settings(max_examples=40)
@given(st.lists(st.sampled_from(ACTS), max_size=25))
def test_a_resit_is_owed_from_the_asking_to_the_passing(assignment, zhou, lin, su, acts):
    clear(zhou)
    for left in open_for(zhou):
        left.delete()
    walk = Walk(assignment, zhou, su.account)
    resits = 0
    for name in acts:
        walk.act("pass_" if name == "pass" else name)
        outcomes = list(Attempt.objects.values_list("outcome", flat=True))
        resits = outcomes.count(Outcome.RESIT)

        owes = Outcome.RESIT in outcomes and Outcome.PASSED not in outcomes
        assert open_for(zhou).count() == int(owes)
    assert resits == Attempt.objects.filter(outcome=Outcome.RESIT).count()


AUDIENCES = ("circle", "school", "bureau", "leadership", "middle", "house")


def belongs(person, audience, cast):
    """The definition, by hand: who of the cast is in which audience of 沈老师."""
    inside = {
        "circle": {"shen", "wu"},
        "school": {"shen"},
        "bureau": set(cast),
        "leadership": {"lin"},
        "middle": {"zhou"},
        "house": set(cast),
    }
    return person in inside[audience]


@pytest.fixture
def cast(lin, zhou, shen, wu, su, zheng):
    return {"lin": lin, "zhou": zhou, "shen": shen, "wu": wu, "su": su, "zheng": zheng}


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(AUDIENCES), st.booleans()), max_size=8))
def test_a_note_is_seen_by_its_writer_and_the_audiences_it_is_shown_to_and_nobody_else(
    cast, school, bureau, moves
):
    """Each move shows the note to an audience or takes it back from it."""
    shen = cast["shen"]
    circle, _made = Circle.objects.get_or_create(name="晨读", defaults={"keeper": shen})
    circle.members.set([shen, cast["wu"]])
    keys = {
        "circle": f"circle-{circle.pk}",
        "school": f"unit-{school.pk}",
        "bureau": f"unit-{bureau.pk}",
        "leadership": "tier-leadership",
        "middle": "tier-middle",
        "house": "house",
    }
    audiences = {audience.key: audience for audience in audiences_for(shen, NINE.date())}
    note = write_note(writer=shen, kind="note", title="题", text="文", at=NINE)
    shown = {}
    for name, show in moves:
        if show:
            shown[name] = share_note(note=note, audience=audiences[keys[name]], at=NINE)
        elif name in shown:
            withdraw_share(share=shown.pop(name), at=NINE)

    seen_by = {name for name, each in cast.items() if note in notes_seen_by(each, NINE.date())}

    wanted = {name for name in cast if any(belongs(name, audience, cast) for audience in shown)}
    assert seen_by == wanted | {"shen"}
    assert Note.objects.get(pk=note.pk).shares.filter(withdrawn_at=None).count() == len(shown)
