"""Units, people, posts, terms, leave; accounts and what they may do."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.kernel.org.enums import LeaveKind, Role, Tier, UnitKind


class Unit(models.Model):
    """A body that has people or holds meetings (单位): a bureau, section, school, branch."""

    code = models.CharField(_("单位代码"), max_length=40, unique=True)
    name = models.CharField(_("单位名称"), max_length=80, db_index=True)
    kind = models.CharField(_("类别"), max_length=12, choices=UnitKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("上级"),
    )
    opened = DayField(_("设立日期"))
    closed = DayField(_("撤销日期"), null=True, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("单位")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(closed__gte=F("opened")),
                name="org_unit_closed_not_before_opened",
                violation_error_message=_("撤销日期不能早于设立日期。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who holds, held or will hold a post (人员)."""

    code = models.CharField(_("工号"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=60, db_index=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """What one can be appointed to (职务); party membership is a post in a branch."""

    code = models.CharField(_("职务代码"), max_length=40, unique=True)
    name = models.CharField(_("职务名称"), max_length=60, db_index=True)
    tier = models.CharField(_("层次"), max_length=12, choices=Tier, default=Tier.STAFF)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("职务")

    def __str__(self) -> str:
        return self.name


class PostTag(models.Model):
    """A word by which rules find posts (职务标签): principal, teacher, party_member, secretary."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="tags", verbose_name=_("职务"))
    tag = models.SlugField(_("标签"), max_length=40)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("职务标签")
        constraints = [models.UniqueConstraint(fields=["post", "tag"], name="org_posttag_once")]

    def __str__(self) -> str:
        return self.tag


class RosterManager[M: models.Model](PeerManager[M]):
    """Rows of the roster, each with the span of time in which it was believed."""

    def known(self, moment: datetime | None = None) -> models.QuerySet[M]:
        """The rows believed at ``moment``; without a moment, those believed now."""
        rows = self.get_queryset()
        if moment is None:
            return rows.filter(known_until__isnull=True)
        return rows.filter(Q(known_until__isnull=True) | Q(known_until__gt=moment)).filter(
            known_from__lte=moment
        )


class Term(models.Model):
    """A person in a post at a unit, from one day to another (任期).

    A row is never edited: a correction closes ``known_until`` and adds another row, so that any
    past verdict can be drawn again from what was known then.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="terms", verbose_name=_("人员"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="terms", verbose_name=_("职务"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="terms", verbose_name=_("单位"))
    first_day = DayField(_("任职日期"))
    last_day = DayField(_("免职日期"), null=True, blank=True)
    concurrent = models.BooleanField(_("兼任"), default=False)
    known_from = models.DateTimeField(_("登记时间"))
    known_until = models.DateTimeField(_("更正时间"), null=True, blank=True)

    objects = RosterManager()

    class Meta:
        verbose_name = verbose_name_plural = _("任期")
        indexes = [models.Index(fields=["unit", "first_day"], name="org_term_unit_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="org_term_last_not_before_first",
                violation_error_message=_("免职日期不能早于任职日期。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.unit_id} {self.first_day}…{self.last_day or ''}"


class Leave(models.Model):
    """A span in which somebody is excused (请假), with its reason; corrected like a term."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="leaves", verbose_name=_("人员")
    )
    first_day = DayField(_("开始日期"))
    last_day = DayField(_("结束日期"))
    kind = models.CharField(_("类别"), max_length=12, choices=LeaveKind)
    known_from = models.DateTimeField(_("登记时间"))
    known_until = models.DateTimeField(_("更正时间"), null=True, blank=True)

    objects = RosterManager()

    class Meta:
        verbose_name = verbose_name_plural = _("请假")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="org_leave_last_not_before_first",
                violation_error_message=_("请假结束日期不能早于开始日期。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.first_day}…{self.last_day}"


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with hashed passwords; whom an account is of comes with it."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        return super().get_queryset().select_related("person")

    def create_user(
        self, username: str, password: str | None = None, *, person: Person | None = None
    ) -> "Account":
        """Make a login; without a password it cannot be used until one is set."""
        account = self.model(username=self.model.normalize_username(username), person=person)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A login (账号), mostly tied to a person; a person need not have one."""

    username = models.CharField(_("用户名"), max_length=60, unique=True)
    email = models.EmailField(_("邮箱"), blank=True)
    person = models.OneToOneField(
        Person,
        models.PROTECT,
        related_name="account",
        null=True,
        blank=True,
        verbose_name=_("人员"),
    )
    is_active = models.BooleanField(_("可用"), default=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = verbose_name_plural = _("账号")

    def __str__(self) -> str:
        return self.person.name if self.person else self.username

    @cached_property
    def granted(self) -> "tuple[Grant, ...]":
        """What this account has been granted; read once a request."""
        return tuple(self.grants.all())

    @property
    def roles(self) -> frozenset[str]:
        """The roles held anywhere."""
        return frozenset(grant.role for grant in self.granted)

    def granted_units(self, roles: Iterable[str]) -> set[int]:
        """The ids of the units for which one of ``roles`` was granted."""
        wanted = set(roles)
        return {g.unit_id for g in self.granted if g.role in wanted and g.unit_id is not None}


class Grant(models.Model):
    """A role given to an account (授权), for one unit and all below it, or for the whole house."""

    account = models.ForeignKey(
        Account, models.CASCADE, related_name="grants", verbose_name=_("账号")
    )
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("单位")
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("授权")
        constraints = [
            models.UniqueConstraint(fields=["account", "role", "unit"], name="org_grant_once"),
            models.UniqueConstraint(
                fields=["account", "role"],
                name="org_grant_house_once",
                condition=Q(unit__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(role__in=[Role.UNIT_CLERK, Role.LEADER]),
                name="org_grant_unit_named",
                violation_error_message=_("单位文员和领导要写明是哪个单位的。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.unit_id or ''}"


def open_on(day: date, prefix: str = "") -> Q:
    """The condition that a span ``first_day … last_day`` covers ``day``."""
    return Q(**{f"{prefix}first_day__lte": day}) & (
        Q(**{f"{prefix}last_day__isnull": True}) | Q(**{f"{prefix}last_day__gte": day})
    )
