"""What this installation is told by its environment, with defaults; nonsense is refused at start."""

import os
import secrets
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SIGN_ON = "house"  # what the one identity provider is called in addresses and rows


def text(name: str, default: str = "") -> str:
    """The text of a variable, or ``default`` where it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or no.

    :raises ImproperlyConfigured: the variable is neither 1 nor 0
    """
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0")
    return value == "1"


def day(name: str, kept_in: Path | None = None) -> date | None:
    """A day: of the variable, else the one kept in a file, else none.

    :raises ImproperlyConfigured: what is said or kept is not a date
    """
    value = text(name)
    if not value and kept_in is not None and kept_in.exists():
        value = kept_in.read_text().strip()
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}: write a day such as 2013-12-04") from None


def issuer(name: str) -> str:
    """Where an identity provider is; what it says must not be readable or changeable on the way.

    :raises ImproperlyConfigured: it is no https:// address (http:// is taken on this machine alone)
    """
    value = text(name)
    address = urlsplit(value)
    near = address.hostname in {"localhost", "127.0.0.1", "::1"}
    if value and not (address.hostname and (address.scheme == "https" or near)):
        raise ImproperlyConfigured(f"{name} is {value!r}: write an address that begins https://")
    return value


def sign_on(issuer: str, client: str, secret: str, name: str) -> dict[str, dict[str, object]]:
    """Allauth's settings of single sign-on: with one provider, or with none.

    :raises ImproperlyConfigured: only a part of what it takes is set
    """
    told = {
        "TAIHUA_OIDC_ISSUER": issuer,
        "TAIHUA_OIDC_CLIENT": client,
        "TAIHUA_OIDC_SECRET": secret,
    }
    missing = [variable for variable, value in told.items() if not value]
    if missing and len(missing) < len(told):
        raise ImproperlyConfigured(f"Single sign-on also takes {', '.join(missing)}")
    app = {
        "provider_id": SIGN_ON,
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer},
    }
    return {
        "openid_connect": {
            "provider_class": "taihua.site.oidc.provider.CheckedProvider",
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [] if missing else [app],
        }
    }


def origins(issuer: str, more: list[str]) -> list[str]:
    """Where a login form may lead: to the provider's own host, and to further ones that are named."""
    address = urlsplit(issuer)
    return [f"{address.scheme}://{address.netloc}", *more] if issuer else []


def words(name: str, default: str) -> list[str]:
    """The words of a comma-separated variable."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def days(name: str) -> frozenset[date]:
    """Days and spans of days, such as ``2014-01-01,2014-01-31/2014-02-06``.

    :raises ImproperlyConfigured: one of them is no date, or a span ends before it begins
    """
    found: set[date] = set()
    for word in words(name, ""):
        first, _slash, last = word.partition("/")
        try:
            begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError:
            begin, end = date.max, date.min
        if end < begin:
            raise ImproperlyConfigured(
                f"{name} has {word!r}: write days such as 2014-01-01 or 2014-01-31/2014-02-06"
            )
        found |= {begin + timedelta(days=more) for more in range((end - begin).days + 1)}
    return frozenset(found)


def secret(name: str, keep_in: Path) -> str:
    """A secret from the environment, or one made at first need and kept in a private file."""
    if value := text(name):
        return value
    keep_in.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(keep_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return keep_in.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        value = secrets.token_urlsafe(48)
        file.write(value)
    return value


def database(name: str, default: Path) -> dict[str, object]:
    """Django's settings of the database behind an address.

    ``sqlite:///var/taihua.sqlite3`` and ``postgresql://user:word@host:5432/name?pool=1`` are known.

    :raises ImproperlyConfigured: the address is of another kind
    """
    address = urlsplit(text(name, f"sqlite:///{default}"))
    match address.scheme:
        case "sqlite":
            return _sqlite(address.path[1:] or str(default))
        case "postgres" | "postgresql":
            options = dict(parse_qsl(address.query))
            pool = options.pop("pool", "1") == "1"
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(address.path[1:]),
                "USER": unquote(address.username or ""),
                "PASSWORD": unquote(address.password or ""),
                "HOST": unquote(address.hostname or options.pop("host", "")),
                "PORT": str(address.port or ""),
                "OPTIONS": {**options, **({"pool": True} if pool else {})},
            }
    raise ImproperlyConfigured(f"{name}: {address.scheme!r} is no database known here")


def _sqlite(path: str) -> dict[str, object]:
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    # IMMEDIATE: a transaction that will write takes its turn at once and never dies half-way.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Opening anew for each request would cost more than most requests do.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
                " PRAGMA temp_store=MEMORY; PRAGMA mmap_size=67108864;"
            ),
        },
    }
