"""What rules name by word, found by number: read once, asked for every rule."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

from taihua.base.onepage import read_once
from taihua.kernel.org.models import Post, Unit
from taihua.kernel.org.queries import holders_by_post
from taihua.kernel.records.queries import kinds_by_code, verbs_by_code
from taihua.kernel.rules.enums import Subject
from taihua.kernel.rules.logic import Rule
from taihua.kernel.rules.models import Exemption
from taihua.kernel.rules.sql import Scope

FEW = 4  # a fourth of all


@dataclass(frozen=True, slots=True)
class _Post:
    pk: int
    code: str
    tier: str
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Directory:
    """The numbers of verbs, kinds, posts and units, and the rules that anybody is exempt from."""

    verbs: dict[str, int]
    kinds: dict[str, int]
    posts: tuple[_Post, ...]
    unit_codes: dict[str, int]
    unit_kinds: dict[int, str]
    units_below: dict[int, list[int]]
    exempted: frozenset[str]
    holders: dict[int, int]

    @classmethod
    @read_once
    def read(cls) -> Self:
        """The directory as it stands: seven queries, however many rules are asked after."""
        below: dict[int, list[int]] = defaultdict(list)
        codes, kinds = {}, {}
        for pk, code, kind, parent in Unit.objects.values_list("pk", "code", "kind", "parent_id"):
            codes[code], kinds[pk] = pk, kind
            if parent is not None:
                below[parent].append(pk)
        posts = Post.objects.prefetch_related("tags").order_by("pk")
        return cls(
            verbs=verbs_by_code(),
            kinds=kinds_by_code(),
            posts=tuple(
                _Post(post.pk, post.code, post.tier, frozenset(tag.tag for tag in post.tags.all()))
                for post in posts
            ),
            unit_codes=codes,
            unit_kinds=kinds,
            units_below=below,
            exempted=frozenset(
                Exemption.objects.order_by().values_list("rule_code", flat=True).distinct()
            ),
            holders=holders_by_post(),
        )

    def scope(
        self,
        rule: Rule,
        *,
        known: bool = False,
        units: Collection[int] | None = None,
        subjects: Collection[int] | None = None,
    ) -> Scope:
        """The audience and evidence of ``rule``, further cut to ``units`` and ``subjects``."""
        named = self.units_named(rule)
        if units is not None:
            named = set(units) if named is None else named & set(units)
        posts = self.posts_named(rule)
        return Scope(
            verbs=_known(self.verbs, rule.verbs),
            kinds=_known(self.kinds, rule.kinds) if rule.kinds else None,
            posts=posts,
            units=named,
            subjects=subjects,
            exempted=rule.code in self.exempted,
            few=self._are_few(rule, posts, named, subjects),
            known=known,
        )

    def _are_few(
        self,
        rule: Rule,
        posts: Collection[int] | None,
        units: Collection[int] | None,
        subjects: Collection[int] | None,
    ) -> bool:
        """Whether these posts, units or subjects are a small part of all people or units."""
        people = sum(self.holders.values())
        held = 0 if posts is None else sum(self.holders.get(post, 0) for post in posts)
        every = people if rule.subject is Subject.PERSON else len(self.unit_kinds)
        return (
            (posts is not None and held * FEW < people)
            or (units is not None and len(units) * FEW < len(self.unit_kinds))
            or (subjects is not None and len(subjects) * FEW < every)
        )

    def posts_named(self, rule: Rule) -> list[int] | None:
        """The posts that make somebody one of the rule's audience; None where any does."""
        audience = rule.audience
        if rule.subject is Subject.UNIT or not (audience.tiers or audience.tags or audience.posts):
            return None
        return [
            post.pk
            for post in self.posts
            if (not audience.tiers or post.tier in audience.tiers)
            and (not audience.posts or post.code in audience.posts)
            and (not audience.tags or not post.tags.isdisjoint(audience.tags))
        ]

    def units_named(self, rule: Rule) -> set[int] | None:
        """The units of the rule's audience, with all below them; None where any is."""
        audience = rule.audience
        named: set[int] | None = None
        if audience.units:
            named = self._subtree(_known(self.unit_codes, audience.units))
        if audience.unit_kinds:
            of_kind = {pk for pk, kind in self.unit_kinds.items() if kind in audience.unit_kinds}
            named = of_kind if named is None else named & of_kind
        return named

    def _subtree(self, roots: Iterable[int]) -> set[int]:
        found, waiting = set[int](), list(roots)
        while waiting:
            unit = waiting.pop()
            if unit not in found:
                found.add(unit)
                waiting.extend(self.units_below.get(unit, ()))
        return found


def _known(numbers: dict[str, int], words: Iterable[str]) -> list[int]:
    return sorted(numbers[word] for word in words if word in numbers)
