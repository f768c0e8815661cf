"""The lever of the relying parties: who may ask for sign-ins, for what, and where they lead."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.services import Actor
from core.typing import Json, StrOrPromise
from offices.levers import Effect, Lever, LeverRefused, ShownOnce, labels_of
from offices.models import Officer
from relying_parties.models import Grant, RelyingParty
from relying_parties.services import save_relying_party

FIELDS = (
    "name_th", "name_en", "contact", "redirect_uris", "claims", "required_claims", "auth_method",
    "jwks", "enabled",
)  # fmt: skip
NEW_SECRET = "new_secret"  # noqa: S105 - the name of a field


class RelyingPartyLever(Lever):
    code = "relying_party"
    name = gettext_lazy("Service")
    model = RelyingParty
    not_logged = frozenset({"contact"})
    once = frozenset({NEW_SECRET})
    out_of_use: ClassVar[Json] = {"enabled": False}

    def title(self, subject: str, new: Json) -> str:
        names = {name: str(new.get(name, subject)) for name in ("name_th", "name_en")}
        return str(_known(subject) or RelyingParty(**names))

    def present(self, subject: str) -> Json:
        known = _known(subject)
        values = {name: getattr(known, name) for name in FIELDS} if known else {}
        return values | {NEW_SECRET: False}

    def labels(self) -> dict[str, StrOrPromise]:
        return {
            "id": _("ID of the service"),
            **labels_of(RelyingParty, FIELDS),
            NEW_SECRET: _("New secret; the old one stops at once"),
        }

    def effect(self, subject: str, new: Json) -> Effect:
        """Those who agreed to the service are the ones it concerns."""
        agreed = Grant.objects.filter(relying_party=_known(subject), ended_at=None).count()
        words = ngettext(
            "%(count)s person has agreed to this service.",
            "%(count)s people have agreed to this service.",
            agreed,
        )
        sentences = [words % {"count": f"{agreed:,}"}]
        if new.get("enabled") is False:
            sentences.append(_("None of them can sign in there until it is switched on again."))
        return Effect(agreed, sentences)

    def subject_of(self, new: Json) -> str:
        return str(new.get("id", ""))

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> ShownOnce | None:
        # What was asked for before the release that names the key has none.
        key = {"pk": uuid.UUID(new["id"])} if "id" in new else {}
        service = _known(subject) or RelyingParty(**key)
        for name in new.keys() & set(FIELDS):
            setattr(service, name, new[name])
        try:
            service.full_clean()
        except ValidationError as error:
            raise LeverRefused(" ".join(error.messages)) from error
        secret = save_relying_party(
            service,
            actor=Actor.officer(by),
            fields=sorted(new),
            new_key=bool(new.get(NEW_SECRET)),
        )
        about = _("Secret of the service: %(name)s") % {"name": service}
        return ShownOnce(about, secret=secret, identifier=str(service.pk)) if secret else None


def _known(subject: str) -> RelyingParty | None:
    return RelyingParty.objects.filter(pk=uuid.UUID(subject)).first() if subject else None
