"""What a roster leaves unsaid and its names give away: the kind of a unit, the tier of a post.

Guesses are made only when a unit or post is met for the first time, and the clerk is told.
"""

import re
from collections.abc import Container, Iterator

from taihua.kernel.org.enums import Tier, UnitKind

KINDS = (
    (re.compile(r"党小组$"), UnitKind.CELL),
    (re.compile(r"支部(委员会)?$"), UnitKind.BRANCH),
    (re.compile(r"(党委|党总支|党组)$"), UnitKind.COMMITTEE),
    (
        re.compile(
            r"(小学|中学|学校|幼儿园|高中|初中|附小|附中|[一二三四五六七八九十\d][小中幼])(（.*）)?$"
        ),
        UnitKind.SCHOOL,
    ),
    (re.compile(r"(科|股|室|处|中心|办|队|会)$"), UnitKind.SECTION),
    (re.compile(r"(局|局机关|机关)$"), UnitKind.BUREAU),
)
LEADS_BUREAU = re.compile(r"局长|书记|纪检组长|党组成员|党委委员|督学|调研员|工会主席")
LEADS_PART = re.compile(r"科长|股长|主任|校长|园长|书记|处长")
TAGS = (
    (re.compile(r"^(?!副).*(校长|园长)$"), "principal"),
    (re.compile(r"教师|老师|教员"), "teacher"),
    (re.compile(r"^(?!副).*(科长|股长|室主任)$"), "section_head"),
    (re.compile(r"^(?!副).*书记$"), "secretary"),
    (re.compile(r"退休|离休"), "retired"),
)
NOT_IN_PARTY = re.compile(r"民革|民盟|民建|民进|农工|致公|九三|台盟|无党派|群众|团员|入党积极分子")


def kind_by_name(name: str) -> UnitKind:
    """What a unit of that name most likely is."""
    return next((kind for shape, kind in KINDS if shape.search(name)), UnitKind.GROUP)


def tier_by_name(post: str, unit_kind: str) -> Tier:
    """The tier a post most likely has in such a unit; a deputy has the tier of the post."""
    if unit_kind == UnitKind.BUREAU and LEADS_BUREAU.search(post):
        return Tier.LEADERSHIP
    if re.search(r"退休|离休", post):
        return Tier.NONE
    return Tier.MIDDLE if LEADS_PART.search(post) else Tier.STAFF


def tags_by_name(post: str) -> list[str]:
    """The tags by which rules would look for such a post."""
    return [tag for shape, tag in TAGS if shape.search(post)]


def party_tag(standing: str | None) -> str | None:
    """The tag that 政治面貌 comes to: a member, a probationary member, or neither."""
    if standing is None or NOT_IN_PARTY.search(standing):
        return None
    if "预备" in standing:
        return "probationary"
    return "party_member" if "党员" in standing or standing == "是" else None


def free_codes(prefix: str, taken: Container[str]) -> Iterator[str]:
    """Codes nobody bears yet, in their order."""
    number = 0
    while True:
        number += 1
        code = f"{prefix}{number:05d}"
        if code not in taken:
            yield code
