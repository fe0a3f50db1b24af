"""Whether an ID token says who somebody is: signature, issuer, audience, time. Pure."""

from collections.abc import Mapping
from typing import Any

import jwt

# Signatures that only the provider can make; a shared secret would let whoever reads it make them.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY = 60  # seconds that two clocks may differ
NEEDED = ["iss", "sub", "aud", "exp", "iat"]


class IdentityRefused(Exception):
    """The token proves nothing; the message is for the log."""


def claims_of(token: str, keys: Mapping[str, Any], *, issuer: str, audience: str) -> dict[str, Any]:
    """What a token says, once everything about it is found in order.

    :param keys: the provider's public keys, as its ``jwks_uri`` tells them
    :raises IdentityRefused: it is unsigned, signed by another, meant for another, out of date …
    """
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise IdentityRefused(f"signed by {header.get('alg')}")
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(jwt.PyJWKSet.from_dict(dict(keys)), header.get("kid")),
            algorithms=[header["alg"]],
            issuer=issuer,
            audience=audience,
            leeway=LEEWAY,
            options={"require": NEEDED},
        )
    except jwt.PyJWTError as fault:
        raise IdentityRefused(str(fault)) from fault
    if claims.get("azp", audience) != audience:
        raise IdentityRefused(f"handed to {claims['azp']}")
    return claims


def _key(keys: jwt.PyJWKSet, name: str | None) -> jwt.PyJWK:
    """The key of that name; where the token names none, the only one there is."""
    found = [key for key in keys.keys if name in {None, key.key_id}]
    if len(found) != 1:
        raise IdentityRefused(f"{len(found)} keys are called {name}")
    return found[0]
