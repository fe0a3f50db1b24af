"""Keep the bank: put questions in, whole files or none; revise, confirm, retire."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.papers.numerals import chinese
from taihua.kernel.org.models import Account
from taihua.rooms.study.enums import ItemFault
from taihua.rooms.study.logic.gift import Flaw, read_gift
from taihua.rooms.study.logic.items import Item, faults_of, tidy
from taihua.rooms.study.models import Article, Confirmation, Law, LawQuestion, LawVersion
from taihua.rooms.study.queries.law_bank import version_to_ask, with_law

BATCH = 500
REPLACED = "由新的一版代替"
ANSWER, CHOICES = "answer", "a"  # the columns of a sheet in which a fault shows
FAULTY = {
    ItemFault.NONE_RIGHT: ANSWER,
    ItemFault.ONE_RIGHT: ANSWER,
    ItemFault.SEVERAL_RIGHT: ANSWER,
    ItemFault.FEW_CHOICES: CHOICES,
    ItemFault.MANY_CHOICES: CHOICES,
    ItemFault.EMPTY_CHOICE: CHOICES,
    ItemFault.SAME_CHOICES: CHOICES,
}
LONGEST_CODE = 60


class BankRefused(Exception):
    """Nothing was changed in the bank; the message is written for its keeper."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one of several questions: which, in which column, why, how to mend it."""

    index: int
    column: str
    value: str
    reason: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line of a file that could not be taken."""

    line: int
    reason: str


class GiftRefused(BankRefused):
    """A file was refused whole; ``wrongs`` says what is wrong line by line."""

    def __init__(self, wrongs: Sequence[Wrong]) -> None:
        super().__init__(_("文件里有 %(count)d 处要改，什么都没有导入。") % {"count": len(wrongs)})
        self.wrongs = wrongs


@dataclass(frozen=True, slots=True)
class Put:
    """What became of the questions of a file."""

    new: int = 0
    changed: int = 0
    same: int = 0


type VersionOf = Callable[[Law, date], LawVersion | None]


class _Shelf:
    """The laws, their articles and the live questions, read once for a whole file."""

    def __init__(self, items: Iterable[Item], on: date, version_of: VersionOf) -> None:
        shorts = {item.law for item in items}
        self.laws = {law.short: law for law in Law.objects.filter(short__in=shorts)}
        self.versions: dict[str, LawVersion] = {}
        self.articles: dict[tuple[str, int], Article] = {}
        for short, law in self.laws.items():
            if version := version_of(law, on):
                self.versions[short] = version
                for article in version.articles.all():
                    self.articles[short, article.number] = article
        live = with_law(LawQuestion.objects.filter(retired_at__isnull=True))
        self.live = {question.code: question for question in live}
        self.stems = {
            (question.article.version.law.short, question.stem): question.code
            for question in self.live.values()
        }
        self.codes = Counter(
            (q.article.version.law.short, q.article.number) for q in self.live.values()
        )


@transaction.atomic
def put_items(
    items: Sequence[Item],
    *,
    at: datetime,
    by: Account | None,
    version_of: VersionOf = version_to_ask,
) -> Put:
    """Put questions into the bank, all or none: new ones, and those of a known code if they differ.

    A question without a code gets the next one of its article.

    :raises BankRefused: one of them has a problem, see :func:`problems_of`
    """
    items = [tidy(item) for item in items]
    shelf = _Shelf(items, local_day(at), version_of)
    if problem := next(_problems(items, shelf), None):
        raise BankRefused(problem.reason)
    items = list(_with_codes(items, shelf))
    new: list[LawQuestion] = []
    changed: list[LawQuestion] = []
    same = 0
    for item in items:
        before = shelf.live.get(item.code)
        if before is None:
            new.append(_row(item, shelf, at, by))
        elif before.item == item:
            same += 1
        else:
            changed.append(_row(item, shelf, at, by, replaces=before))
    _retire([row.replaces for row in changed if row.replaces], REPLACED, at)
    LawQuestion.objects.bulk_create([*new, *changed], batch_size=BATCH)
    return Put(len(new), len(changed), same)


def problems_of(
    items: Sequence[Item], on: date, version_of: VersionOf = version_to_ask
) -> list[Problem]:
    """What keeps these questions from being taken, one by one."""
    return list(_problems(items, _Shelf(items, on, version_of)))


def _problems(items: Sequence[Item], shelf: _Shelf) -> Iterator[Problem]:
    codes: set[str] = set()
    stems: set[tuple[str, str]] = set()
    for index, item in enumerate(items):
        for fault in faults_of(item):
            column = FAULTY.get(fault, "stem")
            yield Problem(index, column, item.letters, str(fault.label), _("请改好这一题。"))
        yield from _place_problems(index, item, shelf)
        if len(item.code) > LONGEST_CODE:
            yield Problem(index, "code", item.code, _("题号太长。"), _("请写短一些。"))
        if item.code and item.code in codes:
            reason = _("题号“%(code)s”出现了两次。") % {"code": item.code}
            yield Problem(index, "code", item.code, reason, _("请给每题不同的题号。"))
        there = shelf.stems.get((item.law, item.stem))
        if (item.law, item.stem) in stems or (there is not None and item.code not in {"", there}):
            reason = _("题库里已有同样题干的题。") if there else _("文件里有两题题干相同。")
            yield Problem(index, "stem", item.stem, reason, _("请只留一题，或改写题干。"))
        codes.add(item.code)
        stems.add((item.law, item.stem))


def _place_problems(index: int, item: Item, shelf: _Shelf) -> Iterator[Problem]:
    if item.law not in shelf.laws:
        reason = _("法律库里没有“%(law)s”。") % {"law": item.law}
        yield Problem(index, "law", item.law, reason, _("请先登记这部法律，或写它的简称。"))
    elif item.law not in shelf.versions:
        reason = _("《%(law)s》没有现行或将要施行的文本。") % {"law": item.law}
        yield Problem(index, "law", item.law, reason, _("请先登记它的文本。"))
    elif (item.law, item.article) not in shelf.articles:
        count = shelf.versions[item.law].articles_count
        reason = _("《%(law)s》只有 %(count)d 条，没有第 %(article)d 条。") % {
            "law": item.law,
            "count": count,
            "article": item.article,
        }
        yield Problem(index, "article", str(item.article), reason, _("请核对是哪一条。"))


def _with_codes(items: Iterable[Item], shelf: _Shelf) -> Iterator[Item]:
    """Each with a code: its own, that of the same words, or the next one of its article."""
    taken = {item.code for item in items} | shelf.live.keys()
    for item in items:
        code = item.code or shelf.stems.get((item.law, item.stem), "")
        while not code or (not item.code and code in taken and code not in shelf.live):
            shelf.codes[item.law, item.article] += 1
            number = shelf.codes[item.law, item.article]
            code = f"{item.law}-{item.article}-{number}"
            if code in taken:
                code = ""
        taken.add(code)
        yield replace(item, code=code)


def _row(
    item: Item,
    shelf: _Shelf,
    at: datetime,
    by: Account | None,
    replaces: LawQuestion | None = None,
) -> LawQuestion:
    return LawQuestion(
        code=item.code,
        article=shelf.articles[item.law, item.article],
        kind=item.kind,
        difficulty=item.difficulty,
        stem=item.stem,
        choices=[{"text": choice.text, "right": choice.is_right} for choice in item.choices],
        explanation=item.explanation,
        replaces=replaces,
        added_at=at,
        added_by=by,
    )


@transaction.atomic
def import_gift(
    text: str,
    *,
    at: datetime,
    by: Account | None,
    version_of: VersionOf = version_to_ask,
) -> Put:
    """Take a whole GIFT file into the bank, or nothing of it.

    :raises GiftRefused: with every line that cannot be taken
    """
    gift = read_gift(text)
    wrongs = [Wrong(flaw.line, _told(flaw)) for flaw in gift.flaws]
    items = [found.item for found in gift.found]
    shelf = _Shelf(items, local_day(at), version_of)
    wrongs += [
        Wrong(gift.found[problem.index].line, f"{problem.reason}{problem.mend}")
        for problem in _problems(items, shelf)
    ]
    if not gift.found and not wrongs:
        wrongs = [Wrong(1, _("文件里没有题。"))]
    if wrongs:
        raise GiftRefused(sorted(wrongs, key=lambda wrong: wrong.line))
    return put_items(items, at=at, by=by, version_of=version_of)


def _told(flaw: Flaw) -> str:
    return str(flaw.fault.label)


@transaction.atomic
def write_question(
    *, item: Item, replaces: LawQuestion | None = None, at: datetime, by: Account | None
) -> LawQuestion:
    """Add one question, or put a better wording in the place of another.

    :raises BankRefused: it has a fault, its law or article is not there, or nothing would change
    """
    item = tidy(replace(item, code=replaces.code) if replaces else item)
    put = put_items([item], at=at, by=by)
    if put.same:
        raise BankRefused(_("和原来的一样，没有要改的。"))
    found = LawQuestion.objects.filter(retired_at__isnull=True, stem=item.stem)
    return found.order_by("-pk")[0]


@transaction.atomic
def retire_question(*, question: LawQuestion, reason: str, at: datetime) -> None:
    """Take a question out of use, with the reason; papers that asked it keep it.

    :raises BankRefused: no reason is given, or it is out of use already
    """
    if not reason.strip():
        raise BankRefused(_("请写明停用的原因。"))
    row = LawQuestion.objects.select_for_update().get(pk=question.pk)
    if row.is_retired:
        raise BankRefused(_("这一题已经停用。"))
    _retire([row], reason.strip(), at)


def _retire(questions: Iterable[LawQuestion], reason: str, at: datetime) -> None:
    wanted = [question.pk for question in questions]
    LawQuestion.objects.filter(pk__in=wanted).update(retired_at=at, retired_because=reason)


@transaction.atomic
def confirm_question(
    *, question: LawQuestion, number: int, on: date, at: datetime, by: Account | None
) -> Confirmation:
    """Find that a question holds by an article of the version now in force, under its number there.

    :raises BankRefused: the law has no version in force, or no such article
    """
    law = question.article.version.law
    version = version_to_ask(law, on)
    article = version.articles.filter(number=number).first() if version else None
    if article is None:
        told = {"law": law.short, "article": chinese(number)}
        raise BankRefused(_("《%(law)s》的现行文本没有第%(article)s条。") % told)
    return Confirmation.objects.get_or_create(
        question=question, article=article, defaults={"confirmed_at": at, "confirmed_by": by}
    )[0]


@transaction.atomic
def confirm_unchanged(
    questions: Iterable[LawQuestion], *, version: LawVersion, at: datetime, by: Account | None
) -> int:
    """Confirm questions whose articles a new version left as they were; tells how many."""
    articles: Mapping[int, Article] = {
        article.number: article for article in version.articles.filter(is_changed=False)
    }
    rows = [
        Confirmation(
            question=question,
            article=articles[question.article.number],
            confirmed_at=at,
            confirmed_by=by,
        )
        for question in questions
        if question.article.number in articles
    ]
    Confirmation.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)
