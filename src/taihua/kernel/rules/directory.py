"""What rules name by word, found by number: read once, asked for every rule."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Self

from taihua.base.onepage import read_once
from taihua.kernel.org.queries import (
    Placed,
    PostRow,
    every_post,
    holders_by_post,
    unit_tree,
)
from taihua.kernel.records.queries import kinds_by_code, verbs_by_code
from taihua.kernel.rules.enums import Subject
from taihua.kernel.rules.logic import Rule
from taihua.kernel.rules.models import Exemption
from taihua.kernel.rules.sql import Scope

FEW = 4  # a fourth of all


class Directory:
    """The numbers of verbs, kinds, posts and units, and the rules that anybody is exempt from.

    Each list is read when it is first asked for, and never again: one person's duties need few of them.
    """

    @classmethod
    @read_once
    def read(cls) -> Self:
        """The directory as it stands: seven queries at most, however many rules are asked after."""
        return cls()

    @cached_property
    def verbs(self) -> dict[str, int]:
        return verbs_by_code()

    @cached_property
    def kinds(self) -> dict[str, int]:
        return kinds_by_code()

    @cached_property
    def posts(self) -> tuple[PostRow, ...]:
        return tuple(every_post().values())

    @cached_property
    def _units(self) -> dict[int, Placed]:
        return unit_tree()

    @cached_property
    def unit_codes(self) -> dict[str, int]:
        return {unit.code: pk for pk, unit in self._units.items()}

    @cached_property
    def unit_kinds(self) -> dict[int, str]:
        return {pk: unit.kind for pk, unit in self._units.items()}

    @cached_property
    def units_below(self) -> dict[int, list[int]]:
        below: dict[int, list[int]] = defaultdict(list)
        for pk, unit in self._units.items():
            if unit.above is not None:
                below[unit.above].append(pk)
        return below

    @cached_property
    def exempted(self) -> frozenset[str]:
        codes = Exemption.objects.order_by().values_list("rule_code", flat=True)
        return frozenset(codes.distinct())

    @cached_property
    def holders(self) -> dict[int, int]:
        return holders_by_post()

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
