"""The records behind a figure: which they are, and a page of them."""

from collections.abc import Callable, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import overload

from django.db.models import Q, QuerySet

from taihua.kernel.measures.counting import Acts, are_apart
from taihua.kernel.measures.logic import (
    Asked,
    Expression,
    Figure,
    Standing,
    span,
    tallies,
)
from taihua.kernel.org.models import Term
from taihua.kernel.records.queries import Statement, statements
from taihua.kernel.rules.queries import rule_of

NOTHING = Q(pk__in=())


def records_of(figure: Figure, asked: Asked) -> QuerySet[Statement]:
    """The statements that make up the figure, newest first.

    Of a figure about verdicts: the statements that its rule looks at, whether they sufficed or not.
    """
    return _scoped(statements(asked.known), asked).filter(selects(figure.expression, asked))


class Behind(Sequence[Statement]):
    """The records that make up a figure, of which pages are read: the last to count stands first.

    Asked for the records of both parts of a share in order, a database sorts all there are. Each
    part for itself stands in order in the index, and a page is put together from their heads.

    :param cut: leaves out what the reader may not see
    """

    def __init__(
        self,
        figure: Figure,
        asked: Asked,
        cut: Callable[[QuerySet[Statement]], QuerySet[Statement]],
    ) -> None:
        rows = cut(_scoped(statements(asked.known), asked))
        acts = acts_of(figure.expression, asked)
        self._apart = are_apart(acts)
        self._rows = rows.filter(selects(figure.expression, asked))
        self._heads = [
            rows.filter(_are(each)).order_by("-counts_on", "-pk").values_list("counts_on", "pk")
            for each in acts
        ]

    @cached_property
    def _count(self) -> int:
        whole = self._heads if self._apart else [self._rows.order_by()]
        return sum(rows.count() for rows in whole)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Statement: ...

    @overload
    def __getitem__(self, at: slice) -> list[Statement]: ...

    def __getitem__(self, at: int | slice) -> Statement | list[Statement]:
        first, stop, _step = (slice(at, at + 1) if isinstance(at, int) else at).indices(len(self))
        heads = sorted({row for head in self._heads for row in head[:stop]}, reverse=True)
        found = self._rows.select_related("verb", "kind", "person", "unit").in_bulk(
            [pk for _day, pk in heads[first:stop]]
        )
        rows = [found[pk] for _day, pk in heads[first:stop]]
        return rows[0] if isinstance(at, int) else rows


def acts_of(expression: Expression, asked: Asked) -> list[Acts]:
    """What is looked at: one for each tally, or for each rule that the figure judges by."""
    if isinstance(expression, Standing):
        found = [rule_of(code, asked.judged_on, asked.known) for code in expression.rules]
        return [Acts(rule.verbs, rule.kinds, asked.first, asked.last) for rule in found if rule]
    return [
        Acts(tally.verbs, tally.kinds, *span(tally, asked.first, asked.last))
        for tally in tallies(expression)
    ]


def selects(expression: Expression, asked: Asked) -> Q:
    """Which statements an expression is about."""
    return reduce(or_, map(_are, acts_of(expression, asked)), NOTHING)


def _are(acts: Acts) -> Q:
    credited = Q(counts_on__gte=acts.first, counts_on__lte=acts.last)
    named = Q(verb__code__in=acts.verbs)
    return credited & named & Q(kind__code__in=acts.kinds) if acts.kinds else credited & named


def _scoped(rows: QuerySet[Statement], asked: Asked) -> QuerySet[Statement]:
    """Only what these units did, or people while their days there touched the span."""
    if asked.units is None:
        return rows
    terms = (
        Term.objects.known(asked.known)
        .filter(unit__in=asked.units, first_day__lte=asked.last)
        .filter(Q(last_day__isnull=True) | Q(last_day__gte=asked.first))
    )
    return rows.filter(Q(unit__in=asked.units) | Q(person__in=terms.values("person")))
