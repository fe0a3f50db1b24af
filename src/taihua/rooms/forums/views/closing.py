"""What the recorder does: questions, who came, the proceedings; and where it was taken up."""

from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel import house
from taihua.kernel.documents.access import may_read
from taihua.kernel.documents.models import Version
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.kernel.org.queries import open_units, units_kept_by
from taihua.rooms.forums import access
from taihua.rooms.forums.actions import closing
from taihua.rooms.forums.actions import proceedings as texts
from taihua.rooms.forums.actions import questions as actions
from taihua.rooms.forums.actions.files import MEDIA_TYPES
from taihua.rooms.forums.actions.forums import ForumRefused
from taihua.rooms.forums.forms.fields import ReasonForm
from taihua.rooms.forums.forms.forums import (
    AnswerForm,
    AttendanceForm,
    ProceedingsForm,
    SpreadForm,
)
from taihua.rooms.forums.models import FloorQuestion, Forum, Speaker
from taihua.rooms.forums.queries import forums as queries
from taihua.rooms.forums.queries.proceedings import paper_of, sections_of, version_of
from taihua.rooms.forums.views import papers
from taihua.rooms.forums.views.saying import Say, do, download, say

SIGN = "讲坛文集"  # as it stands in the numbers of the proceedings


@admits(is_member)
@require_POST
def let_through(request: Request, pk: int) -> HttpResponse:
    question = _kept(request, pk)
    do(
        request,
        lambda: actions.let_through(question=question, by=request.user, at=clock.now()),
        _("已公开。"),
    )
    return redirect(_questions(question))


@admits(is_member)
@require_http_methods(["GET", "POST"])
def set_aside(request: Request, pk: int) -> HttpResponse:
    """Keep a question from the audience; its asker reads why."""
    question = _kept(request, pk)
    page = Say(
        title=_("不公开这个问题"),
        button=_("不公开"),
        back=_questions(question),
        back_title=question.forum.topic,
        quoted=question.text,
        lede=_("伤人的、与主题无关的可以不公开。原因只有提问人看得到。"),
    )
    return say(
        request,
        page,
        ReasonForm(request.POST or None),
        lambda given: actions.set_aside(
            question=question, by=request.user, at=clock.now(), **given
        ),
        _("这个问题不公开，提问人会看到原因。"),
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """The speaker answers, or the recorder writes down what was said."""
    person = person_of(request)
    asked = FloorQuestion.objects.select_related("forum", "slot", "asker")
    question = get_object_or_404(asked.prefetch_related("slot__speakers"), pk=pk)
    if not access.may_answer_question(person, question):
        raise Http404
    page = Say(
        title=_("回答提问"),
        button=_("写下回答"),
        back=_questions(question),
        back_title=question.forum.topic,
        quoted=question.text,
    )
    return say(
        request,
        page,
        AnswerForm(request.POST or None, initial={"text": question.answer}),
        lambda given: actions.answer(question=question, person=person, at=clock.now(), **given),
        _("回答已写下。"),
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def attendance(request: Request, pk: int) -> HttpResponse:
    """Who came and who spoke; with ``close`` the forum goes on record as held."""
    forum = _recorded(request, pk)
    speakers = Speaker.objects.filter(slot__forum=forum, declined_at__isnull=True)
    registered = forum.registrations.filter(withdrawn_at__isnull=True)
    there = set(forum.present.values_list("person", flat=True))
    form = AttendanceForm(
        request.POST or None,
        speakers=speakers.select_related("person", "slot").order_by("slot__starts", "pk"),
        registered=registered.select_related("person").order_by("pk"),
        initial={
            "spoke": speakers.filter(confirmed_at__isnull=False).values_list("pk", flat=True),
            "came": registered.filter(person__in=there).values_list("pk", flat=True),
            "others": _others(forum, registered.values_list("person", flat=True)),
        },
    )
    if form.is_valid():
        try:
            closed = _note(request, forum, form, clock.now())
        except ForumRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("已记下这一期办了，接着写文集。") if closed else _("到会的已存下。")
            messages.success(request, done)
            return redirect("forums:proceedings" if closed else "forums:attendance", pk)
    return render(request, "forums/attendance.html", {"forum": forum, "form": form})


def _note(request: Request, forum: Forum, form: AttendanceForm, at: datetime) -> bool:
    given = form.cleaned_data
    came = [row.person for row in given["came"]]
    closing.note_present(forum=forum, people=[*came, *given["others"]], by=request.user, at=at)
    if "close" in request.POST:
        closing.close_forum(forum=forum, spoke=list(given["spoke"]), by=request.user, at=at)
        return True
    return False


def _others(forum: Forum, registered: object) -> str:
    rows = forum.present.exclude(person__in=registered).select_related("person").order_by("pk")  # type: ignore[misc]
    return "、".join(f"{row.person.name}（{row.person.code}）" for row in rows)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def spread(request: Request, pk: int) -> HttpResponse:
    """Write down that a unit took something up."""
    forum = get_object_or_404(queries.forums(), pk=pk)
    if not access.may_note_spread(request.user, forum):
        raise Http404
    today = clock.today()
    units = open_units(today).filter(kind__in=["school", "section", "bureau"])
    if not (access.may_organise(request.user, forum) or access.may_record(request.user, forum)):
        units = units.filter(pk__in=units_kept_by(request.user))
    page = Say(
        title=_("记一笔推广"),
        button=_("记下推广"),
        back=reverse("forums:forum", args=[pk]),
        back_title=forum.topic,
        lede=_("讲坛上讲的，哪个单位照着做起来了。"),
    )
    return say(
        request,
        page,
        SpreadForm(request.POST or None, units=units, initial={"since": today}),
        lambda given: closing.note_spread(forum=forum, by=request.user, at=clock.now(), **given),
        _("已记下，计入这一期的效果。"),
    )


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def proceedings(request: Request, pk: int) -> HttpResponse:
    """The proceedings: the recorder writes them; once issued everybody reads them."""
    forum = get_object_or_404(queries.forums(), pk=pk)
    version = version_of(forum)
    if version is not None and version.is_issued:
        return _read(request, forum, version)
    if not access.may_record(request.user, forum) or forum.held_at is None:
        raise Http404
    version = version or texts.begin(forum=forum, by=request.user, at=clock.now())
    return _written(request, forum, version)


def _read(request: Request, forum: Forum, version: Version) -> HttpResponse:
    context = {
        "forum": forum,
        "version": version,
        "sections": sections_of(version),
        "publishing": house.publishing_of(request.user, version, clock.now()),
    }
    return render(request, "forums/read.html", context)


def _written(request: Request, forum: Forum, version: Version) -> HttpResponse:
    form = ProceedingsForm(
        request.POST or None, sections=sections_of(version), initial={"expected": version.number}
    )
    draft = papers.Draft(
        forum=forum, version=version, sign=SIGN, year=forum.day.year, shown=sections_of
    )

    def save(expected: int) -> Version:
        return texts.write(
            forum=forum, sections=form.sections, expected=expected, by=request.user, at=clock.now()
        )

    return papers.write(request, "forums/write_proceedings.html", draft, form, save)


@admits(is_member)
@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """Issue the proceedings, and make the files of them."""
    forum = get_object_or_404(queries.forums(), pk=pk)
    if not access.may_record(request.user, forum):
        raise Http404
    act = partial(texts.issue, forum=forum)
    if papers.issue(request, SIGN, act, partial(paper_of, forum)) is not None:
        messages.success(request, _("文集已印发，Word 和 PDF 都做好了。"))
    return redirect("forums:proceedings", pk)


@admits(is_logged_in)
@require_GET
def file(request: Request, pk: int, form: str) -> HttpResponse:
    """The proceedings as Word or PDF."""
    forum = get_object_or_404(queries.forums(), pk=pk)
    version = version_of(forum)
    if version is None or form not in MEDIA_TYPES:
        raise Http404
    if not (may_read(request.user, version) or access.may_record(request.user, forum)):
        raise Http404
    return download(texts.keep_file(forum=forum, version=version, form=form, at=clock.now()))


def _kept(request: Request, pk: int) -> FloorQuestion:
    question = get_object_or_404(FloorQuestion.objects.select_related("forum"), pk=pk)
    if not access.may_record(request.user, question.forum):
        raise Http404
    return question


def _recorded(request: Request, pk: int) -> Forum:
    forum = get_object_or_404(queries.forums(), pk=pk)
    if not access.may_record(request.user, forum) or forum.is_over:
        raise Http404
    return forum


def _questions(question: FloorQuestion) -> str:
    return f"{reverse('forums:forum', args=[question.forum_id])}#questions"
