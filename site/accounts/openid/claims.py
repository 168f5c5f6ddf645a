"""What is believed and kept of what a log-in provider says about somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

# Everything else is forgotten at once: ID-porten's tokens carry the national identity number (pid),
# Feide's a list of secondary identifiers.
KEPT: Final = ("sub", "email", "email_verified", "name", "given_name", "family_name")
ALGORITHMS: Final = ("RS256", "PS256", "ES256")
CLOCK_SKEW_SECONDS: Final = 30


def kept(claims: Mapping[str, Any]) -> dict[str, Any]:
    """The claims that are kept about a person; an address counts as confirmed if it says True."""
    found = {name: claims[name] for name in KEPT if claims.get(name) not in {None, ""}}
    if "email_verified" in found:
        found["email_verified"] = found["email_verified"] in {True, "true"}
    return found


def verified(
    id_token: str,
    *,
    keys: Mapping[str, Any],
    issuer: str,
    client_id: str,
    nonce: str,
    acr: Sequence[str] = (),
) -> dict[str, Any]:
    """The claims of an ID token that was made by ``issuer``, for us, for this very log-in.

    ``keys`` is the issuer's JWK set, ``acr`` are the levels of assurance that suffice, any if
    empty. Follows OpenID Connect Core 1.0, 3.1.3.7. Raises OAuth2Error with the reason.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            id_token,
            key=_key_of(id_token, keys),
            algorithms=list(ALGORITHMS),
            audience=client_id,
            issuer=issuer,
            leeway=CLOCK_SKEW_SECONDS,
            options={"require": ["exp", "iat", "aud", "iss", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise OAuth2Error(f"ID token refused: {type(error).__name__}") from error
    if not nonce or claims.get("nonce") != nonce:
        raise OAuth2Error("ID token refused: it is not of this log-in")
    if claims.get("azp", client_id) != client_id:
        raise OAuth2Error("ID token refused: it was made for another client")
    if acr and claims.get("acr") not in acr:
        raise OAuth2Error("ID token refused: the level of assurance is too low")
    return claims


def _key_of(id_token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The issuer's key that the token names. Raises PyJWTError where there is none."""
    header = jwt.get_unverified_header(id_token)
    if header.get("alg") not in ALGORITHMS:
        raise jwt.InvalidAlgorithmError("not a signature that others cannot make")
    signing = [key for key in keys.get("keys", []) if key.get("use", "sig") == "sig"]
    named = [key for key in signing if key.get("kid") == header.get("kid")]
    if len(named) != 1:
        raise jwt.InvalidKeyError("unknown key")
    return jwt.PyJWK(named[0], algorithm=header.get("alg"))
