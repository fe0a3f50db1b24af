"""A document on its way to the public: one page, filled in already."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.base.papers import to_body
from taihua.kernel import house
from taihua.kernel.documents.models import Version
from taihua.kernel.documents.queries import files_of
from taihua.kernel.org.http import Request
from taihua.rooms.portal import tasks
from taihua.rooms.portal.access.articles import may_issue
from taihua.rooms.portal.actions import publishing as actions
from taihua.rooms.portal.actions.articles import ArticleRefused, Place
from taihua.rooms.portal.actions.review import Sensitive
from taihua.rooms.portal.forms.articles import PublishForm
from taihua.rooms.portal.logic.scan import Finding
from taihua.rooms.portal.models import Article
from taihua.rooms.portal.queries.columns import column_for
from taihua.rooms.portal.queries.editing import PDF_TYPE, document_without_pdf

SETTING = gettext_lazy("PDF 正在后台排版，做好以后自动附上；过一会儿刷新这一页。")


@admits(may_issue)
@require_http_methods(["GET", "POST"])
def publish(request: Request, pk: int) -> HttpResponse:
    """See the document as it will read, and publish it; what is published already leads there."""
    version = get_object_or_404(Version.objects.select_related("document__unit"), pk=pk)
    read = house.papers().get(version.document.kind)
    if read is None or not version.is_issued or version.document.unit is None:
        raise Http404
    if there := Article.objects.filter(version=pk).first():
        return redirect("portal:draft", there.pk)
    unit = version.document.unit
    initial = {
        "column": column_for(version),
        "title": version.document.title,
        "source": unit.name,
        "byline": str(version.written_by or ""),
    }
    form = PublishForm(request.POST or None, initial=initial)
    findings: Sequence[Finding] = []
    if form.is_valid():
        told = form.cleaned_data
        place = Place(column=told["column"], unit=unit, published_at=told["published_at"])
        try:
            article = actions.publish(
                version=version,
                words=form.words,
                place=place,
                by=request.user,
                at=clock.now(),
                reason=told["reason"],
            )
        except ArticleRefused as refusal:
            form.add_error(None, str(refusal))
            findings = refusal.findings if isinstance(refusal, Sensitive) else []
        else:
            _say_done(request, article)
            return redirect("portal:draft", article.pk)
    context = {
        "form": form,
        "version": version,
        "findings": findings,
        "body": to_body(read(version)),
        "files": files_of(version),
        "has_pdf": files_of(version).filter(media_type=PDF_TYPE).exists(),
    }
    return render(request, "portal/editing/publish.html", context)


@admits(may_issue)
@require_POST
def set_pdf(request: Request, pk: int) -> HttpResponse:
    """Ask once more for the PDF of a published document, where it did not come."""
    article = get_object_or_404(Article, version=pk)
    if document_without_pdf(article):
        tasks.add_pdf.enqueue(article.pk, clock.now().isoformat())
        messages.success(request, SETTING)
    return redirect("portal:draft", article.pk)


def _say_done(request: Request, article: Article) -> None:
    """What was done, and what is still being made in the background."""
    now = clock.now()
    if article.is_public(now):
        messages.success(request, _("已发布，所有人都能看到。"))
    else:
        messages.success(request, _("已签发，到发布时间自动公开。"))
    if document_without_pdf(article):
        tasks.add_pdf.enqueue(article.pk, now.isoformat())
        messages.info(request, SETTING)
