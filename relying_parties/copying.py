"""What services and wallets were given, in the copy that the holder can ask for."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from identity.data_copy import Rows, part_of_copy
from identity.models import DigitalID
from relying_parties.claims import Claim
from relying_parties.models import Grant, WalletCredential


@part_of_copy("services", _("Services I sign in to"))
def services(digital_id: DigitalID) -> Rows:
    mine = Grant.objects.filter(digital_id_key=digital_id.pk).select_related("relying_party")
    for one in mine.order_by("given_at"):
        party = one.relying_party
        yield {
            "name": party.name_en if get_language() == "en" else party.name_th,
            "claims": [Claim(claim).label for claim in one.claims],
            "since": one.given_at,
            "last_used_at": one.used_at,
            "until": one.ended_at,
        }


@part_of_copy("wallets", _("My digital ID in other wallets"))
def wallets(digital_id: DigitalID) -> Rows:
    for one in WalletCredential.objects.filter(digital_id_key=digital_id.pk).order_by("issued_at"):
        yield {"since": one.issued_at, "until": one.revoked_at or one.expires_at}
