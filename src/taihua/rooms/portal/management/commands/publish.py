"""``taihua publish``."""

import os
from argparse import ArgumentParser
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from taihua.base import clock
from taihua.rooms.portal.logic.plain import KEY, LIST, OWN, SEAL, differences, listed, listing
from taihua.rooms.portal.views.plain import PlainSite


class Command(BaseCommand):
    help = _("把公开网站写成一个文件夹的普通文件，带签名的清单；或者核对这样的文件夹")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", help=_("哪个文件夹"))
        parser.add_argument(
            "--check", action="store_true", help=_("只核对清单和签名，有出入则退出码为 1")
        )
        parser.add_argument(
            "--address",
            default=_site(),
            help=_("这个文件夹会放在哪个网址下，写进订阅和网站地图（默认是本站的网址）"),
        )
        parser.add_argument("--key", default="", help=_("核对时用的公钥文件（默认是本机的）"))

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        try:
            if options["check"]:
                self._check(folder, options["key"])
            else:
                self._write(folder, options["address"])
        except OSError as fault:
            raise CommandError(
                _("读写 %(folder)s 时出错：%(why)s。")
                % {"folder": folder, "why": fault.strerror or fault},
                returncode=2,
            ) from fault

    def _write(self, folder: Path, address: str) -> None:
        before = _before(folder)
        _collect()
        sums: dict[str, bytes | str] = {}
        with override(settings.LANGUAGE_CODE):
            for path, content in PlainSite(clock.now(), address, _site()).write():
                _put(folder / path, content)
                sums[path] = sha256(content).hexdigest()
        for path in before.keys() - sums.keys():
            _remove(folder, path)
        said, key = listing(sums), _signing_key()
        public = key.public_key().public_bytes_raw()
        _put(folder / LIST, said)
        _put(folder / SEAL, b64encode(key.sign(said)) + b"\n")
        _put(folder / KEY, b64encode(public) + b"\n")
        self.stdout.write(
            _("已写到 %(folder)s，共 %(count)d 个文件，清单已签名。")
            % {"folder": folder, "count": len(sums)}
        )

    def _check(self, folder: Path, key: str) -> None:
        said = (folder / LIST).read_bytes()
        keys = Path(key).read_bytes() if key else _known_key(folder)
        try:
            public = Ed25519PublicKey.from_public_bytes(b64decode(keys))
            public.verify(b64decode((folder / SEAL).read_bytes()), said)
        except (InvalidSignature, ValueError) as wrong:
            raise CommandError(
                _("清单的签名不对：它不是用这把钥匙签的，或者签过以后被改动了。")
            ) from wrong
        sums = listed(said)
        found = differences(sums, _sums(folder))
        words = {"missing": _("缺少"), "changed": _("被改动"), "strange": _("清单里没有")}
        lines = [f"{words[kind]}：{path}" for kind, paths in found.items() for path in paths]
        if lines:
            raise CommandError("\n".join(lines))
        self.stdout.write(_("%(count)d 个文件都和清单一样，签名也对。") % {"count": len(sums)})


def _site() -> str:
    """The address of the living site, by its first name."""
    return f"{'https' if settings.HTTPS else 'http'}://{settings.ALLOWED_HOSTS[0]}"


def _before(folder: Path) -> dict[str, str]:
    """What an earlier run has written here; a folder with other things in it is left alone."""
    if not folder.exists() or not any(folder.iterdir()):
        return {}
    if not (folder / LIST).is_file():
        raise CommandError(
            _("%(folder)s 里有别的东西。请给一个新的或空的文件夹。") % {"folder": folder},
            returncode=2,
        )
    return listed((folder / LIST).read_bytes())


def _remove(folder: Path, path: str) -> None:
    """Take out a file of an earlier run; a list that names something outside is not followed."""
    old = (folder / path).resolve()
    if old.is_relative_to(folder.resolve()) and old.is_file():
        old.unlink()


def _collect() -> None:
    """Gather the style sheets under their lasting names, where they are not yet."""
    kept: Any = staticfiles_storage
    if getattr(kept, "hashed_files", True):
        return  # gathered before, or names that do not change
    call_command("collectstatic", interactive=False, verbosity=0)
    kept.hashed_files, _hash = kept.load_manifest()


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def _sums(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.relative_to(folder).as_posix() not in OWN
    }


def _key_file() -> Path:
    return Path(settings.HOME) / "portal.key"


def _signing_key() -> Ed25519PrivateKey:
    """The key with which this house signs, made at first need and kept in a private file."""
    path = _key_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return Ed25519PrivateKey.from_private_bytes(b64decode(path.read_bytes()))
    with os.fdopen(descriptor, "wb") as file:
        key = Ed25519PrivateKey.generate()
        file.write(b64encode(key.private_bytes_raw()) + b"\n")
    return key


def _known_key(folder: Path) -> bytes:
    """The public key of this house; elsewhere the one that came along."""
    if _key_file().exists():
        return b64encode(_signing_key().public_key().public_bytes_raw())
    return (folder / KEY).read_bytes()
