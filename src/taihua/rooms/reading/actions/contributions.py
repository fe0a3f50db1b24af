"""投稿: given from a note, read unnamed, chosen with a reason, edited in sight of its writer."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from taihua.base.clock import local_day
from taihua.kernel.commitments.actions import commit, fulfil, release
from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.commitments.words import Promise
from taihua.kernel.org.models import Person
from taihua.kernel.org.queries import unit_of
from taihua.kernel.records.actions import record
from taihua.kernel.records.queries import Statement
from taihua.rooms.reading.enums import Choice
from taihua.rooms.reading.logic.readers import ASKED, readers_for
from taihua.rooms.reading.models import Contribution, EditedText, Note, Opinion, Volume
from taihua.rooms.reading.queries.anthology import pool_of, text_of

READ_WITHIN = timedelta(days=14)
AGREE_WITHIN = timedelta(days=7)
KIND = "reading/contribution"
READ = Promise(gettext_noop("评读《%(title)s》第 %(number)d 辑的一篇来稿"))
AGREE = Promise(gettext_noop("看编辑改过的《%(title)s》，同意或者说说意见"))


class ContributionRefused(Exception):
    """Nothing was changed; the message is written for whoever tried."""


@transaction.atomic
def submit_note(
    *, volume: Volume, note: Note, byline: str, licence: str, at: datetime
) -> Contribution:
    """Give a note to a volume, as its words stand now; two readers are asked at once.

    :raises ContributionRefused: the call is not open, the note has no words or is given already,
        or nobody else could read it
    """
    on = local_day(at)
    volume = Volume.objects.select_for_update().get(pk=volume.pk)
    if volume.is_issued or not volume.opens <= on <= volume.closes:
        raise ContributionRefused(_("第 %(number)d 辑现在不收稿。") % {"number": volume.number})
    if note.head is None:
        raise ContributionRefused(_("这篇笔记还没有写好。"))
    if volume.contributions.filter(version__note=note, withdrawn_at__isnull=True).exists():
        raise ContributionRefused(_("这篇已经投给这一辑。"))
    unit = unit_of(note.writer, on)
    given = Contribution.objects.create(
        volume=volume,
        writer=note.writer,
        version=note.head,
        byline=byline.strip() or note.writer.name,
        unit=unit.name if unit else "",
        licence=licence,
        submitted_at=at,
    )
    record(
        person=note.writer,
        verb="submitted-text",
        kind=KIND,
        path=given.path,
        label=f"《{volume.title}》第 {volume.number} 辑",
        at=at,
    )
    ask_readers(contribution=given, at=at)
    return given


@transaction.atomic
def ask_readers(*, contribution: Contribution, at: datetime) -> list[Opinion]:
    """Ask as many readers as are still wanting; who was asked before stays asked.

    :raises ContributionRefused: nobody else could read it
    """
    volume, on = contribution.volume, local_day(at)
    unit = unit_of(contribution.writer, on)
    asked = list(contribution.opinions.values_list("reader", flat=True))
    chosen = readers_for(
        contribution.writer_id, unit.pk if unit else None, pool_of(volume, on), beside=asked
    )
    if len(asked) + len(chosen) < ASKED:
        raise ContributionRefused(_("这一辑的评读人不够，请告诉编者再请一位。"))
    opinions = []
    for reader in Person.objects.filter(pk__in=chosen):
        opinion = Opinion.objects.create(contribution=contribution, reader=reader, asked_at=at)
        commit(
            person=reader,
            what=READ.of(title=volume.title, number=volume.number),
            due=on + READ_WITHIN,
            origin=opinion.path,
            url=reverse("reading:opinion", args=[opinion.pk]),
            act=gettext_noop("去评读"),
            at=at,
        )
        opinions.append(opinion)
    return opinions


@transaction.atomic
def replace_readers(*, volume: Volume, at: datetime) -> None:
    """Ask others in the place of those who no longer read for a volume and had not answered yet.

    :raises ContributionRefused: nobody else could read
    """
    left = Opinion.objects.filter(
        contribution__volume=volume,
        contribution__withdrawn_at__isnull=True,
        given_at__isnull=True,
    ).exclude(reader__in=volume.readers.all())
    for opinion in left.select_related("contribution__volume", "contribution__writer"):
        _release(opinion.path, _("换人评读。"), at)
        opinion.delete()
        ask_readers(contribution=opinion.contribution, at=at)


@transaction.atomic
def give_opinion(*, opinion: Opinion, advice: str, remark: str, at: datetime) -> Opinion:
    """Say what to make of a text; the record says that somebody read, not what or whose.

    :raises ContributionRefused: it was given before, the text was withdrawn, or no reason is given
    """
    if not remark.strip():
        raise ContributionRefused(_("请写明理由，作者要看的。"))
    row = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    if row.given_at is not None:
        raise ContributionRefused(_("您已经评读过这一篇。"))
    if row.contribution.withdrawn_at is not None:
        raise ContributionRefused(_("这一篇已经撤稿，不用再评。"))
    row.advice, row.remark, row.given_at = advice, remark.strip(), at
    row.save(update_fields=["advice", "remark", "given_at"])
    volume = row.contribution.volume
    read = record(
        person=row.reader,
        verb="reviewed-text",
        kind=KIND,
        path=row.path,
        label=f"《{volume.title}》第 {volume.number} 辑",
        at=at,
    )
    _close(row.path, row.reader, read, at)
    return row


@transaction.atomic
def choose(*, contribution: Contribution, choice: str, reason: str, at: datetime) -> Contribution:
    """Take a text into the volume or not; not taking it needs a reason that its writer will read.

    :raises ContributionRefused: it is withdrawn, the volume is issued, an opinion is still
        missing, or no reason is given
    """
    row = _standing(contribution)
    if row.opinions.filter(given_at__isnull=True).exists():
        raise ContributionRefused(_("还有评读意见没有交齐，请等一等。"))
    if choice == Choice.DECLINED and not reason.strip():
        raise ContributionRefused(_("不收要写明理由。"))
    row.choice, row.reason, row.chosen_at = choice, reason.strip(), at
    if choice == Choice.DECLINED:
        row.section, row.place = None, 0
        _release(row.path, _("这一篇没有选入，不用再看改动。"), at)
    row.save(update_fields=["choice", "reason", "chosen_at", "section", "place"])
    return row


@transaction.atomic
def edit_text(
    *,
    contribution: Contribution,
    expected: int,
    title: str,
    text: str,
    remark: str,
    editor: Person,
    at: datetime,
) -> EditedText:
    """Leave the next edited text after number ``expected``; its writer is asked to agree.

    Back to the writer's own words nobody needs to be asked.

    :raises ContributionRefused: it was not selected, somebody edited in between, or nothing changed
    """
    row = _standing(contribution)
    if row.choice != Choice.SELECTED:
        raise ContributionRefused(_("先选入这一篇，再改文字。"))
    current = text_of(row)
    if current.number != expected:
        raise ContributionRefused(_("另一位编者刚存了一稿，请先看过再改。"))
    if (title.strip(), text) == (current.title, current.text):
        raise ContributionRefused(_("文字没有变，不用存。"))
    own = (title.strip(), text) == (row.version.title, row.version.text)
    edited = EditedText.objects.create(
        contribution=row,
        number=expected + 1,
        title=title.strip(),
        text=text,
        editor=editor,
        edited_at=at,
        remark=remark.strip(),
        agreed_at=at if own else None,
    )
    if own:
        _release(row.path, _("改回了作者的原文。"), at)
        return edited
    commit(
        person=row.writer,
        what=AGREE.of(title=title.strip()),
        due=local_day(at) + AGREE_WITHIN,
        origin=row.path,
        url=reverse("reading:contribution", args=[row.pk]),
        act=gettext_noop("看改动"),
        at=at,
    )
    return edited


@transaction.atomic
def agree(*, contribution: Contribution, number: int, at: datetime) -> EditedText:
    """The writer agrees to the words of an edited text.

    :raises ContributionRefused: it is not the newest any more, or was answered before
    """
    edited = _waiting(contribution, number)
    edited.agreed_at = at
    edited.save(update_fields=["agreed_at"])
    _answered(contribution, at)
    return edited


@transaction.atomic
def object_to(
    *, contribution: Contribution, number: int, objection: str, at: datetime
) -> EditedText:
    """The writer does not agree, and says why; the editors edit again or take the text as it was.

    :raises ContributionRefused: no word of why, or as for agreeing
    """
    if not objection.strip():
        raise ContributionRefused(_("请说说哪里不合您的意思。"))
    edited = _waiting(contribution, number)
    edited.objection = objection.strip()
    edited.save(update_fields=["objection"])
    _answered(contribution, at)
    return edited


@transaction.atomic
def withdraw(*, contribution: Contribution, at: datetime) -> Contribution:
    """The writer takes the text back; what is issued stays issued.

    :raises ContributionRefused: the volume is issued, or it was taken back before
    """
    row = _standing(contribution)
    row.withdrawn_at, row.section, row.place = at, None, 0
    row.save(update_fields=["withdrawn_at", "section", "place"])
    origins = [row.path, *(opinion.path for opinion in row.opinions.all())]
    for origin in origins:
        _release(origin, _("作者撤稿。"), at)
    return row


def _waiting(contribution: Contribution, number: int) -> EditedText:
    row = _standing(contribution)
    newest = row.texts.select_for_update().order_by("-number").first()
    if newest is None or newest.number != number or newest.agreed_at or newest.objection:
        raise ContributionRefused(_("这一稿已经答复过，或者编者又改了一稿，请刷新后再看。"))
    return newest


def _answered(contribution: Contribution, at: datetime) -> None:
    answered = record(
        person=contribution.writer,
        verb="answered-edit",
        kind=KIND,
        path=contribution.path,
        label=f"《{contribution.volume.title}》第 {contribution.volume.number} 辑",
        at=at,
    )
    _close(contribution.path, contribution.writer, answered, at)


def _close(origin: str, owner: Person, statement: Statement, at: datetime) -> None:
    for commitment in of_origin(origin).filter(person=owner, closed_at__isnull=True):
        fulfil(commitment=commitment, statement=statement, at=at)


def _release(origin: str, reason: str, at: datetime) -> None:
    for commitment in of_origin(origin).filter(closed_at__isnull=True):
        release(commitment=commitment, reason=reason, at=at)


def _standing(contribution: Contribution) -> Contribution:
    """The contribution, held for this transaction.

    :raises ContributionRefused: it is withdrawn, or its volume is issued
    """
    # The volume first, as issuing does: what is being issued waits, and nobody waits in a circle.
    Volume.objects.select_for_update().get(pk=contribution.volume_id)
    row = (
        Contribution.objects.select_for_update(of=("self",))
        .select_related("volume", "writer", "version")
        .get(pk=contribution.pk)
    )
    if row.withdrawn_at is not None:
        raise ContributionRefused(_("这一篇已经撤稿。"))
    if row.volume.is_issued:
        raise ContributionRefused(_("这一辑已经印发，不能再改。"))
    return row
