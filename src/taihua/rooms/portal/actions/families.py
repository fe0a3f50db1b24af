"""Opinions that stand alone and say nearly the same are one family (一族), sorted in as they come and go.

At any time the families are those of comparing all opinions that stand alone, whatever came first;
nobody who opens the page waits for that. Whoever calls this holds the consultation.
"""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from taihua.rooms.portal.logic.near import alike_to, near_groups
from taihua.rooms.portal.models import Consultation, Opinion


def alone_in(consultation: Consultation) -> QuerySet[Opinion]:
    """What counts as an opinion and is joined with no other."""
    return consultation.opinions.filter(group=None, set_aside_because="")


def sort_in(opinion: Opinion) -> None:
    """Let an opinion that has come to stand alone join the families of those it is like."""
    others = alone_in(opinion.consultation).exclude(pk=opinion.pk)
    rows = list(others.values_list("pk", "family", "text"))
    like = set(alike_to(opinion.text, {pk: text for pk, _family, text in rows}))
    if not like:
        return
    families = {family for pk, family, _text in rows if pk in like and family is not None}
    joined = {pk for pk, family, _text in rows if pk in like or family in families} | {opinion.pk}
    Opinion.objects.filter(pk__in=joined).update(family=min(joined))


def sort_out(consultation: Consultation, gone: Iterable[int]) -> None:
    """Take out opinions that no longer stand alone; those left are sorted anew without them."""
    gone_from = consultation.opinions.filter(pk__in=gone).exclude(family=None)
    families = set(gone_from.values_list("family", flat=True))
    if not families:
        return
    touched = consultation.opinions.filter(family__in=families)
    left = alone_in(consultation).filter(family__in=families).order_by("pk")
    texts = dict(left.values_list("pk", "text"))
    touched.update(family=None)
    for keys in near_groups(texts):
        Opinion.objects.filter(pk__in=keys).update(family=min(keys))


def leave_groups_of_one(consultation: Consultation) -> None:
    """A group of one is none: its opinion stands alone again."""
    groups = consultation.groups.annotate(members=Count("opinions")).filter(members__lte=1)
    ended = list(groups.values_list("pk", flat=True))
    left = list(consultation.opinions.filter(group__in=ended).order_by("pk"))
    consultation.groups.filter(pk__in=ended).delete()
    for each in left:
        sort_in(each)
