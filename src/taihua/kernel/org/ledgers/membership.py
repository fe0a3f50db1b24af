"""Party membership (党员组织关系) as a roster tells it: a term in a branch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from taihua.kernel.org.enums import Tier
from taihua.kernel.org.ledgers.guesses import free_codes
from taihua.kernel.org.models import Person, Post, PostTag, Term, Unit
from taihua.kernel.org.queries import PARTY_KINDS

OFFICES = (Tier.LEADERSHIP, Tier.MIDDLE)  # offices held by members, not membership itself
MEMBER_WORDS: Mapping[str, str] = {"probationary": "中共预备党员", "party_member": "中共党员"}


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody belongs to a branch as a member (or on probation) from a day on."""

    tag: str
    branch: Unit
    joined: date

    @property
    def word(self) -> str:
        return MEMBER_WORDS[self.tag]


@dataclass(slots=True)
class Memberships:
    """Who is believed to be a member where, and the two posts that say so."""

    terms: dict[int, Term]
    posts: dict[int, Post]

    @classmethod
    def read(cls, people: Iterable[int] | None = None) -> Self:
        """The memberships that run on, of everybody or of these people, in two queries."""
        tagged = Post.objects.filter(tags__tag__in=MEMBER_WORDS).prefetch_related("tags")
        posts = {post.pk: post for post in tagged.order_by("pk")}
        terms = Term.objects.known().filter(
            post__in=posts, unit__kind__in=PARTY_KINDS, last_day__isnull=True
        )
        if people is not None:
            terms = terms.filter(person__in=list(people))
        found = terms.select_related("unit").order_by("first_day", "pk")
        return cls({term.person_id: term for term in found}, posts)

    def of(self, person: Person) -> Membership | None:
        """What is believed of somebody; nothing of those who are about to be made."""
        term = self.terms.get(person.pk)
        if term is None:
            return None
        return Membership(_tag(self.posts[term.post_id]), term.unit, term.first_day)

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


def _tag(post: Post) -> str:
    tags = {tag.tag for tag in post.tags.all()}
    return "probationary" if "probationary" in tags else "party_member"
