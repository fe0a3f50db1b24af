"""``taihua reindex``."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from taihua.rooms.portal.actions.indexing import reindex_all


class Command(BaseCommand):
    help = _("重做站内搜索的索引（从备份恢复之后）")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("现在能搜到 %(count)d 篇文章。") % {"count": reindex_all()})
