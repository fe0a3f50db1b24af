"""A paper of a law quiz is opened: ten thousand questions in the bank, two thousand people asked.

What is measured is everything the server does from the button to the page: draw, keep, show. The
floor is the plainest page of the house, which goes the same way through all layers.
"""

import os
import shutil
import statistics
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from time import process_time
from typing import TYPE_CHECKING

from bench.measure import CACHE, Plain, Ratio
from tests.serving import environment

if TYPE_CHECKING:
    from django.test import Client

    from taihua.kernel.org.models import Person

HOME = CACHE / "papers"
ON = date(2013, 12, 4)
LAWS, ARTICLES, A_LAW = 20, 100, 500
PEOPLE, TAKERS = 2_000, 25
WANTED = {"single": 18, "several": 4, "truth": 6, "fill": 2}
PLAIN = "/appearance/"
BATCH = 1_000


def measure(scale: str, runs: int) -> list[Ratio | Plain]:
    """Papers of different people, each opened once; medians and the slowest twentieth."""
    del scale, runs  # the size is the point, and many papers are opened
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    os.environ |= environment(HOME, TAIHUA_TODAY=ON.isoformat())
    import django  # noqa: PLC0415  # only now is it known which database is meant

    django.setup()
    from taihua.site.serving import make_ready  # noqa: PLC0415

    make_ready()
    quiz, browsers = _fill()
    opened, shown, floor, queries = [], [], [], []
    for browser in browsers:
        browser.get(PLAIN)  # the first page of a browser makes what all others share
        floor.append(_milliseconds(partial(browser.get, PLAIN)))
        address = f"/study/law/quizzes/{quiz}/open/"
        opened.append(_milliseconds(partial(browser.post, address)))
        paper = f"/study/law/papers/{_newest()}/"
        shown.append(_milliseconds(partial(browser.get, paper)))
        queries.append(_queries(browser, paper))
    both = sorted(first + second for first, second in zip(opened, shown, strict=True))[1:]
    plain, size = statistics.median(floor), f"{LAWS * A_LAW:,} questions, {PEOPLE:,} people"
    p95 = both[int(0.95 * (len(both) - 1))]
    told = "the plainest page"
    return [
        Ratio(f"open a paper of {sum(WANTED.values())}, {size}", statistics.median(both), plain,
              "CPU ms", told, "≤ 100 ms"),
        Ratio(f"the same, slowest twentieth of {len(both)}", p95, plain, "CPU ms", told, "≤ 100 ms"),
        Ratio("come back to it", statistics.median(shown), plain, "CPU ms", told),
        Plain("queries of the page of a paper", max(queries), "queries"),
    ]  # fmt: skip


def _newest() -> int:
    """The id of the paper that was just opened."""
    from taihua.rooms.study.models import Paper  # noqa: PLC0415

    return Paper.objects.latest("pk").pk


def _milliseconds(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return (process_time() - begun) * 1000


def _queries(browser: "Client", path: str) -> int:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as queries:
        browser.get(path)
    return len(queries)


def _fill() -> tuple[int, list["Client"]]:
    """The bank, the people, one quiz that most have taken, and some who are about to."""
    from django.test import Client  # noqa: PLC0415

    from taihua.kernel.org.models import Account, Person, Post, Term, Unit  # noqa: PLC0415
    from taihua.kernel.records.actions import learn_words  # noqa: PLC0415
    from taihua.rooms.study.actions.law_quizzes import Setting, set_quiz  # noqa: PLC0415
    from taihua.rooms.study.models import Law, QuizGroup  # noqa: PLC0415

    at = datetime.fromisoformat("2013-01-05T09:00:00+08:00")
    learn_words([("passed-law-quiz", "通过学法测验")], [("study/law", "学法")])
    _bank(at)
    bureau = Unit.objects.create(code="bureau", name="教育局", kind="bureau", opened=at.date())
    post = Post.objects.create(code="teacher", name="教师", tier="staff")
    people = Person.objects.bulk_create(
        [Person(code=f"B{n:05}", name=f"某{n}") for n in range(PEOPLE)], batch_size=BATCH
    )
    Term.objects.bulk_create(
        [
            Term(person=person, post=post, unit=bureau, first_day=at.date(), known_from=at)
            for person in people
        ],
        batch_size=BATCH,
    )
    setting = Setting(
        title="全员学法测验",
        setter=bureau,
        laws=list(Law.objects.all()),
        set_date=ON - timedelta(days=30),
        due_date=ON + timedelta(days=30),
        pass_percent=80,
        wanted=WANTED,
        groups=[QuizGroup(tier="staff")],
    )
    quiz = set_quiz(setting=setting, at=at + timedelta(days=1))
    _taken(quiz.pk, people[TAKERS:], at)
    browsers = []
    for person in people[:TAKERS]:
        account = Account.objects.create_user(person.code, person=person)
        browser = Client(headers={"host": "localhost"})
        browser.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
        browsers.append(browser)
    return quiz.pk, browsers


def _bank(at: datetime) -> None:
    from taihua.rooms.study.actions.laws import NewVersion, enter_law, enter_version  # noqa: PLC0415
    from taihua.rooms.study.models import Article, LawQuestion  # noqa: PLC0415

    first = date(2010, 1, 1)
    for number in range(LAWS):
        law = enter_law(short=f"第{number}法", title=f"第{number}法", kind="law")
        new = NewVersion(adopted=first, effective=first, articles=ARTICLES)
        enter_version(law=law, new=new, at=at)
    articles = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    kinds, levels = list(WANTED), ("easy", "middle", "hard")
    texts = [{"text": text * 8, "right": text == "甲"} for text in "甲乙丙丁"]
    LawQuestion.objects.bulk_create(
        [
            LawQuestion(
                code=f"{article}-{n}",
                article_id=article,
                kind=kinds[(article + n) % 4],
                difficulty=levels[(article // 4 + n) % 3],
                stem=f"第 {article} 条第 {n} 题问的是什么，应当怎样回答才对____？",
                choices=texts,
                explanation="见原文。",
                added_at=at,
            )
            for article in articles
            for n in range(A_LAW // ARTICLES)
        ],
        batch_size=BATCH,
    )


def _taken(quiz: int, people: "list[Person]", at: datetime) -> None:
    """Everybody else has handed in a paper already, so that the tables are as full as they get."""
    from taihua.rooms.study.models import LawQuestion, Paper, PaperAnswer  # noqa: PLC0415

    rng, questions = Random(2013), list(LawQuestion.objects.values_list("pk", flat=True))
    papers = Paper.objects.bulk_create(
        [
            Paper(
                quiz_id=quiz, taker=person, number=1, seed=1, drawn_at=at, stock_print="-",
                handed_in_at=at, right_count=20, passed=False,
            )
            for person in people
        ],
        batch_size=BATCH,
    )  # fmt: skip
    PaperAnswer.objects.bulk_create(
        [
            PaperAnswer(paper=paper, position=position, question_id=question, is_right=True)
            for paper in papers
            for position, question in enumerate(rng.sample(questions, 30), start=1)
        ],
        batch_size=BATCH,
    )
