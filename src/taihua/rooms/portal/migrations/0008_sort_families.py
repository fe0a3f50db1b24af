"""Opinions that came before families were kept are sorted into them."""

from typing import Any

from django.db import migrations

from taihua.rooms.portal.logic.near import near_groups


def sort(apps: Any, _editor: Any) -> None:
    """Put together those that stand alone and say nearly the same, consultation by consultation."""
    opinions = apps.get_model("portal", "Opinion").objects
    alone = opinions.filter(group=None, set_aside_because="").order_by("pk")
    for consultation in alone.values_list("consultation", flat=True).order_by().distinct():
        texts = dict(alone.filter(consultation=consultation).values_list("pk", "text"))
        for keys in near_groups(texts):
            opinions.filter(pk__in=keys).update(family=min(keys))


class Migration(migrations.Migration):
    dependencies = [("portal", "0007_families")]
    operations = [migrations.RunPython(sort, migrations.RunPython.noop)]
