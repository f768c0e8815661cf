"""What the details of entries are called. The keys are stored and never change."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.typing import StrOrPromise

KEYS: dict[str, StrOrPromise] = {
    "account": pgettext_lazy("detail", "account"),
    "about": pgettext_lazy("detail", "about whom or what"),
    "act": pgettext_lazy("detail", "act"),
    "also": pgettext_lazy("detail", "also changed"),
    "answer": pgettext_lazy("detail", "answer"),
    "asked_by": pgettext_lazy("detail", "asked for by"),
    "attempt": pgettext_lazy("detail", "attempt"),
    "auth_method": pgettext_lazy("detail", "way to prove itself"),
    "browser": pgettext_lazy("detail", "browser"),
    "by": pgettext_lazy("detail", "by"),
    "capacity": pgettext_lazy("detail", "places"),
    "change": pgettext_lazy("detail", "guarded change"),
    "channel": pgettext_lazy("detail", "channel"),
    "channels": pgettext_lazy("detail", "channels"),
    "claims": pgettext_lazy("detail", "data"),
    "closed": pgettext_lazy("detail", "closed"),
    "code": pgettext_lazy("detail", "code"),
    "contact": pgettext_lazy("detail", "contact"),
    "counted": pgettext_lazy("detail", "counted"),
    "day": pgettext_lazy("detail", "day"),
    "decision": pgettext_lazy("detail", "decision"),
    "detail": pgettext_lazy("detail", "detail"),
    "device": pgettext_lazy("detail", "device"),
    "difference": pgettext_lazy("detail", "difference"),
    "draws": pgettext_lazy("detail", "draws"),
    "enabled": pgettext_lazy("detail", "enabled"),
    "ending": pgettext_lazy("detail", "ending"),
    "ends_on": pgettext_lazy("detail", "ends on"),
    "enrollment": pgettext_lazy("detail", "registration"),
    "entries": pgettext_lazy("detail", "entries"),
    "entry": pgettext_lazy("detail", "entry"),
    "exercise": pgettext_lazy("detail", "exercise"),
    "faces": pgettext_lazy("detail", "faces"),
    "fields": pgettext_lazy("detail", "fields"),
    "found": pgettext_lazy("detail", "found"),
    "hours": pgettext_lazy("detail", "hours"),
    "hints": pgettext_lazy("detail", "hints"),
    "how": pgettext_lazy("detail", "how"),
    "id": pgettext_lazy("detail", "number"),
    "is_active": pgettext_lazy("detail", "account switched on"),
    "joins": pgettext_lazy("detail", "further office"),
    "jwks": pgettext_lazy("detail", "public keys"),
    "kind": pgettext_lazy("detail", "kind"),
    "from_office": pgettext_lazy("detail", "office of the rejection"),
    "from_cluster": pgettext_lazy("detail", "from cluster"),
    "to_cluster": pgettext_lazy("detail", "to cluster"),
    "lost": pgettext_lazy("detail", "entries lost"),
    "leaves": pgettext_lazy("detail", "entries in the tree"),
    "head_leaves": pgettext_lazy("detail", "entries under the head outside"),
    "head_root": pgettext_lazy("detail", "root of the head outside"),
    "lever": pgettext_lazy("detail", "guarded thing"),
    "link": pgettext_lazy("detail", "new link"),
    "listed": pgettext_lazy("detail", "people let in"),
    "list": pgettext_lazy("detail", "list"),
    "mode": pgettext_lazy("detail", "how the line is kept"),
    "mark": pgettext_lazy("detail", "noted"),
    "matter": pgettext_lazy("detail", "matter"),
    "month": pgettext_lazy("detail", "month"),
    "name": pgettext_lazy("detail", "name"),
    "name_en": pgettext_lazy("detail", "name in English"),
    "name_th": pgettext_lazy("detail", "name in Thai"),
    "new_secret": pgettext_lazy("detail", "new secret"),
    "offer": pgettext_lazy("detail", "offer"),
    "office": pgettext_lazy("detail", "office"),
    "officer": pgettext_lazy("detail", "officer"),
    "only": pgettext_lazy("detail", "only"),
    "opens_app": pgettext_lazy("detail", "open in the app"),
    "opens_office": pgettext_lazy("detail", "open at offices"),
    "opens_self": pgettext_lazy("detail", "open on the web"),
    "outcome": pgettext_lazy("detail", "outcome"),
    "page": pgettext_lazy("detail", "page"),
    "paused": pgettext_lazy("detail", "paused"),
    "per_minute": pgettext_lazy("detail", "people a minute"),
    "people": pgettext_lazy("detail", "people"),
    "pictures": pgettext_lazy("detail", "pictures"),
    "previous": pgettext_lazy("detail", "before"),
    "problem": pgettext_lazy("detail", "problem"),
    "proof": pgettext_lazy("detail", "proof"),
    "provinces": pgettext_lazy("detail", "provinces"),
    "purpose": pgettext_lazy("detail", "purpose"),
    "reason_code": pgettext_lazy("detail", "reason"),
    "redirect_uris": pgettext_lazy("detail", "return addresses"),
    "relying_party": pgettext_lazy("detail", "service"),
    "renewal": pgettext_lazy("detail", "renewal"),
    "required_claims": pgettext_lazy("detail", "data it cannot do without"),
    "role": pgettext_lazy("detail", "role"),
    "rows": pgettext_lazy("detail", "rows"),
    "same": pgettext_lazy("detail", "the same answer"),
    "second": pgettext_lazy("detail", "second person"),
    "service_en": pgettext_lazy("detail", "service in English"),
    "service_th": pgettext_lazy("detail", "service in Thai"),
    "sessions": pgettext_lazy("detail", "sessions"),
    "side": pgettext_lazy("detail", "side"),
    "since": pgettext_lazy("detail", "from"),
    "starts_on": pgettext_lazy("detail", "starts on"),
    "state": pgettext_lazy("detail", "state"),
    "step": pgettext_lazy("detail", "step"),
    "subject": pgettext_lazy("detail", "about"),
    "subject_office": pgettext_lazy("detail", "office of the case"),
    "summary": pgettext_lazy("detail", "summary"),
    "tries": pgettext_lazy("detail", "tries"),
    "until": pgettext_lazy("detail", "to"),
    "value": pgettext_lazy("detail", "value"),
    "verdict": pgettext_lazy("detail", "verdict"),
    "version": pgettext_lazy("detail", "version"),
    "waiting": pgettext_lazy("detail", "people who wait"),
    "week": pgettext_lazy("detail", "hours of the week"),
    "why": pgettext_lazy("detail", "why"),
    "action": pgettext_lazy("detail", "action"),
    "actor": pgettext_lazy("detail", "actor"),
    "batch": pgettext_lazy("detail", "batch"),
    "occasion": pgettext_lazy("detail", "occasion"),
    "from_card": pgettext_lazy("detail", "as the card says"),
    "from_officer": pgettext_lazy("detail", "as an officer approved"),
    "from_register": pgettext_lazy("detail", "as the register says"),
    "inserted": pgettext_lazy("detail", "people added"),
    "changed": pgettext_lazy("detail", "people changed"),
    "unchanged": pgettext_lazy("detail", "people unchanged"),
    "removed": pgettext_lazy("detail", "people removed"),
    "rejected": pgettext_lazy("detail", "rejected rows"),
    "matched": pgettext_lazy("detail", "matched with the register"),
    "differing": pgettext_lazy("detail", "for officers to decide"),
    "already_there": pgettext_lazy("detail", "already there"),
    "revoked": pgettext_lazy("detail", "digital IDs revoked"),
    "suspended": pgettext_lazy("detail", "digital IDs suspended"),
    "resumed": pgettext_lazy("detail", "digital IDs in force again"),
    "updated": pgettext_lazy("detail", "digital IDs brought up to date"),
    "a_day": pgettext_lazy("detail", "at most a day"),
    "percent": pgettext_lazy("detail", "of a hundred cases"),
    "active": pgettext_lazy("detail", "in use"),
    "email": pgettext_lazy("detail", "e-mail address"),
    "move": pgettext_lazy("detail", "decision that it is for"),
    "position": pgettext_lazy("detail", "place in the list"),
    "province_code": pgettext_lazy("detail", "code of the province"),
    "province_en": pgettext_lazy("detail", "province in English"),
    "province_th": pgettext_lazy("detail", "province in Thai"),
    "stands_for": pgettext_lazy("detail", "what it stands for"),
    "text_en": pgettext_lazy("detail", "sentence in English"),
    "text_th": pgettext_lazy("detail", "sentence in Thai"),
    "left": pgettext_lazy("detail", "left where they were"),
    "moved": pgettext_lazy("detail", "moved"),
    "way": pgettext_lazy("detail", "from where to where"),
}

# Reasons that are codes; the apps whose they are put them in. Others are somebody's sentence.
REASONS: dict[str, StrOrPromise] = {}


def reason_in_words(reason: str) -> str:
    return str(REASONS.get(reason, reason))


def plain_key(key: str) -> str:
    """`capacity` of `capacity_after`, `actor` of `by_actor`."""
    for end in ("_before", "_after"):
        if key not in KEYS and key.removesuffix(end) in KEYS:
            return key.removesuffix(end)
    return key if key in KEYS else key.removeprefix("by_")


def word_of(key: str) -> str:
    """`capacity_after` is the new value of `capacity`, `by_actor` what was asked for."""
    if key in KEYS:
        return str(KEYS[key])
    for end, words in (("_before", _("%(what)s, until then")), ("_after", _("%(what)s, then"))):
        if key.removesuffix(end) in KEYS:
            return words % {"what": KEYS[key.removesuffix(end)]}
    if key.removeprefix("by_") in KEYS:
        return _("asked for: %(what)s") % {"what": KEYS[key.removeprefix("by_")]}
    return key
