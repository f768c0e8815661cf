"""What a service demands of a sign-in: who it is, how lately, how surely (OpenID Connect Core 1.0,
3.1.2.1, 3.1.2.2 and 5.5.1). A demand is met or refused; none is passed over.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oidc.core.errors import AccountSelectionRequiredError, LoginRequiredError

from core.typing import Json
from relying_parties.hints import subject_named_by
from relying_parties.models import RelyingParty

PROMPTS = ("none", "login", "consent")
SELECT_ACCOUNT = "select_account"
SECONDS = re.compile(r"[0-9]{1,9}")
LONGEST_CLAIMS = 4_000
MEMBERS = ("userinfo", "id_token")


class UnmetRequirements(OAuth2Error):
    """OpenID Connect Core Error Code unmet_authentication_requirements 1.0."""

    error = "unmet_authentication_requirements"


@dataclass(frozen=True)
class Demands:
    """`subjects` and `levels` hold the accepted values of each demand: all have to be met."""

    prompts: frozenset[str]
    max_age: int | None
    subjects: tuple[list[Any], ...]
    levels: tuple[list[Any], ...]
    claims: frozenset[str]

    @property
    def silent(self) -> bool:
        return "none" in self.prompts

    def unmet_by(self, *, subject: str, assurance: str) -> type[OAuth2Error] | None:
        """The error for a person who is not meant, or not known as surely as demanded."""
        if any(subject not in accepted for accepted in self.subjects):
            refused: type[OAuth2Error] = LoginRequiredError
            return refused
        if any(assurance not in accepted for accepted in self.levels):
            return UnmetRequirements
        return None


def demands_of(asked: Mapping[str, str], client: RelyingParty, *, redirect_uri: str) -> Demands:
    """Read the request's parameters; raises the OAuth2Error that the service is told.

    A parameter without a value counts as left out (RFC 6749, 3.1). `login_hint` is not read: the
    same page comes whomever it names.
    """
    try:
        wanted = _wanted_claims(asked.get("claims", ""))
        hint = asked.get("id_token_hint")
        return Demands(
            prompts=_prompts(asked.get("prompt", "")),
            max_age=_seconds(asked.get("max_age", "")),
            subjects=(*_accepted(wanted, "sub"), *([_hinted(hint, client)] if hint else [])),
            levels=tuple(_accepted(wanted, "acr", essential=True)),
            claims=frozenset(wanted["userinfo"]),
        )
    except OAuth2Error as error:
        error.redirect_uri = redirect_uri
        raise


def _prompts(text: str) -> frozenset[str]:
    named = frozenset(text.split())
    if not named <= {*PROMPTS, SELECT_ACCOUNT} or ("none" in named and len(named) > 1):
        raise InvalidRequestError("prompt holds what cannot be in it.")
    if SELECT_ACCOUNT in named:  # a browser holds one digital ID: there is nothing to select
        raise AccountSelectionRequiredError
    return named


def _seconds(text: str) -> int | None:
    if text and not SECONDS.fullmatch(text):
        raise InvalidRequestError("max_age is no number of seconds.")
    return int(text) if text else None


def _hinted(hint: str, client: RelyingParty) -> list[str]:
    subject = subject_named_by(hint, client)
    if subject is None:
        raise LoginRequiredError
    return [subject]


def _wanted_claims(text: str) -> dict[str, dict[str, Json]]:
    """The `claims` parameter (5.5) by member and name; what is in no form of it is refused."""
    try:
        said = _parsed(text) if text else {}
        wanted = {member: said.get(member, {}) for member in MEMBERS}
        return {
            member: {name: {} if one is None else _checked(one) for name, one in named.items()}
            for member, named in wanted.items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidRequestError("claims is not as OpenID Connect Core 5.5 has it.") from error


def _parsed(text: str) -> Json:
    if len(text) > LONGEST_CLAIMS:
        raise ValueError("longer than any service needs")
    said: Json = json.loads(text, object_pairs_hook=_each_once)
    return said


def _each_once(pairs: list[tuple[str, object]]) -> Json:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands there twice")
    return dict(pairs)


def _checked(one: Json) -> Json:
    well_formed = isinstance(one.get("essential", False), bool)
    if not well_formed or not isinstance(one.get("values", []), list):
        raise TypeError("essential is true or false, values a list")
    return one


def _accepted(
    wanted: dict[str, dict[str, Json]], name: str, *, essential: bool = False
) -> list[list[Any]]:
    """What each request for a claim accepts; `essential`: only where it says so."""
    found: list[list[Any]] = []
    for named in wanted.values():
        one = named.get(name, {})
        if one.get("essential", False) or not essential:
            found += [[one["value"]]] if "value" in one else []
            found += [one["values"]] if "values" in one else []
    return found
