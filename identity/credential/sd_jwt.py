"""The SD-JWT VC of a digital ID, bound to one device (RFC 9901; draft-ietf-oauth-sd-jwt-vc).

Every fact about the person is a disclosure of its own: the holder shows the ones asked for. What
stays in the open is what a checker always needs: issuer, device key, end, and place in the status
list.
"""

import base64
import datetime
import hashlib
import json
import secrets

from django.utils import timezone
from joserfc import jws

from core.storage import read_sealed
from core.typing import Json
from identity.ages import age_on
from identity.credential.keys import current_key
from identity.credential.status_list import IDS_A_LIST
from identity.models import Device, DigitalID
from identity.numbers import mask_number
from identity.person import Person

TYPE = "dc+sd-jwt"
CREDENTIAL_TYPE = "urn:dopa:digital-id:1"
LONGEST_LIFE = datetime.timedelta(days=30)
AGES = (18, 20, 60)
SALT_BYTES = 16


def issue_credential(
    device: Device, *, issuer: str, list_address: str, index: int | None = None
) -> str:
    """The whole credential with every disclosure: `<jws>~<disclosure>~...~`.

    `issuer` is the portal's address without a path, `list_address` the one of the status list that
    `list_number` names; `index` is a place in another list. It ends with the digital
    ID, at the latest 30 days from now.
    """
    digital_id, now = device.digital_id, timezone.now()
    key_id, key = current_key()
    person, ages = claims_of(digital_id, on=timezone.localdate(now))
    shown = [_disclosure(name, value) for name, value in person.items()]
    shown_ages = [_disclosure(name, value) for name, value in ages.items()]
    claims = {
        "iss": issuer,
        "iat": int(now.timestamp()),
        "exp": int(end_of(digital_id, now).timestamp()),
        "vct": CREDENTIAL_TYPE,
        "cnf": {"jwk": device.public_key},
        "status": {
            "status_list": {
                "idx": digital_id.status_index % IDS_A_LIST if index is None else index,
                "uri": list_address,
            }
        },
        "_sd_alg": "sha-256",
        "_sd": sorted(map(_digest, shown)),
        "age_equal_or_over": {"_sd": sorted(map(_digest, shown_ages))},
    }
    header = {"alg": "ES256", "typ": TYPE, "kid": key_id}
    signed = jws.serialize_compact(header, json.dumps(claims).encode(), key, algorithms=["ES256"])
    return "~".join((signed, *shown, *shown_ages, ""))


def claims_of(digital_id: DigitalID, *, on: datetime.date) -> tuple[Json, Json]:
    """What the credential says of the person: facts by name, and ages reached by number of years.

    The number is masked; the portrait is a SHA-256, which proves a picture but shows nobody; IDs
    of the pilot have none.
    """
    holder = digital_id.holder
    portrait = digital_id.portrait and hashlib.sha256(read_sealed(digital_id.portrait)).digest()
    facts = {
        "name": holder.full_names["th"],
        "name_en": holder.full_names["en"],
        "given_name": holder.first_name_th,
        "family_name": holder.last_name_th,
        "masked_number": mask_number(holder.number),
        "birthdate": holder.birth_date,
        "portrait_sha256": portrait and _text(portrait),
        "issuing_office": digital_id.office_code,
        "assurance": digital_id.assurance,
        "date_of_expiry": digital_id.expires_on and digital_id.expires_on.isoformat(),
    }
    return facts, {str(years): reached for years, reached in ages_reached(holder, on=on).items()}


def ages_reached(holder: Person, *, on: datetime.date) -> dict[int, bool]:
    """Of each of AGES, whether the person has reached it in law (identity.ages)."""
    age = age_on(on, birth_date=holder.birth_date)
    return {years: age >= years for years in AGES}


def end_of(digital_id: DigitalID, now: datetime.datetime | None = None) -> datetime.datetime:
    """When a credential made `now` runs out."""
    latest = (now or timezone.now()) + LONGEST_LIFE
    if digital_id.expires_on is None:
        return latest
    after = digital_id.expires_on + datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(after, datetime.time(), timezone.get_default_timezone())
    return min(latest, midnight)


def _disclosure(name: str, value: object) -> str:
    salt = _text(secrets.token_bytes(SALT_BYTES))
    return _text(json.dumps([salt, name, value], ensure_ascii=False).encode())


def _digest(disclosure: str) -> str:
    return _text(hashlib.sha256(disclosure.encode()).digest())


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
