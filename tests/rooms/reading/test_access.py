"""Who may open what: every address of the room for every one of the cast."""

import pytest
from django.test import override_settings
from django.urls import reverse

from taihua.kernel.org.models import Account
from taihua.rooms.reading import access
from taihua.rooms.reading.actions.assignments import ask_substitute
from taihua.rooms.reading.actions.books import add_copy, borrow
from taihua.rooms.reading.actions.checks import hand_in_answers
from taihua.rooms.reading.actions.circles import answer_circle, ask_circle, form_circle
from taihua.rooms.reading.actions.contributions import submit_note
from taihua.rooms.reading.actions.evening import leave_line, mark_passage
from taihua.rooms.reading.actions.notes import comment_on, write_note
from taihua.rooms.reading.actions.volumes import Call, call_for_texts
from taihua.rooms.reading.models import Chapter
from taihua.rooms.reading.urls import urlpatterns
from tests.conftest import lay_out
from tests.factories import NINE
from tests.rooms.reading.conftest import (
    answers_to,
    assignment,
    book,
    edition,
    other_book,
    read_through,
)

pytestmark = pytest.mark.django_db
CAST = ("lin", "zhou", "shen", "wu", "su", "zheng", "keeper")
ALL = set(CAST)
MEMBERS = ALL - {"keeper"}
OFFICE = {"su", "keeper"}
# Who gets the page (200, or a redirect to it); all others are told 403 or 404.
PAGES = {
    "shelf": MEMBERS,
    "catalogue": ALL,
    "new-book": OFFICE,
    "book": ALL,
    "take-in": OFFICE,
    "add-copy": OFFICE,
    "read": MEMBERS,
    "marks": MEMBERS,
    "loans": OFFICE | {"zheng"},
    "assignments": ALL,
    "set-book": OFFICE,
    "assignment": ALL - {"wu"},
    "check": {"zhou"},
    "ask-substitute": MEMBERS - {"wu"},
    "reviews": MEMBERS,
    "review": {"zhou", "lin"},
    "substitutes": ALL,
    "decide-substitute": OFFICE,
    "notes": MEMBERS,
    "new-note": MEMBERS,
    "note": {"shen"},
    "revise-note": {"shen"},
    "history": {"shen"},
    "share": {"shen"},
    "note-word": {"shen"},
    "circles": MEMBERS,
    "circle": {"shen"},
    "circle-members": {"shen"},
    "evening": MEMBERS,
    "submit": {"shen"},
    "volumes": ALL,
    "volume": ALL,
    "call": OFFICE,
    "change-call": OFFICE,
    "edit-volume": OFFICE,
    "arrange": OFFICE,
    "issue-volume": OFFICE,
    "note-erratum": set(),  # of an issued volume only, as the next
    "set-pdf": set(),
    "contribution": {"shen"},
    "choose": {"su"},  # an opinion is written by a person, not by an account alone
    "edit-text": {"su"},
    "opinion": {"lin"},
    "chapter": MEMBERS,
    "mark": MEMBERS,
    "picture": MEMBERS,
}
POSTED = {
    "take-back-answer",
    "start", "finish", "borrow", "give-back", "hand-over", "restore", "withdraw",
    "take-back-comment", "take-back-line", "place", "remove-mark",
    "withdraw-contribution",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(laid_out):
    """Everybody with a browser, the book that was set, and a thing for each address."""
    with override_settings(TAIHUA_TODAY=NINE.date()):
        made = lay_out(book, other_book, edition, assignment, places)
    made["accounts"] = {
        name: made[name] if isinstance(made[name], Account) else made[name].account for name in CAST
    }
    made["browsers"] = {
        name: made["logged_in"](account) for name, account in made["accounts"].items()
    }
    return made


def places(assignment, edition, book, lin, zhou, shen, su, school):
    """The arguments of each address: things of 周科长 and 沈老师, none of them shared."""
    read_through(zhou, book)
    attempt = hand_in_answers(
        reader=zhou, assignment=assignment, answers=answers_to(assignment), at=NINE
    )
    note = write_note(writer=shen, kind="note", title="题", text="文", at=NINE)
    chapter = Chapter.objects.get(edition=edition, position=1)
    mark = mark_passage(reader=shen, chapter=chapter, start=0, end=2, thought="", at=NINE)
    copy = add_copy(book=book, label="TH-0001", unit=school)
    loan = borrow(borrower=shen, copy=copy, on=NINE.date(), until=NINE.date())
    circle = form_circle(keeper=shen, name="晨读", members=[])
    question = ask_circle(circle=circle, asker=shen, text="学是什么？", at=NINE)
    answer = answer_circle(question=question, writer=shen, text="读和问。", at=NINE)
    line = leave_line(reader=shen, day=NINE.date(), words="读", unit=school, at=NINE)
    comment = comment_on(note=note, writer=shen, text="自注", at=NINE)
    volume = call_for_texts(
        call=Call(
            number=3, title="苔花风景", publisher=school, call="写真事。", opens=NINE.date(),
            closes=NINE.date(), editors=[su], readers=[lin, zhou],
        )
    )  # fmt: skip
    given = submit_note(volume=volume, note=note, byline="", licence="volume", at=NINE)
    opinion = given.opinions.get(reader=lin)
    place = [edition.pk, 1]
    one_book, one_note = [book.pk], [note.pk]
    return {
        **dict.fromkeys(
            ("book", "take-in", "add-copy", "read", "marks", "start", "finish"), one_book
        ),
        **dict.fromkeys(("note", "revise-note", "history", "share", "note-word"), one_note),
        **dict.fromkeys(("chapter", "mark", "place", "picture"), place),
        **dict.fromkeys(("assignment", "check", "ask-substitute"), (assignment.pk,)),
        **dict.fromkeys(("review", "hand-over"), (attempt.pk,)),
        **dict.fromkeys(("circle", "circle-members"), (circle.pk,)),
        **dict.fromkeys(
            (
                "volume",
                "change-call",
                "edit-volume",
                "arrange",
                "issue-volume",
                "note-erratum",
                "set-pdf",
            ),
            (volume.number,),
        ),
        **dict.fromkeys(
            ("contribution", "choose", "edit-text", "withdraw-contribution"), (given.pk,)
        ),
        "submit": one_note,
        "opinion": [opinion.pk],
        "take-back-answer": [circle.pk, answer.pk],
        "borrow": [copy.pk],
        "give-back": [loan.pk],
        "restore": [note.pk, 1],
        "withdraw": [note.pk, 1],
        "take-back-comment": [note.pk, comment.pk],
        "take-back-line": [line.pk],
        "remove-mark": [mark.pk],
    }


def test_the_table_names_every_address_of_the_room():
    assert {pattern.name for pattern in urlpatterns} == PAGES.keys() | POSTED


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_opens_for_those_and_for_nobody_else(made, name):
    assignment, args = made["assignment"], made["places"].get(name, [])
    if name == "check":
        assignment.attempts.all().delete()
    if name == "decide-substitute":
        assignment.attempts.all().delete()
        asked = ask_substitute(
            reader=made["zhou"],
            assignment=assignment,
            title="师说",
            author="",
            reason="已读",
            at=NINE,
        )
        args = [asked.pk]
    address = reverse(f"reading:{name}", args=args)

    status = {who: browser.get(address).status_code for who, browser in made["browsers"].items()}

    assert {who for who, code in status.items() if code in {200, 302}} == PAGES[name]
    assert set(status.values()) <= {200, 302, 403, 404}


@pytest.mark.parametrize("name", sorted(PAGES.keys() | POSTED))
def test_a_stranger_is_sent_to_the_login(client, made, name):
    args = made["places"].get(name, [1] if name == "decide-substitute" else [])
    address = reverse(f"reading:{name}", args=args)
    answer = client.post(address) if name in POSTED else client.get(address)

    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")


@pytest.mark.parametrize("name", sorted(POSTED))
def test_what_changes_something_is_never_done_by_a_link(made, name):
    address = reverse(f"reading:{name}", args=made["places"][name])

    assert made["browsers"]["shen"].get(address).status_code == 405


@pytest.mark.parametrize(
    "name",
    ["give-back", "hand-over", "restore", "withdraw", "take-back-comment", "take-back-line",
     "remove-mark"],
)  # fmt: skip
@pytest.mark.parametrize("who", ["wu", "zheng"])
def test_nobody_changes_what_is_anothers(made, name, who):
    address = reverse(f"reading:{name}", args=made["places"][name])

    assert made["browsers"][who].post(address).status_code == 404


def test_an_account_without_a_person_changes_nothing(made):
    status = {
        name: made["browsers"]["keeper"]
        .post(reverse(f"reading:{name}", args=made["places"][name]))
        .status_code
        for name in POSTED - {"give-back"}  # this one is for whoever keeps the house too
    }

    assert set(status.values()) == {403}


def test_the_party_office_sets_books_and_others_do_not(made):
    may = {name for name, account in made["accounts"].items() if access.may_set_books(account)}

    assert may == OFFICE


def test_progress_is_for_those_who_look_after_somebody(made):
    may = {name for name, account in made["accounts"].items() if access.may_see_progress(account)}

    assert may == ALL - {"wu"}
