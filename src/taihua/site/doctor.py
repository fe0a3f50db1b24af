"""Looks the house over: what is not as it should be, and what to do about it."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django_ox.models import OxTask

from taihua.kernel.records.soundness import unsound
from taihua.site.backups.triggers import guarded_tables

APPEND_ONLY = {"records_statement"}
ROOM_TO_LEAVE = 1 << 30  # one gigabyte
HEARTBEAT_AGE = 120  # seconds
WAITING = timedelta(minutes=10)
KEY_LENGTH = 32
FONT_PACKAGES = {
    "pylopdf_fonts_zh_cn": "*.otf",
    "manimgx_fonts_cjk": "*.ttc",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: what was looked at, what is wrong, what to do."""

    check: str
    wrong: str
    remedy: str


type Check = Callable[[datetime], Iterator[Finding]]


def examine(at: datetime) -> tuple[list[str], list[Finding]]:
    """Look at everything; what needs the database is left out when it does not answer.

    :returns: the names of what was looked at, and what was found
    """
    looked, found = ["database"], list(_database())
    for name, check in CHECKS.items():
        if found and found[0].check == "database" and name in NEEDS_DATABASE:
            continue
        looked.append(name)
        found += check(at)
    return looked, found


def _database() -> Iterator[Finding]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            _write_nothing(cursor)
    except DatabaseError as error:
        yield Finding(
            "database",
            _("数据库不能读写：%(error)s") % {"error": str(error).strip()},
            _("请检查 TAIHUA_DATABASE_URL、数据库服务、文件权限和磁盘空间。"),
        )


def _write_nothing(cursor: object) -> None:
    # A table that lives no longer than this transaction: proof that writing works.
    cursor.execute("CREATE TABLE taihua_doctor_was_here (x integer)")  # type: ignore[attr-defined]
    cursor.execute("DROP TABLE taihua_doctor_was_here")  # type: ignore[attr-defined]


def _tables(_at: datetime) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding(
            "tables",
            _("有 %(count)d 项数据表更新还没有做。") % {"count": len(plan)},
            _("请运行 taihua migrate。"),
        )


def _guards(_at: datetime) -> Iterator[Finding]:
    for table in sorted(APPEND_ONLY - guarded_tables()):
        yield Finding(
            "guards",
            _("%(table)s 没有防改触发器，记录可能被改动。") % {"table": table},
            _("请从备份恢复，或重新执行建立触发器的迁移，并查明是谁去掉的。"),
        )


def _records(at: datetime) -> Iterator[Finding]:
    if _unmigrated():
        return
    for way, count in unsound(at).items():
        yield Finding(
            "records",
            _("有 %(count)d 条记录自相矛盾（%(way)s）。") % {"count": count, "way": way},
            _("请核对这些记录，作废后重新登记。"),
        )
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            if (said := cursor.fetchone()[0]) != "ok":
                yield Finding(
                    "records",
                    _("数据库文件已损坏：%(said)s") % {"said": said},
                    _("请停止服务，从最近的备份恢复。"),
                )


def _unmigrated() -> bool:
    return not connection.introspection.table_names() or any(_tables(datetime.min))  # noqa: DTZ901


def _jobs(at: datetime) -> Iterator[Finding]:
    if _unmigrated():
        return
    late = OxTask.objects.filter(status="READY", enqueued_at__lt=at - WAITING).exclude(
        run_after__gt=at - WAITING
    )
    if count := late.count():
        yield Finding(
            "jobs",
            _("有 %(count)d 件事排队超过十分钟。") % {"count": count},
            _("请运行 taihua worker，或由 cron 每分钟运行 taihua tick。"),
        )
    if count := OxTask.objects.filter(status__in=["FAILED", "LOST"]).count():
        yield Finding(
            "jobs",
            _("有 %(count)d 件后台的事没有做成。") % {"count": count},
            _("请看日志（TAIHUA_LOG=INFO），改正后重新发起。"),
        )


def _worker(_at: datetime) -> Iterator[Finding]:
    beat = Path(settings.HOME) / "worker.beat"
    # The heart beats on the machine's own clock, not on the day a demonstration stands on.
    if not beat.exists() or time.time() - beat.stat().st_mtime > HEARTBEAT_AGE:
        yield Finding(
            "worker",
            _("后台进程没有在运行。"),
            _("请用 taihua serve（自带后台进程）或 taihua worker 打开它。"),
        )


def _disk(_at: datetime) -> Iterator[Finding]:
    room = shutil.disk_usage(settings.HOME).free
    if room < ROOM_TO_LEAVE:
        yield Finding(
            "disk",
            _("磁盘只剩 %(room)d MB。") % {"room": room >> 20},
            _("请清理磁盘，或把 TAIHUA_HOME 移到更大的盘上。"),
        )


def _fonts(_at: datetime) -> Iterator[Finding]:
    for package, pattern in FONT_PACKAGES.items():
        spec = find_spec(package)
        folder = Path(spec.origin).parent if spec and spec.origin else None
        if folder is None or not any(folder.rglob(pattern)):
            yield Finding(
                "fonts",
                _("找不到中文字体 %(package)s，不能生成 PDF。") % {"package": package},
                _("请按 requirements/run.txt 重新安装。"),
            )


def _clock(at: datetime) -> Iterator[Finding]:
    try:
        ZoneInfo(settings.TIME_ZONE)
    except ZoneInfoNotFoundError:
        yield Finding(
            "clock",
            _("没有时区 %(zone)s 的资料。") % {"zone": settings.TIME_ZONE},
            _("请安装 tzdata。"),
        )
    if settings.TAIHUA_TODAY and not settings.TAIHUA_DEMO:
        yield Finding(
            "clock",
            _("日历停在 %(day)s。") % {"day": at.date()},
            _("正式使用时请去掉 TAIHUA_TODAY。"),
        )


def _keys(_at: datetime) -> Iterator[Finding]:
    for name in ("SECRET_KEY", "TAIHUA_TOKEN_KEY"):
        if len(getattr(settings, name)) < KEY_LENGTH:
            yield Finding(
                "keys",
                _("密钥 %(name)s 太短。") % {"name": name},
                _("请用至少 32 个随机字符；令牌密钥一经使用不可更换。"),
            )
    for path in Path(settings.HOME).glob("*.key"):
        if path.stat().st_mode & 0o077:
            yield Finding(
                "keys",
                _("别人也能读 %(path)s。") % {"path": path.name},
                _("请运行 chmod 600 %(path)s。") % {"path": path},
            )


def _door(_at: datetime) -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding("door", _("调试模式开着。"), _("正式使用时请去掉 TAIHUA_DEBUG。"))
    public = set(settings.ALLOWED_HOSTS) - {"localhost", "127.0.0.1", "[::1]", "testserver"}
    if public and not settings.HTTPS:
        yield Finding(
            "door",
            _("网站对外开放（%(hosts)s），却没有用 HTTPS。") % {"hosts": "、".join(sorted(public))},
            _("请放在 HTTPS 后面，并设 TAIHUA_HTTPS=1。"),
        )
    for error in checks.run_checks():
        if error.level >= checks.ERROR:
            yield Finding("door", str(error.msg), str(error.hint or error.id))


CHECKS: dict[str, Check] = {
    "tables": _tables,
    "guards": _guards,
    "records": _records,
    "jobs": _jobs,
    "worker": _worker,
    "disk": _disk,
    "fonts": _fonts,
    "clock": _clock,
    "keys": _keys,
    "door": _door,
}
NEEDS_DATABASE = {"tables", "guards", "records", "jobs", "door"}
