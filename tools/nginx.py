"""Hand the nginx configuration that docs/howto/deploy.md prints to a real nginx: python -m tools.nginx

Where there is no nginx it says so and is content: nothing is checked then.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PAGE = Path(__file__).resolve().parent.parent / "docs" / "howto" / "deploy.md"
WHOLE = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{servers}
}}
"""


def main() -> int:
    if not nginx():
        sys.stdout.write("There is no nginx on this machine: its configuration was not checked.\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        done = tried(placed(Path(folder)))
    sys.stdout.write(done.stderr)
    return done.returncode


def nginx() -> str | None:
    """The nginx of this machine, if it has one."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def documented() -> str:
    """The servers as the page on deployment prints them."""
    (block,) = re.findall(r"```nginx\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(block)


def placed(folder: Path, *, http: int = 80, https: int = 443, behind: int = 8000) -> Path:
    """The documented servers as a whole configuration, with a certificate, in ``folder``.

    :param http: the ports to listen at on this machine alone, and ``behind`` the one of the house
    """
    certify(folder)
    servers = re.sub(r"\n *listen \[::\][^;]*;", "", documented())
    for said, meant in {
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen 443 ": f"listen 127.0.0.1:{https} ",
        "/etc/ssl/taihua/": f"{folder}/",
        "http://127.0.0.1:8000": f"http://127.0.0.1:{behind}",
    }.items():
        if said not in servers:
            raise LookupError(f"{PAGE.name} no longer says {said!r}")
        servers = servers.replace(said, meant)
    file = folder / "nginx.conf"
    file.write_text(WHOLE.format(folder=folder, servers=servers), encoding="utf-8")
    return file


def tried(configuration: Path) -> subprocess.CompletedProcess[str]:
    """What ``nginx -t`` says."""
    return subprocess.run(
        [nginx() or "nginx", "-t", "-c", str(configuration)],
        capture_output=True,
        text=True,
        check=False,
    )


def certify(folder: Path) -> None:
    """Write a certificate that nobody trusts, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "taihua.example.cn")])
    now = datetime.now(UTC)  # noqa: TID251  # a certificate holds from the real today
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=7))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


if __name__ == "__main__":
    sys.exit(main())
