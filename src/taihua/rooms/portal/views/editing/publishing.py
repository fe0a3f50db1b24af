"""A document on its way to the public: one page, filled in already."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.base.papers import to_body
from taihua.kernel import house
from taihua.kernel.documents.models import Version
from taihua.kernel.documents.queries import files_of
from taihua.kernel.org.http import Request
from taihua.rooms.portal.access.articles import may_issue
from taihua.rooms.portal.actions import publishing as actions
from taihua.rooms.portal.actions.articles import ArticleRefused, Place
from taihua.rooms.portal.forms.articles import PublishForm
from taihua.rooms.portal.models import Article
from taihua.rooms.portal.queries.columns import open_columns


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
    first = open_columns().first()
    initial = {
        "column": first.pk if first else None,
        "title": version.document.title,
        "source": unit.name,
        "byline": str(version.written_by or ""),
    }
    form = PublishForm(request.POST or None, initial=initial)
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
        else:
            messages.success(request, _("已发布，所有人都能看到。"))
            return redirect("portal:draft", article.pk)
    context = {
        "form": form,
        "version": version,
        "body": to_body(read(version)),
        "files": files_of(version),
    }
    return render(request, "portal/editing/publish.html", context)
