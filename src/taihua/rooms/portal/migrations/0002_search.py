"""What articles are found by, with an index of the database's own kind."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from taihua.base.byhand import ByHand

SQLITE = (
    "CREATE VIRTUAL TABLE portal_index USING fts5(words, content='', tokenize='ascii')",
    # An article that is deleted is not found any more: joins leave its place out. See actions/indexing.py.
)
POSTGRESQL = (
    "ALTER TABLE portal_searchentry ADD COLUMN tokens text[]",
    "CREATE INDEX portal_index ON portal_searchentry USING gin (tokens)",
)


def put_up(_apps: Any, editor: Any) -> None:
    for text in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(text)


def take_down(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE portal_index")
    else:
        editor.execute("DROP INDEX portal_index")
        editor.execute("ALTER TABLE portal_searchentry DROP COLUMN tokens")


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_articles")]
    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("article", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="search_entry", serialize=False, to="portal.article", verbose_name="文章")),
                ("place", models.BigIntegerField(unique=True, verbose_name="次序")),
                ("text", models.TextField(verbose_name="被检索的文字")),
                ("marks", models.CharField(max_length=60, verbose_name="栏目和年份")),
            ],
            options={"verbose_name": "检索条目", "verbose_name_plural": "检索条目"},
        ),
        ByHand(put_up, take_down),
    ]
