from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from taihua.kernel.documents.actions import (
    DocumentRefused,
    Overtaken,
    draft,
    issue,
    keep_file,
    revise,
)
from taihua.kernel.documents.models import Document, DocumentFile, Version
from taihua.kernel.documents.queries import (
    beside,
    document_of,
    files_of,
    issued,
    newest,
    next_number,
    versions_of,
)
from tests.factories import NINE
from tests.meeting import at_once, on_postgresql

KIND = "reports/yearly"
TEN = NINE + timedelta(hours=1)


def begin(unit, year=2013, text="第一稿"):
    return draft(kind=KIND, title="总结", year=year, body={"text": text}, at=NINE, unit=unit)


def issue_it(version, su, number="苔教〔2013〕1号"):
    return issue(
        version=version, number=number, by=su.account, at=TEN, known=TEN, provenance={"a": 1}
    )


def test_revise_adds_a_version_and_keeps_the_old_one(bureau, su):
    first = begin(bureau)

    second = revise(
        document=first.document, expected=1, body={"text": "第二稿"}, at=TEN, by=su.account
    )

    assert [version.number for version in versions_of(first.document)] == [2, 1]
    assert newest(first.document) == second
    assert Version.objects.get(pk=first.pk).body == {"text": "第一稿"}


def test_who_saves_second_is_told_and_neither_text_is_lost(bureau, su, lin):
    first = begin(bureau)
    quick = revise(
        document=first.document, expected=1, body={"text": "快的"}, at=TEN, by=su.account
    )

    with pytest.raises(Overtaken, match="没有丢失") as refusal:
        revise(document=first.document, expected=1, body={"text": "慢的"}, at=TEN, by=lin.account)

    assert refusal.value.theirs == quick
    assert newest(first.document).body == {"text": "快的"}
    assert [text.body for text in beside(quick)] == [{"text": "慢的"}]
    assert [version.number for version in versions_of(first.document)] == [2, 1]


def test_who_saves_in_the_very_same_moment_is_told_too(bureau, su, monkeypatch):
    first = begin(bureau)
    answers = iter([first])
    quick = revise(document=first.document, expected=1, body={"text": "快的"}, at=TEN)
    # the slower one looked before the quicker one had saved
    monkeypatch.setattr(
        "taihua.kernel.documents.actions.newest", lambda thing: next(answers, None) or newest(thing)
    )

    with pytest.raises(Overtaken):
        revise(document=first.document, expected=1, body={"text": "慢的"}, at=TEN, by=su.account)

    assert newest(first.document) == quick
    assert [text.body for text in beside(quick)] == [{"text": "慢的"}]


def test_things_are_called_by_their_names(bureau):
    version = begin(bureau)
    file = keep_file(
        version=version, form="pdf", name="总结.pdf", media_type="a", content=b"", at=NINE
    )

    assert [str(version.document), str(version), str(file)] == [
        "《总结》", f"#{version.document_id} v1", "总结.pdf",
    ]  # fmt: skip


def test_issue_numbers_the_document_and_keeps_what_its_figures_were(bureau, su):
    version = issue_it(begin(bureau), su)

    assert version.document.number == "苔教〔2013〕1号"
    assert (version.issued_at, version.known_at, version.issued_by) == (TEN, TEN, su.account)
    assert version.provenance == {"a": 1}
    assert list(issued(KIND, 2013)) == [version]
    assert list(issued(KIND, 2012)) == []


def test_an_issued_document_is_not_revised(bureau, su):
    version = issue_it(begin(bureau), su)

    with pytest.raises(DocumentRefused, match="已印发"):
        revise(document=version.document, expected=1, body={"text": "再改"}, at=TEN)

    assert newest(version.document).body == {"text": "第一稿"}


def test_issue_refuses_a_taken_number_and_issues_nothing(bureau, su):
    issue_it(begin(bureau, 2012), su)
    second = begin(bureau)

    with pytest.raises(DocumentRefused, match="已经用过"):
        issue_it(second, su)

    assert not newest(second.document).is_issued


def test_issue_refuses_an_older_version(bureau, su):
    first = begin(bureau)
    revise(document=first.document, expected=1, body={"text": "新"}, at=TEN)

    with pytest.raises(DocumentRefused, match="更新的版本"):
        issue_it(first, su)


def test_issue_refuses_a_document_of_no_unit(su):
    with pytest.raises(DocumentRefused, match="没有发文单位"):
        issue_it(begin(None), su)


@pytest.mark.parametrize(
    "change",
    [
        lambda version: Version.objects.filter(pk=version.pk).update(body={"text": "偷改"}),
        lambda version: Version.objects.filter(pk=version.pk).update(provenance={}),
        lambda version: Version.objects.filter(pk=version.pk).update(issued_at=None),
        lambda version: DocumentFile.objects.filter(version=version).update(content=b"x"),
        lambda version: DocumentFile.objects.filter(version=version).delete(),
    ],
    ids=["text", "provenance", "issue", "file", "no file"],
)
def test_the_database_itself_keeps_what_is_issued(bureau, su, change):
    version = issue_it(begin(bureau), su)
    keep_file(version=version, form="pdf", name="a", media_type="b", content=b"c", at=TEN)

    with pytest.raises(IntegrityError), transaction.atomic():
        change(version)

    assert newest(version.document).body == {"text": "第一稿"}
    assert bytes(version.files.get().content) == b"c"


def test_the_database_itself_refuses_to_rewrite_a_draft(bureau):
    version = begin(bureau)

    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(body={"text": "偷改"})


def test_a_file_of_a_draft_is_made_anew_and_of_an_issued_version_stays(bureau, su):
    version = begin(bureau)
    kept = {"form": "pdf", "name": "总结.pdf", "media_type": "application/pdf"}

    keep_file(version=version, content=b"one", at=NINE, **kept)
    keep_file(version=version, content=b"two", at=TEN, **kept)
    assert bytes(version.files.get().content) == b"two"

    done = issue_it(version, su)
    keep_file(version=done, content=b"three", at=TEN, **kept)
    assert bytes(done.files.get().content) == b"two"
    assert files_of(done).count() == 1


def test_numbers_run_by_sign_and_year(bureau, su):
    assert next_number("苔教", 2013) == 1
    issue_it(begin(bureau), su, "苔教〔2013〕9号")
    issue_it(begin(bureau, 2012), su, "苔教〔2012〕30号")

    assert next_number("苔教", 2013) == 10
    assert next_number("苔党", 2013) == 1


def test_the_document_of_a_year_is_the_issued_one_before_any_draft(bureau, su):
    done = issue_it(begin(bureau), su)
    begin(bureau)

    assert document_of(KIND, 2013) == done.document
    assert document_of(KIND, 1999) is None


# --- two in one moment ----------------------------------------------------------------------------


@pytest.fixture
def two_drafts(bureau):
    return begin(bureau), begin(bureau, 2012)


@on_postgresql
def test_of_two_who_take_one_number_at_once_one_is_told(transactional_db, two_drafts, su):
    came = at_once(*[partial(issue_it, version, su) for version in two_drafts])

    refused = [each for each in came if isinstance(each, Exception)]
    assert [type(each) for each in refused] == [DocumentRefused]
    assert "已经用过" in str(refused[0])
    assert issued().count() == 1


@on_postgresql
def test_of_two_who_issue_one_document_at_once_one_is_told(transactional_db, bureau, su):
    version = begin(bureau)

    came = at_once(*[partial(issue_it, version, su, f"苔教〔2013〕{n}号") for n in (1, 2)])

    assert [type(each) for each in came if isinstance(each, Exception)] == [DocumentRefused]
    assert issued().count() == 1


@on_postgresql
def test_what_is_issued_is_the_last_text_even_if_somebody_saves_meanwhile(
    transactional_db, bureau, su
):
    first = begin(bureau)

    saved, done = at_once(
        lambda: revise(document=first.document, expected=1, body={"text": "第二稿"}, at=TEN),
        lambda: issue_it(first, su),
    )

    assert isinstance(saved, DocumentRefused) != isinstance(done, DocumentRefused)
    last = versions_of(first.document).first()
    assert last.is_issued == (not isinstance(done, Exception))


def test_a_text_saved_just_after_the_issue_is_refused_and_not_kept(bureau, su, monkeypatch):
    first = begin(bureau)
    answers = iter([first])
    issue_it(first, su)
    # whoever revises looked before it was issued
    monkeypatch.setattr(
        "taihua.kernel.documents.actions.newest", lambda thing: next(answers, None) or newest(thing)
    )

    with pytest.raises(DocumentRefused, match="已印发"):
        revise(document=first.document, expected=1, body={"text": "迟到"}, at=TEN)

    assert [version.body for version in Version.objects.all()] == [{"text": "第一稿"}]


def test_a_title_that_names_a_book_keeps_its_marks_apart():
    assert (
        str(Document(title="《课堂里的真问题》教学论坛文集"))
        == "《〈课堂里的真问题〉教学论坛文集》"
    )
