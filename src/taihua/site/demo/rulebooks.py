"""Adopts the rule books that come with the house, as the district did when it opened."""

from datetime import datetime, time, timedelta
from importlib import resources

from taihua.base.clock import ZONE
from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.models import Account, Term, Unit
from taihua.kernel.rules.actions import adopt, exempt
from taihua.kernel.rules.queries import rule_of
from taihua.site.demo import plan

PACKS = ("haizhou-2013", "national-current")
COMMITTEE_RULE = "haizhou.branch-committee"


def adopt_all(by: Account) -> int:
    """Adopt every pack on the opening day; tells how many rules they hold."""
    at = datetime.combine(plan.OPENING, time(10), ZONE)
    data = resources.files("taihua.kernel.rules") / "data"
    books = [
        adopt(text=(data / f"{code}.toml").read_text("utf-8"), at=at, on=plan.OPENING, by=by)
        for code in PACKS
    ]
    _excuse_small_branches(by, at)
    return sum(book.entries.count() for book in books)


def _excuse_small_branches(by: Account, at: datetime) -> None:
    """A branch too small for a committee need not hold its meetings."""
    if rule_of(COMMITTEE_RULE, plan.OPENING) is None:
        return
    with_one = Term.objects.known().filter(post__code="branch-committee").values("unit")
    for branch in Unit.objects.filter(kind=UnitKind.BRANCH).exclude(pk__in=with_one).order_by("pk"):
        exempt(
            rule_code=COMMITTEE_RULE,
            unit=branch,
            first_day=plan.OPENING,
            last_day=plan.OPENING + timedelta(days=3 * 365),
            reason="党员不足七人，不设支部委员会",
            at=at,
            by=by,
        )
