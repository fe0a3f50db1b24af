"""Consultations that somebody may see, their opinions, and what stands between draft and final text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from taihua.base.search import standing_in
from taihua.kernel.org.access import Visitor, sees_all
from taihua.kernel.org.models import Account
from taihua.kernel.org.queries import units_kept_by
from taihua.rooms.portal.access.consultations import asked_through
from taihua.rooms.portal.enums import Adoption, Audience, Channel
from taihua.rooms.portal.logic import matrix
from taihua.rooms.portal.logic.matrix import Missing, Stretch
from taihua.rooms.portal.logic.scan import masked
from taihua.rooms.portal.models import (
    Clause,
    Consultation,
    FinalClause,
    Opinion,
    OpinionGroup,
    Response,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FEW = 5  # of a family that are read out
COUNTED = Count("opinions", filter=Q(opinions__set_aside_because=""), distinct=True)
UNANSWERED = Count(
    "opinions",
    filter=Q(opinions__set_aside_because="", opinions__response__isnull=True),
    distinct=True,
)


def open_to_all(on: date) -> QuerySet[Consultation]:
    """The consultations that everybody may see on a day, the newest first."""
    return _newest(_begun(on) & Q(audience=Audience.PUBLIC))


def asking_all(on: date) -> QuerySet[Consultation]:
    """Those in which everybody may say something on a day, the next to close first."""
    running = _standing(open_to_all(on)).filter(closes__gte=on, published_on__isnull=True)
    return running.order_by("closes", "pk")


def holding(rows: QuerySet[Consultation], words: Sequence[str]) -> QuerySet[Consultation]:
    """Those of ``rows`` in which all words stand: in title, draft or explanation; none withdrawn."""
    return _standing(rows).filter(standing_in(words, "title", "draft", "explanation"))


def seen_by(account: Visitor, on: date) -> QuerySet[Consultation]:
    """The consultations that ``account`` may see on a day, the newest first."""
    begun = _begun(on)
    seen = begun & Q(audience=Audience.PUBLIC)
    if isinstance(account, Account):
        if sees_all(account):
            seen |= begun
        seen |= Q(host__in=units_kept_by(account)) | begun & Q(
            pk__in=asking(account, on).values("pk")
        )
    return _newest(seen).annotate(counted=COUNTED, unanswered=UNANSWERED)


def _begun(on: date) -> Q:
    was_seen = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("opens"))
    return Q(sent_at__isnull=False, opens__lte=on) & was_seen


def _standing(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    return rows.filter(withdrawn_on__isnull=True)


def _newest(seen: Q) -> QuerySet[Consultation]:
    return Consultation.objects.filter(seen).select_related("host").order_by("-opens", "-pk")


def asking(account: Account, on: date) -> QuerySet[Consultation]:
    """The internal consultations whose chosen units are those of ``account`` on a day, or above."""
    chosen = Consultation.units.through.objects.filter(unit__in=asked_through(account, on))
    return Consultation.objects.filter(pk__in=chosen.values("consultation"))


def opinions_of(consultation: Consultation) -> QuerySet[Opinion]:
    """What counts as an opinion, in the order of the clauses; the whole draft comes first."""
    return _all(consultation).filter(set_aside_because="")


def unanswered_of(consultation: Consultation) -> QuerySet[Opinion]:
    """The opinions to which nobody said yet what became of them."""
    return opinions_of(consultation).filter(response__isnull=True)


def set_aside_of(consultation: Consultation) -> QuerySet[Opinion]:
    """What an officer has set aside, with the reason."""
    return _all(consultation).exclude(set_aside_because="")


def place_of(opinion: Opinion) -> int:
    """How many opinions stand before it on the page of all; what is set aside has none before it."""
    keys = list(opinions_of(opinion.consultation).values_list("pk", flat=True))
    return keys.index(opinion.pk) if opinion.pk in keys else 0


def _all(consultation: Consultation) -> QuerySet[Opinion]:
    return (
        Opinion.objects.filter(consultation=consultation)
        .select_related(
            "clause", "group", "person", "entered_by", "set_aside_by",
            "response__changed", "response__answered_by",
        )
        .order_by(F("clause__position").asc(nulls_first=True), "received_on", "pk")
    )  # fmt: skip


def by_receipt(receipt: str) -> Opinion | None:
    """The opinion of a receipt, however it was typed."""
    typed = receipt.strip().upper().replace(" ", "")
    rows = Opinion.objects.select_related(
        "consultation__host", "clause", "response__changed", "group"
    )
    return rows.filter(receipt=typed).first()


@dataclass(frozen=True, slots=True)
class Alike:
    """Opinions that say nearly the same and are joined with no other, and the first few of them."""

    keys: Sequence[int]
    first: Sequence[Opinion]

    @property
    def more(self) -> int:
        return len(self.keys) - len(self.first)


def families_of(consultation: Consultation) -> list[list[int]]:
    """The keys of the opinions that might be joined, family by family, the largest first."""
    rows = Opinion.objects.filter(consultation=consultation, family__isnull=False)
    told = rows.order_by("family", "pk").values_list("family", "pk")
    families = [[pk for _family, pk in some] for _family, some in groupby(told, itemgetter(0))]
    return sorted(families, key=len, reverse=True)


def alike(families: Iterable[Sequence[int]]) -> list[Alike]:
    """Some families to be read, in one query."""
    families = list(families)
    shown = Opinion.objects.in_bulk([pk for keys in families for pk in keys[:FEW]])
    return [Alike(keys, [shown[pk] for pk in keys[:FEW]]) for keys in families]


@dataclass(frozen=True, slots=True)
class Difference:
    """A clause of the draft and what the final text makes of it; a new one has no clause."""

    clause: Clause | None
    finals: Sequence[FinalClause]
    stretches: Sequence[Stretch]
    is_changed: bool
    heeded: Sequence[Opinion] = ()

    @property
    def name(self) -> str:
        return self.clause.name if self.clause else "、".join(str(each) for each in self.finals)


@dataclass(frozen=True, slots=True)
class Overview:
    """Opinion ↔ clause ↔ difference, and all that is missing."""

    opinions: Sequence[Opinion]
    clauses: Sequence[Clause]
    finals: Sequence[FinalClause]
    differences: Sequence[Difference]
    missing: Sequence[tuple[Missing, Opinion | None]]

    @property
    def heeded(self) -> int:
        return sum(
            answer is not None and answer.is_heeded for answer in map(response_of, self.opinions)
        )

    @property
    def share(self) -> int:
        """How much of what was said was adopted in whole or part, in hundredths."""
        return round(100 * self.heeded / len(self.opinions)) if self.opinions else 0

    def by_channel(self) -> "list[tuple[StrOrPromise, int]]":
        told = Counter(each.channel for each in self.opinions)
        return [(Channel(code).label, told[code]) for code in Channel.values if told[code]]

    def by_adoption(self) -> "list[tuple[StrOrPromise, int]]":
        told = Counter(
            answer.adoption for each in self.opinions if (answer := response_of(each)) is not None
        )
        return [(Adoption(code).label, told[code]) for code in Adoption.values if told[code]]


def response_of(opinion: Opinion) -> Response | None:
    """The answer to an opinion, if it has one."""
    return getattr(opinion, "response", None)


def overview(consultation: Consultation) -> Overview:
    """All of it, in four queries however many opinions there are."""
    opinions = list(opinions_of(consultation))
    clauses = list(consultation.clauses.order_by("position"))
    finals = list(consultation.finals.prefetch_related("sources").order_by("position"))
    lacking = matrix.missing(
        [matrix.Draft(each.pk, each.words) for each in clauses],
        [_final(each) for each in finals],
        [_answer(each) for each in opinions],
    )
    by_key = {each.pk: each for each in opinions}
    return Overview(
        opinions=opinions,
        clauses=clauses,
        finals=finals,
        differences=_differences(clauses, finals, opinions),
        missing=[(each, by_key.get(each.opinion or 0)) for each in lacking],
    )


def _final(clause: FinalClause) -> matrix.Final:
    return matrix.Final(clause.words, frozenset(each.pk for each in clause.sources.all()))


def _answer(opinion: Opinion) -> matrix.Answer:
    answer = response_of(opinion)
    if answer is None:
        return matrix.Answer(opinion.pk, answered=False)
    return matrix.Answer(
        opinion.pk,
        answered=True,
        heeded=answer.is_heeded,
        clause=answer.changed_id,
        adds=answer.adds,
    )


def _differences(
    clauses: Sequence[Clause], finals: Sequence[FinalClause], opinions: Sequence[Opinion]
) -> list[Difference]:
    after: dict[int | None, list[FinalClause]] = {}
    for final in finals:
        named: list[int | None] = [each.pk for each in final.sources.all()]
        for source in named or [None]:
            after.setdefault(source, []).append(final)
    heeded: dict[int | None, list[Opinion]] = {}
    for each in opinions:
        if (
            (answer := response_of(each))
            and answer.is_heeded
            and (answer.changed_id or answer.adds)
        ):
            heeded.setdefault(answer.changed_id, []).append(each)
    changed = matrix.changed(
        [matrix.Draft(each.pk, each.words) for each in clauses], [_final(each) for each in finals]
    )
    found = [
        Difference(
            clause,
            after.get(clause.pk, []),
            matrix.stretches(
                clause.words, "\n".join(each.words for each in after.get(clause.pk, []))
            ),
            changed[clause.pk],
            heeded.get(clause.pk, []),
        )
        for clause in clauses
    ]
    found += [
        Difference(
            None,
            [new],
            matrix.stretches("", new.words),
            is_changed=True,
            heeded=heeded.get(None, []),
        )
        for new in after.get(None, [])
    ]
    return found


@dataclass(slots=True)
class Heard:
    """What was said once or by several, and the answer to it."""

    title: str
    opinions: list[Opinion] = field(default_factory=list)

    @property
    def response(self) -> Response | None:
        return next((answer for each in self.opinions if (answer := response_of(each))), None)


def heard(opinions: Iterable[Opinion]) -> list[Heard]:
    """Each group once, with what was said alone beside it; where answers differ they stand apart."""
    found: dict[tuple[object, ...], Heard] = {}
    for each in opinions:
        answer = response_of(each)
        group: OpinionGroup | None = each.group
        key = (group.pk, answer and (answer.adoption, answer.reason)) if group else (0, each.pk)
        found.setdefault(key, Heard(masked(group.title) if group else each.shown)).opinions.append(
            each
        )
    return list(found.values())
