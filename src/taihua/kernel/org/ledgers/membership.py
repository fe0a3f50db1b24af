"""Party membership (党员组织关系) as a roster tells it: a term in a branch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from taihua.kernel.org.enums import Tier
from taihua.kernel.org.ledgers.guesses import free_codes
from taihua.kernel.org.models import Person, Post, PostTag, Term, Unit

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
    posts: dict[str, Post]

    @classmethod
    def read(cls, people: Iterable[int] | None = None) -> Self:
        """The memberships that run on, of everybody or of these people, in two queries."""
        tags = list(MEMBER_WORDS)
        posts: dict[str, Post] = {}
        for post in Post.objects.filter(tags__tag__in=tags).prefetch_related("tags"):
            posts.setdefault(_tag(post), post)
        terms = Term.objects.known().filter(post__in=posts.values(), last_day__isnull=True)
        if people is not None:
            terms = terms.filter(person__in=list(people))
        found = terms.select_related("unit").order_by("first_day", "pk")
        return cls({term.person_id: term for term in found}, posts)

    def of(self, person: Person) -> Membership | None:
        """What is believed of somebody; nothing of those who are about to be made."""
        term = self.terms.get(person.pk)
        if term is None:
            return None
        tag = next(tag for tag, post in self.posts.items() if post.pk == term.post_id)
        return Membership(tag, term.unit, term.first_day)

    def post(self, tag: str) -> Post:
        """The post that stands for such membership; made where the house has none."""
        if tag not in self.posts:
            name = MEMBER_WORDS[tag].removeprefix("中共")
            code = next(free_codes(f"{tag}-", set(Post.objects.values_list("code", flat=True))))
            self.posts[tag] = Post.objects.create(code=code, name=name, tier=Tier.NONE)
            PostTag.objects.create(post=self.posts[tag], tag=tag)
        return self.posts[tag]


def _tag(post: Post) -> str:
    tags = {tag.tag for tag in post.tags.all()}
    return "probationary" if "probationary" in tags else "party_member"
