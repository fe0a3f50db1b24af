"""Opaque names for people who must never appear by name: helped people, pupils."""

import hmac
import re
import unicodedata
from hashlib import blake2b

from django.conf import settings

TOKEN = re.compile(r"t-[0-9a-f]{20}")


def opaque(kind: str, name: str) -> str:
    """The token of ``name`` among ``kind``: always the same, and not to be undone without the key.

    A token given again is returned as it is, so that an exported ledger can come back.
    """
    name = "".join(unicodedata.normalize("NFKC", name).split())
    if TOKEN.fullmatch(name):
        return name
    key = settings.TAIHUA_TOKEN_KEY.encode()
    digest = hmac.new(key, f"{kind}\0{name}".encode(), blake2b).hexdigest()
    return f"t-{digest[:20]}"
