"""What the study of law asks of a person on the desk: quizzes set and not passed."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.kernel.house import Due
from taihua.kernel.org.models import Person
from taihua.rooms.study.queries.law_quizzes import tasks_of


def quizzes_owed(person: Person, on: date) -> Iterator[Due]:
    """The quizzes set to ``person``, each with where its paper stands."""
    for task in tasks_of(person, on):
        if task.is_passed:
            continue
        if task.open_paper:
            sentence, act = _("学法测验“%(quiz)s”答了一半"), _("接着答")
        elif task.failed:
            sentence, act = _("学法测验“%(quiz)s”还没通过，可以换一份卷子再考"), _("再考一次")
        else:
            sentence, act = _("学法测验“%(quiz)s”还没考"), _("去测验")
        yield Due(
            topic=task.quiz.path,
            sentence=sentence % {"quiz": task.quiz.title},
            due=task.quiz.due_date,
            url=reverse("study:law-quiz", args=[task.quiz.pk]),
            act=act,
        )
