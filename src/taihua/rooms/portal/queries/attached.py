"""What the files beside an article say that must not be published, and which nobody looked into yet."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from taihua.kernel.documents.models import Version
from taihua.rooms.portal.logic.enclosed import read
from taihua.rooms.portal.logic.scan import Finding, scan
from taihua.rooms.portal.models import Article, ArticleFile

REMEMBERED = 200  # files; what one says never changes


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a file, and whether all of it could be looked through."""

    findings: tuple[Finding, ...]
    is_all: bool


def look_into(name: str, content: bytes) -> Looked:
    """What a file says that must not be public."""
    said, is_all = read(name, content)
    return Looked(tuple(scan([(_("附件“%(name)s”里") % {"name": name}, said)])), is_all)


def findings_in_files(article: Article) -> list[Finding]:
    """What must not be published in the files beside an article and in their names."""
    found = []
    for file in _files(article):
        found += scan([(_("附件的文件名"), file.name)])
        where = _("附件“%(name)s”里") % {"name": file.name}
        found += [replace(each, where=where) for each in _looked(file).findings]
    return found


def not_looked_into(article: Article) -> list[str]:
    """The names of the files in which a number may stand that no machine finds.

    What the house made itself says what the article says.
    """
    names = [file.name for file in _files(article) if not _looked(file).is_all]
    if not names or article.version is None:
        return names
    own = Version.objects.get(pk=article.version).files.values_list("name", flat=True)
    return [name for name in names if name not in own]


def _files(article: Article) -> QuerySet[ArticleFile]:
    return article.files.only("name", "digest").order_by("pk")


def _looked(file: ArticleFile) -> Looked:
    return _looked_into(file.pk, file.name, file.digest)


@lru_cache(REMEMBERED)
def _looked_into(pk: int, name: str, _digest: str) -> Looked:
    content = ArticleFile.objects.values_list("content", flat=True).get(pk=pk)
    return look_into(name, bytes(content))
