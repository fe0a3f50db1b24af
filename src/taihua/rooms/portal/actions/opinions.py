"""Opinions: taken from the web or typed in, set aside and back, joined and split, answered."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.once import made_once
from taihua.base.templatetags.page import longday
from taihua.kernel.org.models import Account, Person
from taihua.kernel.records.actions import record
from taihua.rooms.portal.access.consultations import is_asked
from taihua.rooms.portal.actions.consultations import (
    ConsultationRefused,
    first_line,
    locked,
    refuse_numbers,
)
from taihua.rooms.portal.actions.families import leave_groups_of_one, sort_in, sort_out
from taihua.rooms.portal.enums import Adoption, Channel, Naming
from taihua.rooms.portal.models import (
    Clause,
    Consultation,
    DaySalt,
    Opinion,
    OpinionGroup,
    Response,
    SenderMark,
)

GIVEN, ANSWERED, OPINION = "gave-opinion", "answered-opinion", "portal/opinion"
MOST_A_DAY = 20  # from one address: a family, a staff room
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read for another
GROUPS, GROUP = 4, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An opinion as it came in."""

    text: str
    clause: Clause | None = None
    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Where something came from: an address that is kept only as a mark, and the key of the form."""

    address: str
    once: UUID | None = None
    account: Account | None = None


@transaction.atomic
def give(*, consultation: Consultation, said: Said, sender: Sender, at: datetime) -> Opinion:
    """Take an opinion from the web. The same form sent twice, or the same words, are one opinion.

    What a stranger says is no act of the house and on no record; in an internal consultation a
    person gives it by name, and that is.

    :raises ConsultationRefused: it is not open or not theirs, a name is missing, or too many came
    """
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    person = _giver(row, sender, local_day(at))
    _check(row, said, person, local_day(at))
    if sender.once and (there := row.opinions.filter(once=sender.once).first()):
        return there
    mark, salt = mark_of(sender.address, local_day(at))
    marks = SenderMark.objects.filter(salt=salt, mark=mark)
    same = marks.filter(
        opinion__consultation=row, opinion__clause=said.clause, opinion__text=said.text.strip()
    )
    if (mark_there := same.select_related("opinion").first()) and mark_there.opinion:
        return mark_there.opinion
    if marks.count() >= MOST_A_DAY:
        raise ConsultationRefused(
            _("今天从您这里已经来了 %(most)d 条意见。请明天再写，或者来信、来电。")
            % {"most": MOST_A_DAY}
        )

    def make() -> Opinion:
        made = _taken(row, said, Channel.WEB, local_day(at), person=person, once=sender.once)
        SenderMark.objects.create(salt=salt, mark=mark, opinion=made, at=at)
        if person is not None:
            _on_record(made, person, at)
        return made

    opinion, _new = made_once(row.opinions.all(), sender.once, make)
    return opinion


@transaction.atomic
def enter(
    *,
    consultation: Consultation,
    said: Said,
    channel: str,
    received_on: date,
    by: Account,
    at: datetime,
) -> Opinion:
    """Type in what came by letter, by phone or at a meeting; after the closing day too, if it came before.

    :raises ConsultationRefused: it is not theirs, withdrawn, published, or the day lies outside
    """
    row = locked(consultation, by)
    if row.withdrawn_on:
        raise ConsultationRefused(_("这次征求意见已经撤回，不再收意见。"))
    if row.sent_at is None or row.published_on is not None:
        raise ConsultationRefused(_("发出以后、公布以前才能录入意见。"))
    if not row.opens <= received_on <= min(row.closes, local_day(at)):
        raise ConsultationRefused(_("收到的日子要在征求意见期间，不能晚于今天。"))
    _check_words(row, said)
    return _taken(row, said, channel, received_on, by=by)


@transaction.atomic
def set_aside(*, opinion: Opinion, reason: str, by: Account) -> Opinion:
    """Let something not count as an opinion, with the reason; it can be taken back in.

    :raises ConsultationRefused: no reason, answered already, published, or not theirs
    """
    row = _handled(opinion, by)
    if not reason.strip():
        raise ConsultationRefused(_("请写明为什么不算意见。"))
    if Response.objects.filter(opinion=row).exists():
        raise ConsultationRefused(_("这条意见已经有了答复，不能再收起来；可以改答复。"))
    row.set_aside_because, row.set_aside_by, row.group = reason.strip(), by, None
    row.save(update_fields=["set_aside_because", "set_aside_by", "group"])
    sort_out(row.consultation, [row.pk])
    leave_groups_of_one(row.consultation)
    return row


@transaction.atomic
def take_back_in(*, opinion: Opinion, by: Account) -> Opinion:
    """Let it count as an opinion again.

    :raises ConsultationRefused: published, or not theirs
    """
    row = _handled(opinion, by)
    if not row.set_aside_because:
        return row
    row.set_aside_because, row.set_aside_by = "", None
    row.save(update_fields=["set_aside_because", "set_aside_by"])
    sort_in(row)
    return row


@transaction.atomic
def join(
    *, consultation: Consultation, opinions: Sequence[Opinion], title: str, by: Account
) -> OpinionGroup:
    """Put opinions that say nearly the same together, with all that they are together with already.

    :raises ConsultationRefused: fewer than two, of another consultation, set aside, published, or
        not theirs
    """
    row = locked(consultation, by)
    if row.published_on:
        raise ConsultationRefused(_("采纳情况已经公布，不能再改；要补充的写在回头看里。"))
    ticked = {each.pk for each in opinions}
    found = row.opinions.filter(pk__in=ticked, set_aside_because="")
    if len(ticked) < 2 or found.count() < len(ticked):  # noqa: PLR2004
        raise ConsultationRefused(_("请至少勾选这里的两条意见。"))
    groups = list(row.groups.filter(opinions__in=ticked).distinct().order_by("pk"))
    group = groups[0] if groups else _group(row, title.strip() or first_line(opinions[0].text))
    row.opinions.filter(Q(pk__in=ticked) | Q(group__in=groups)).update(group=group)
    sort_out(row, ticked)
    leave_groups_of_one(row)
    return group


def _group(row: Consultation, title: str) -> OpinionGroup:
    return OpinionGroup.objects.create(consultation=row, title=title[:80])


@transaction.atomic
def split(*, opinion: Opinion, by: Account) -> Opinion:
    """Take an opinion out of its group; what it was answered stays. A group of one is none.

    :raises ConsultationRefused: published, or not theirs
    """
    row = _handled(opinion, by)
    if row.group is None:
        return row
    row.group = None
    row.save(update_fields=["group"])
    sort_in(row)
    leave_groups_of_one(row.consultation)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of an opinion, why, and what it changed."""

    adoption: str
    reason: str
    changed: Clause | None = None
    adds: bool = False


@transaction.atomic
def answer(
    *, opinion: Opinion, answer: Answer, by: Account, at: datetime, whole_group: bool = False
) -> list[Response]:
    """Answer an opinion, or all of its group alike; until publication it may be answered anew.

    :raises ConsultationRefused: no reason, set aside, published, not theirs, or a foreign clause
    """
    row = _handled(opinion, by)
    if row.set_aside_because:
        raise ConsultationRefused(_("这一条不算意见，先恢复才能答复。"))
    if not answer.reason.strip():
        raise ConsultationRefused(_("请写明理由：采纳了怎样改，没有采纳为什么。"))
    refuse_numbers((_("答复的理由"), answer.reason))
    if answer.changed and answer.changed.consultation_id != row.consultation_id:
        raise ConsultationRefused(_("请选这一份征求意见稿里的条款。"))
    together = (
        list(row.group.opinions.filter(set_aside_because="").order_by("pk"))
        if whole_group and row.group
        else [row]
    )
    return [_answered(each, answer, by, at) for each in together]


def _answered(opinion: Opinion, answer: Answer, by: Account, at: datetime) -> Response:
    heeded = answer.adoption != Adoption.DECLINED
    response, new = Response.objects.update_or_create(
        opinion=opinion,
        defaults={
            "adoption": answer.adoption,
            "reason": answer.reason.strip(),
            "changed": answer.changed if heeded else None,
            "adds": answer.adds and heeded,
            "answered_by": by,
            "answered_at": at,
        },
    )
    if new:
        record(
            person=by.person,
            unit=None if by.person else opinion.consultation.host,
            verb=ANSWERED,
            kind=OPINION,
            path=opinion.path,
            label=opinion.consultation.title,
            at=at,
            entered_by=by,
        )
    return response


def _giver(row: Consultation, sender: Sender, on: date) -> Person | None:
    """Who of the house gives it; nobody where strangers are asked as well."""
    if row.is_public:
        return None
    account = sender.account
    if account is None or not is_asked(account, row, on):
        raise ConsultationRefused(
            _("这次只向选定的单位征求意见；有话要说，请找%(unit)s。") % {"unit": row.host}
        )
    return account.person


def _check(row: Consultation, said: Said, person: Person | None, on: date) -> None:
    if row.withdrawn_on:
        raise ConsultationRefused(_("这次征求意见已经撤回，不再收意见。"))
    if not row.takes_opinions(on):
        raise ConsultationRefused(
            _("现在不在征求意见期间，请在 %(first)s 到 %(last)s 里提。")
            % {"first": longday(row.opens), "last": longday(row.closes)}
        )
    _check_words(row, said)
    if row.naming == Naming.NAMED and person is None and not said.name.strip():
        raise ConsultationRefused(_("这次要实名，请写下姓名；姓名不会公开。"))


def _check_words(row: Consultation, said: Said) -> None:
    if not said.text.strip():
        raise ConsultationRefused(_("请写下意见。"))
    if said.clause and said.clause.consultation_id != row.pk:
        raise ConsultationRefused(_("请选这一份征求意见稿里的条款。"))


def _taken(
    row: Consultation,
    said: Said,
    channel: str,
    on: date,
    *,
    by: Account | None = None,
    person: Person | None = None,
    once: UUID | None = None,
) -> Opinion:
    named = row.naming != Naming.ANONYMOUS
    made = Opinion.objects.create(
        consultation=row,
        clause=said.clause,
        text=said.text.strip(),
        channel=channel,
        name=said.name.strip() if named and person is None else "",
        contact=said.contact.strip() if named and person is None else "",
        person=person,
        receipt=new_receipt(),
        received_on=on,
        entered_by=by,
        once=once,
    )
    sort_in(made)
    return made


def new_receipt() -> str:
    """A number that nobody guesses: eighty bits, in fours."""
    return "-".join(
        "".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS)
    )


def forget_senders(on: date) -> None:
    """Delete what is kept of days before ``on`` about who sent something: their salts and marks."""
    DaySalt.objects.filter(day__lt=on).delete()


def mark_of(address: str, on: date) -> tuple[str, DaySalt]:
    """The mark of an address under the salt of the day; those of earlier days are gone for good."""
    forget_senders(on)
    # Held until the end, so that nobody gets past the limit by sending many at once.
    rows = DaySalt.objects.select_for_update()
    salt, _new = rows.get_or_create(day=on, defaults={"salt": secrets.token_bytes(32)})
    return hashlib.blake2b(address.encode(), key=bytes(salt.salt)[:64]).hexdigest()[:64], salt


def _on_record(opinion: Opinion, person: Person, at: datetime) -> None:
    record(
        person=person,
        verb=GIVEN,
        kind=OPINION,
        path=opinion.path,
        label=opinion.consultation.title,
        at=at,
    )


def _handled(opinion: Opinion, by: Account) -> Opinion:
    """The opinion as it stands now that its consultation is held against others."""
    if locked(opinion.consultation, by).published_on:
        raise ConsultationRefused(_("采纳情况已经公布，不能再改；要补充的写在回头看里。"))
    return Opinion.objects.select_related("group", "consultation").get(pk=opinion.pk)
