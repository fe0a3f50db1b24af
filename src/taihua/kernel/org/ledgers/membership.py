"""Party membership (党员组织关系) as a roster tells it: a term in a branch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Self

from taihua.kernel.org.actions import believe_no_more
from taihua.kernel.org.enums import Tier
from taihua.kernel.org.ledgers.guesses import free_codes
from taihua.kernel.org.models import Person, Post, PostTag, Term, Unit
from taihua.kernel.org.queries import PARTY_KINDS

OFFICES = (Tier.LEADERSHIP, Tier.MIDDLE)  # offices held by members, not membership itself
MEMBER_WORDS: Mapping[str, str] = {"probationary": "中共预备党员", "party_member": "中共党员"}


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody belongs to a branch as a member (or on probation), in the party from a day on.

    ``since`` is the day of the last change, from probation or from another branch, if there was one.
    """

    tag: str
    branch: Unit
    joined: date
    since: date | None = None

    @property
    def word(self) -> str:
        return MEMBER_WORDS[self.tag]

    @property
    def stands_from(self) -> date:
        """The day from which it is what it is now."""
        return self.since or self.joined


@dataclass(slots=True)
class Span:
    """A stretch of membership that stayed the same."""

    post: Post
    unit: Unit
    first_day: date
    last_day: date | None

    def tells(self, term: Term) -> bool:
        told = (term.post_id, term.unit_id, term.first_day, term.last_day)
        return told == (self.post.pk, self.unit.pk, self.first_day, self.last_day)


@dataclass(slots=True)
class Memberships:
    """Who is believed to be a member where, how that came about, and the two posts that say so.

    Of each person the terms that follow one another day by day and end in one that runs on.
    """

    chains: dict[int, list[Term]]
    posts: dict[int, Post]

    @classmethod
    def read(cls, people: Iterable[int] | None = None) -> Self:
        """The memberships that run on, of everybody or of these people, in two queries."""
        tagged = Post.objects.filter(tags__tag__in=MEMBER_WORDS).prefetch_related("tags")
        posts = {post.pk: post for post in tagged.order_by("pk")}
        terms = Term.objects.known().filter(post__in=posts, unit__kind__in=PARTY_KINDS)
        if people is not None:
            terms = terms.filter(person__in=list(people))
        theirs: dict[int, list[Term]] = defaultdict(list)
        for term in terms.select_related("unit").order_by("first_day", "pk"):
            theirs[term.person_id].append(term)
        chains = {person: _chain(found) for person, found in theirs.items()}
        return cls({person: chain for person, chain in chains.items() if chain}, posts)

    def of(self, person: Person) -> Membership | None:
        """What is believed of somebody; nothing of those who are about to be made."""
        chain = self.chains.get(person.pk)
        if not chain:
            return None
        first, last = chain[0], chain[-1]
        since = last.first_day if len(chain) > 1 else None
        return Membership(_tag(self.posts[last.post_id]), last.unit, first.first_day, since)

    def restated(self, person: Person, told: Membership, at: datetime) -> Iterator[Term]:
        """The rows that are new when ``told`` is believed; what they replace is believed no more.

        A change ends the former membership the day before it: that was so, and stays on file. Only
        another day of joining, or a change on the very day a membership began, corrects it; where
        that puts back what was before, nothing changed and the former membership goes on.
        """
        chain = self.chains.get(person.pk, [])
        spans = self._spans(chain, told)
        for old, span in zip_longest(chain, spans):
            if old is not None and span is not None and span.tells(old):
                continue
            if old is not None:
                believe_no_more(old, at=at)
            if span is not None:
                yield Term(
                    person=person,
                    post=span.post,
                    unit=span.unit,
                    first_day=span.first_day,
                    last_day=span.last_day,
                    known_from=at,
                )

    def _spans(self, chain: list[Term], told: Membership) -> list[Span]:
        post = self.post(told.tag)
        if not chain:
            return [Span(post, told.branch, told.joined, None)]
        spans = [Span(self.posts[t.post_id], t.unit, t.first_day, t.last_day) for t in chain]
        spans[0].first_day = told.joined
        last = spans[-1]
        if (_tag(last.post), last.unit) == (told.tag, told.branch):
            return spans
        if told.stands_from > last.first_day:
            last.last_day = told.stands_from - timedelta(days=1)
            return [*spans, Span(post, told.branch, told.stands_from, None)]
        last.post, last.unit = post, told.branch
        return _rejoined(spans)

    def post(self, tag: str) -> Post:
        """The post that stands for such membership; made where the house has none."""
        for post in self.posts.values():
            if _tag(post) == tag and post.tier not in OFFICES:
                return post
        taken = set(Post.objects.values_list("code", flat=True))
        name = MEMBER_WORDS[tag].removeprefix("中共")
        post = Post.objects.create(
            code=next(free_codes(f"{tag}-", taken)), name=name, tier=Tier.NONE
        )
        PostTag.objects.create(post=post, tag=tag)
        self.posts[post.pk] = post
        return post


def _rejoined(spans: list[Span]) -> list[Span]:
    """The spans without the last, if it only says again what the one before it says."""
    stands = [(_tag(span.post), span.unit) for span in spans[-2:]]
    if len(spans) == 1 or stands[0] != stands[1]:
        return spans
    spans[-2].last_day = None
    return spans[:-1]


def _chain(terms: list[Term]) -> list[Term]:
    """Of somebody's terms, by first day, those that lead without a gap to the one that runs on."""
    chain = [term for term in terms if term.last_day is None][-1:]
    for term in reversed(terms):
        if chain and term.last_day == chain[0].first_day - timedelta(days=1):
            chain.insert(0, term)
    return chain


def _tag(post: Post) -> str:
    tags = {tag.tag for tag in post.tags.all()}
    return "probationary" if "probationary" in tags else "party_member"
