"""A consultation with five thousand opinions: its officers' pages, one more opinion, a long law changed.

A tenth of what was said was said twice, nearly in the same words. The floor is the plainest page.
"""

import os
import shutil
import statistics
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from random import Random
from time import process_time
from typing import TYPE_CHECKING

from bench.measure import CACHE, Plain, Ratio
from tests.serving import environment

if TYPE_CHECKING:
    from django.test import Client

HOME = CACHE / "opinions"
ON = date(2013, 12, 4)
OPINIONS, TWICE, CLAUSES = 5_000, 500, 1_000
PLAIN = "/appearance/"
TURNS = 9
LAW = "教育 学校 教师 学生 应当 人民政府 规定 管理 保障 经费 不得 的 的 和 由 对 依法 责任 安全 组织 办法 均衡".split()
SIGNS = [chr(0x4E00 + place) for place in range(900)]


def measure(scale: str, runs: int) -> list[Ratio | Plain]:
    """CPU of pages and acts at five thousand opinions; medians."""
    del scale, runs  # the size is the point
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    os.environ |= environment(HOME, TAIHUA_TODAY=ON.isoformat())
    import django  # noqa: PLC0415  # only now is it known which database is meant

    django.setup()
    from taihua.site.serving import make_ready  # noqa: PLC0415

    make_ready()
    number, browser = _fill(Random(7))
    way = f"/portal/consultations/{number}"
    floor = _median(partial(browser.get, PLAIN))
    told = "the plainest page"
    pages = [
        Ratio(f"{name}, {OPINIONS:,} opinions", _median(partial(_get, browser, way + path)), floor,
              "CPU ms", told, aim)
        for name, path, aim in (
            ("the page of opinions", "/opinions/", "≤ 100 ms"),
            ("its last page", "/opinions/?page=100", "≤ 100 ms"),
            ("those that say nearly the same", "/opinions/?show=alike", "≤ 100 ms"),
            ("the matrix", "/matrix/", ""),
        )
    ]  # fmt: skip
    return [
        *pages,
        Plain("one more opinion is sorted in, CPU", _median(_arrives(number)), "ms"),
        *_long_law(Random(3)),
    ]


def _get(browser: "Client", path: str) -> None:
    answer = browser.get(path)
    if answer.status_code != 200:  # noqa: PLR2004
        raise AssertionError(f"{path}: {answer.status_code}")


def _median(work: Callable[[], object]) -> float:
    work()
    return statistics.median(_milliseconds(work) for _turn in range(TURNS))


def _milliseconds(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return (process_time() - begun) * 1000


def _arrives(number: int) -> Callable[[], object]:
    from taihua.rooms.portal.actions.families import sort_in  # noqa: PLC0415
    from taihua.rooms.portal.models import Opinion  # noqa: PLC0415

    newest = Opinion.objects.filter(consultation=number).latest("pk")
    return lambda: sort_in(newest)


def _fill(rng: Random) -> tuple[int, "Client"]:
    from django.test import Client  # noqa: PLC0415

    from taihua.kernel.org.models import Account, Person, Unit  # noqa: PLC0415
    from taihua.kernel.records.actions import learn_words  # noqa: PLC0415
    from taihua.rooms.portal.actions.consultations import Asked, save, send_out  # noqa: PLC0415
    from taihua.rooms.portal.room.consultations import KINDS, VERBS  # noqa: PLC0415

    learn_words(
        [(each.code, each.label) for each in VERBS], [(each.code, each.label) for each in KINDS]
    )
    at = datetime.fromisoformat("2013-12-04T09:00:00+08:00")
    bureau = Unit.objects.create(
        code="bureau", name="教育局", kind="bureau", opened=date(2005, 1, 1)
    )
    person = Person.objects.create(code="B1", name="某一")
    account = Account.objects.create_user("B1", person=person)
    account.grants.create(role="unit_clerk", unit=bureau)
    made = save(
        asked=Asked(
            title="规划纲要", kind="plan", host=bureau, responsible=person, opens=ON,
            closes=date(2014, 1, 20), explanation="为什么。",
            draft="\n".join(f"第{n}条　{_clause(rng)}" for n in range(1, 41)),
        ),
        by=account,
        at=at,
    )  # fmt: skip
    send_out(consultation=made, by=account, at=at)
    _say(made.pk, rng)
    browser = Client(headers={"host": "localhost"})
    browser.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return made.pk, browser


def _say(number: int, rng: Random) -> None:
    from taihua.rooms.portal.logic.near import near_groups  # noqa: PLC0415
    from taihua.rooms.portal.models import Clause, Opinion  # noqa: PLC0415

    clauses = list(Clause.objects.filter(consultation=number).values_list("pk", flat=True))
    texts = ["".join(rng.choices(SIGNS, k=rng.randint(20, 150))) for _n in range(OPINIONS - TWICE)]
    made = Opinion.objects.bulk_create(
        [
            Opinion(
                consultation_id=number, clause_id=rng.choice(clauses), text=text,
                receipt=f"R{n}", received_on=ON,
            )
            for n, text in enumerate([*texts, *(f"{text}谢谢" for text in texts[:TWICE])])
        ],
        batch_size=1_000,
    )  # fmt: skip
    for keys in near_groups({each.pk: each.text for each in made}):
        Opinion.objects.filter(pk__in=keys).update(family=min(keys))


def _clause(rng: Random) -> str:
    parts = ("".join(rng.choices(LAW, k=rng.randint(4, 9))) for _part in range(rng.randint(2, 7)))
    return f"{'，'.join(parts)}。"


def _long_law(rng: Random) -> list[Ratio | Plain]:
    """Half of the clauses edited, some dropped, some new: where each comes from, and what differs."""
    from taihua.rooms.portal.logic.matrix import Draft, stretches  # noqa: PLC0415
    from taihua.rooms.portal.logic.sources import likely_sources  # noqa: PLC0415

    before = [_clause(rng) for _n in range(CLAUSES)]
    after = [_edited(text, rng) if rng.random() < 0.5 else text for text in before]  # noqa: PLR2004
    after = [*rng.sample(after, CLAUSES * 9 // 10), *(_clause(rng) for _n in range(CLAUSES // 10))]
    drafts = [Draft(at, text) for at, text in enumerate(before)]

    def compare() -> None:
        for words, found in zip(after, likely_sources(drafts, after), strict=True):
            stretches("".join(before[at] for at in found), words)

    return [
        Plain(f"a law of {CLAUSES:,} clauses compared, CPU", _median(compare), "ms", "≤ 1,000 ms")
    ]


def _edited(text: str, rng: Random) -> str:
    for _turn in range(3):
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(LAW) + text[at + rng.randint(0, 3) :]
    return text
