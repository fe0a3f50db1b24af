"""Units, people and posts as ledgers: lists by code, changed in place."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taihua.base.ledger import CellError, Column, Kind, Row
from taihua.base.pairing import Record
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.org.ledgers.table import TableStore, served_in
from taihua.kernel.org.models import Person, Post, PostTag, Term, Unit

KIND_WORDS: Mapping[str, str] = {
    "局机关": UnitKind.BUREAU,
    "科室": UnitKind.SECTION,
    "学校": UnitKind.SCHOOL,
    "党委": UnitKind.COMMITTEE,
    "党支部": UnitKind.BRANCH,
    "党小组": UnitKind.CELL,
    "其他": UnitKind.GROUP,
}
TIER_WORDS: Mapping[str, str] = {
    "领导班子": Tier.LEADERSHIP,
    "中层干部": Tier.MIDDLE,
    "一般干部职工": Tier.STAFF,
    "不分层次": Tier.NONE,
}

UNITS = (
    Column(
        "code", gettext_lazy("单位代码"), Kind.TEXT, required=True, key=True, synonyms=("代码",)
    ),
    Column("name", gettext_lazy("单位名称"), Kind.NAME, required=True, synonyms=("名称", "单位")),
    Column(
        "kind",
        gettext_lazy("类别"),
        Kind.CHOICE,
        required=True,
        choices=tuple(KIND_WORDS),
        synonyms=("单位类别",),
    ),
    Column("parent", gettext_lazy("上级"), Kind.UNIT, synonyms=("上级单位", "主管单位")),
    Column("opened", gettext_lazy("设立日期"), Kind.DAY, required=True, synonyms=("成立日期",)),
    Column("closed", gettext_lazy("撤销日期"), Kind.DAY, blanks=("至今",)),
)
PEOPLE = (
    Column(
        "code",
        gettext_lazy("工号"),
        Kind.TEXT,
        required=True,
        key=True,
        synonyms=("教职工号", "人员编号", "编号"),
    ),
    Column("name", gettext_lazy("姓名"), Kind.NAME, required=True),
)
POSTS = (
    Column(
        "code", gettext_lazy("职务代码"), Kind.TEXT, required=True, key=True, synonyms=("代码",)
    ),
    Column("name", gettext_lazy("职务名称"), Kind.TEXT, required=True, synonyms=("职务", "名称")),
    Column("tier", gettext_lazy("层次"), Kind.CHOICE, required=True, choices=tuple(TIER_WORDS)),
    Column(
        "tags",
        gettext_lazy("标签"),
        Kind.TEXT,
        help=gettext_lazy("制度靠标签认职务，如 principal、teacher；多个用空格隔开。"),
    ),
)


def word_of(words: Mapping[str, str], code: str) -> str:
    """The word in a sheet for a code."""
    return next(word for word, known in words.items() if known == code)


class UnitStore(TableStore[Unit]):
    """Units: the parent may stand in the same sheet."""

    columns = UNITS

    def found(self) -> QuerySet[Unit]:
        return Unit.objects.order_by("code").select_related("parent")

    def visible(self, units: frozenset[int]) -> Q:
        return Q(pk__in=units)

    def of_people(self, people: frozenset[int]) -> Q:
        return Q(pk__in=Term.objects.known().filter(person__in=people).values("unit"))

    def prepared(self, rows: Sequence[Row]) -> Directory:
        directory = Directory.everybody()
        for row in rows:
            code, name = row.get("code"), row.get("name")
            if isinstance(code, str) and isinstance(name, str):
                known = directory.unit_of_code(code)
                if known is None or known.name != name:
                    directory.add_unit(Unit(code=code, name=name))
        return directory

    def record_of(self, thing: Unit, directory: Directory) -> Record:
        return {
            "code": thing.code,
            "name": thing.name,
            "kind": word_of(KIND_WORDS, thing.kind),
            "parent": thing.parent.code if thing.parent else None,
            "opened": thing.opened.isoformat(),
            "closed": thing.closed.isoformat() if thing.closed else None,
        }

    def doubts(self, record: Record, index: int, directory: Directory) -> Iterable[CellError]:
        opened, closed = str(record["opened"]), record["closed"]
        if isinstance(closed, str) and closed < opened:
            reason = _("撤销日期不能早于设立日期。")
            yield CellError(index, "closed", closed, reason, _("请核对两个日期。"))
        if record["parent"] == record["code"]:
            name = str(record["name"])
            yield CellError(index, "parent", name, _("单位不能是自己的上级。"), _("请改填上级。"))

    def write(
        self, work: Sequence[tuple[Record, Unit | None]], directory: Directory, at: datetime
    ) -> None:
        for record, thing in work:
            unit = thing or Unit(code=str(record["code"]))
            unit.name, unit.kind = str(record["name"]), KIND_WORDS[str(record["kind"])]
            unit.opened = date.fromisoformat(str(record["opened"]))
            closed = record["closed"]
            unit.closed = date.fromisoformat(closed) if isinstance(closed, str) else None
            unit.save()
        codes = {str(record["parent"]) for record, _thing in work}
        parents = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
        for record, _thing in work:
            parent = parents.get(str(record["parent"]))
            Unit.objects.filter(code=record["code"]).update(parent=parent)


class PersonStore(TableStore[Person]):
    """People by their code; a name changes in place."""

    columns = PEOPLE

    def found(self) -> QuerySet[Person]:
        return Person.objects.order_by("code")

    def visible(self, units: frozenset[int]) -> Q:
        return Q(pk__in=served_in(units).values("person"))

    def of_people(self, people: frozenset[int]) -> Q:
        return Q(pk__in=people)

    def record_of(self, thing: Person, directory: Directory) -> Record:
        return {"code": thing.code, "name": thing.name}

    def write(
        self, work: Sequence[tuple[Record, Person | None]], directory: Directory, at: datetime
    ) -> None:
        new = [record for record, thing in work if thing is None]
        made = [Person(code=str(one["code"]), name=str(one["name"])) for one in new]
        Person.objects.bulk_create(made, batch_size=500)
        for record, thing in work:
            if thing is not None:
                thing.code, thing.name = str(record["code"]), str(record["name"])
                thing.save(update_fields=["code", "name"])


class PostStore(TableStore[Post]):
    """Posts by their code, with the tags by which rules find them."""

    columns = POSTS

    def found(self) -> QuerySet[Post]:
        return Post.objects.order_by("code").prefetch_related("tags")

    def visible(self, units: frozenset[int]) -> Q:
        return Q(pk__in=served_in(units).values("post"))

    def of_people(self, people: frozenset[int]) -> Q:
        return Q(pk__in=Term.objects.known().filter(person__in=people).values("post"))

    def record_of(self, thing: Post, directory: Directory) -> Record:
        tags = sorted(tag.tag for tag in thing.tags.all())
        return {
            "code": thing.code,
            "name": thing.name,
            "tier": word_of(TIER_WORDS, thing.tier),
            "tags": " ".join(tags) or None,
        }

    def write(
        self, work: Sequence[tuple[Record, Post | None]], directory: Directory, at: datetime
    ) -> None:
        for record, thing in work:
            post = thing or Post(code=str(record["code"]))
            post.name, post.tier = str(record["name"]), TIER_WORDS[str(record["tier"])]
            post.save()
            wanted = set(str(record["tags"] or "").split())
            post.tags.exclude(tag__in=wanted).delete()
            there = set(post.tags.values_list("tag", flat=True))
            PostTag.objects.bulk_create(
                PostTag(post=post, tag=tag) for tag in sorted(wanted - there)
            )
