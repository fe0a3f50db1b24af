"""Who may do what with a thing of this room."""

from taihua.kernel.org.access import any_of, is_clerk, is_unit_clerk
from taihua.kernel.org.models import Account, Person
from taihua.kernel.org.queries import units_kept_by
from taihua.rooms.forums.models import FloorQuestion, Forum, Practice, Speaker, TalkAnswer, WorkTalk

may_call_forums = any_of(is_clerk, is_unit_clerk)
may_call_rounds = is_clerk


def may_organise(account: Account, forum: Forum) -> bool:
    """Whoever keeps the ledgers of the unit that hosts it."""
    return forum.host_id in units_kept_by(account)


def may_record(account: Account, forum: Forum) -> bool:
    """Its recorder alone: moderates questions, notes who came, writes the proceedings."""
    return account.person_id is not None and forum.recorder_id == account.person_id


def may_note_spread(account: Account, forum: Forum) -> bool:
    """Once it was held: its organiser, its recorder, and who keeps the books of the unit.

    Somebody writes it down, so an account alone does not.
    """
    if account.person_id is None or forum.held_at is None:
        return False
    return may_organise(account, forum) or may_record(account, forum) or may_call_forums(account)


def may_reply(person: Person, speaker: Speaker) -> bool:
    """Only the one who is asked to speak says whether he will."""
    return speaker.person_id == person.pk


def may_answer_question(person: Person, question: FloorQuestion) -> bool:
    """A speaker of the item it is about; the recorder, who writes down what was said."""
    if question.forum.recorder_id == person.pk:
        return True
    slot = question.slot
    return slot is not None and any(
        speaker.person_id == person.pk and speaker.declined_at is None
        for speaker in slot.speakers.all()
    )


def may_answer_ask(person: Person, talk: WorkTalk) -> bool:
    """Only the owner of the ask, once."""
    return talk.owner_id == person.pk and not hasattr(talk, "answer") and not talk.is_draft


def may_weigh(person: Person, answer: TalkAnswer) -> bool:
    """Only the asker says whether an answer helped, once."""
    return answer.talk.speaker_id == person.pk and not answer.helped


def may_retire(account: Account, practice: Practice) -> bool:
    """Its writer, and whoever keeps the books of the unit."""
    return practice.writer_id == account.person_id or practice.unit_id in units_kept_by(account)
