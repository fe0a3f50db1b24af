"""What comes round by itself is declared once and handed to the worker as it stands."""

import pytest
from django.tasks import task

from taihua.base import rounds as declared
from taihua.base.rounds import comes_round, rounds
from taihua.site.rounds import Source


@task
def sweep() -> None: ...


@task
def dust() -> None: ...


@pytest.fixture(autouse=True)
def nothing_declared(monkeypatch):
    monkeypatch.setattr(declared, "_rounds", {})


def test_a_declared_task_comes_round():
    comes_round("site.sweep", "15 3 * * *")(sweep)

    assert [(each.code, each.task, each.cron) for each in rounds()] == [
        ("site.sweep", sweep, "15 3 * * *")
    ]


def test_the_same_declaration_twice_is_one():
    comes_round("site.sweep", "15 3 * * *")(sweep)
    comes_round("site.sweep", "15 3 * * *")(sweep)

    assert len(rounds()) == 1


def test_one_name_for_two_tasks_is_refused():
    comes_round("site.sweep", "15 3 * * *")(sweep)

    with pytest.raises(ValueError, match=r"already comes round as .*sweep"):
        comes_round("site.sweep", "15 3 * * *")(dust)


def test_the_worker_is_told_what_is_declared_now():
    source = Source({}, "default")
    assert source.schedules() == []

    comes_round("site.sweep", "15 3 * * *")(sweep)

    assert [schedule.name for schedule in source.schedules()] == ["site.sweep"]
