"""Columns and articles for tests: real rows, with sensible defaults."""

from datetime import datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from taihua.rooms.portal.models import Article, ArticleFile, Column, Picture, Revision
from tests.factories import NINE, UnitFactory

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f0003860180a9a0b1a20000000049454e44ae426082"
)


class ColumnFactory(DjangoModelFactory[Column]):
    class Meta:
        model = Column

    slug = factory.Sequence(lambda n: f"column-{n}")
    title = factory.Sequence(lambda n: f"第{n}栏")


class ArticleFactory(DjangoModelFactory[Article]):
    class Meta:
        model = Article

    column = factory.SubFactory(ColumnFactory)
    unit = factory.SubFactory(UnitFactory)


class PictureFactory(DjangoModelFactory[Picture]):
    class Meta:
        model = Picture

    number = 1
    alt = "操场上的树"
    media_type = "image/png"
    width = height = 1
    content = PIXEL
    digest = "a" * 64


class ArticleFileFactory(DjangoModelFactory[ArticleFile]):
    class Meta:
        model = ArticleFile

    name = "申请表.pdf"
    media_type = "application/pdf"
    content = b"%PDF-1.7"
    size = 8
    digest = "b" * 64


def published(
    title: str = "教育局：围绕工作抓学习",
    text: str = "认真读书。",
    *,
    at: datetime = NINE - timedelta(days=1),
    expires_at: datetime | None = None,
    source: str = "",
    byline: str = "",
    summary: str = "",
    **data: object,
) -> Article:
    """An article that everybody has been able to read since ``at``."""
    article = ArticleFactory(**data)
    words = Revision.objects.create(
        article=article,
        number=1,
        title=title,
        source=source,
        byline=byline,
        summary=summary,
        text=text,
        html="".join(f"<p>{line}</p>" for line in text.splitlines()),
        plain=text,
        written_at=at,
    )
    article.live = article.newest = words
    article.published_at, article.expires_at = at, expires_at
    article.save()
    return article
