"""Who may ask for a sign-in, what each citizen has agreed to, and the codes and tokens of it."""

import uuid
from urllib.parse import urlsplit

from authlib.oauth2.rfc6749 import ClientMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from core.encryption import lookup_key
from core.hostile import read_or
from identity.models import DigitalID, DigitalIDStatus
from relying_parties.claims import SCOPES, Claim
from relying_parties.secrets import is_secret_of

NO_ADDRESS = _("An address that starts with https:// and has no #.")
LOOPBACK = ("localhost", "127.0.0.1")


class AuthMethod(models.TextChoices):
    SECRET = "client_secret", _("Secret (client_secret_basic or client_secret_post)")
    PRIVATE_KEY = "private_key_jwt", _("Own key (private_key_jwt)")


def check_redirect_address(address: str) -> None:
    """https, or http on the own machine while a service is being built; no fragment."""
    with read_or(ValidationError(NO_ADDRESS)):
        parts = urlsplit(address)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not (secure and parts.hostname and address.isascii()) or "#" in address:
        raise ValidationError(NO_ADDRESS)


class RelyingParty(ClientMixin, models.Model):
    """An authority or company that lets people sign in with D.DOPA. `pk` is its client_id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name_th = models.CharField(_("name in Thai"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    contact = models.EmailField(_("contact"))
    redirect_uris = ArrayField(
        models.CharField(max_length=400, validators=[check_redirect_address]),
        verbose_name=_("return addresses"),
        help_text=_("Separated by commas. A request has to name one of them letter by letter."),
    )
    claims = ArrayField(
        models.CharField(max_length=40, choices=Claim), verbose_name=_("may ask for")
    )
    required_claims = ArrayField(
        models.CharField(max_length=40, choices=Claim),
        verbose_name=_("cannot do without"),
        default=list,
        blank=True,
    )
    # Subjects are told apart by sector (OpenID Connect Core, 8.1): it never changes.
    sector = models.CharField(_("sector"), max_length=200, editable=False)
    auth_method = models.CharField(
        _("proves itself by"), max_length=20, choices=AuthMethod, default=AuthMethod.SECRET
    )
    secret_hash = models.CharField(max_length=64, editable=False)
    jwks = models.JSONField(_("public keys (JWK set)"), null=True, blank=True)
    enabled = models.BooleanField(_("enabled"), default=True)
    created_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("relying party")
        verbose_name_plural = _("relying parties")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th

    def subject_of(self, number_key: uuid.UUID) -> str:
        """The pairwise subject: the same person at another sector is another subject."""
        return lookup_key(f"{self.sector} {number_key}", kind="pairwise-subject").hex

    def get_client_id(self) -> str:
        return str(self.pk)

    def get_default_redirect_uri(self) -> None:
        """None: OpenID Connect wants the address in each request."""

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """The known part of what is asked for; None where `openid` is not in it."""
        asked = (scope or "").split()
        known = [one for one in asked if one == "openid" or one in SCOPES]
        return " ".join(dict.fromkeys(known)) if "openid" in asked else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return is_secret_of(client_secret, self.secret_hash)

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        if self.auth_method == AuthMethod.SECRET:
            return method in {"client_secret_basic", "client_secret_post"}
        return method == self.auth_method

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class Grant(models.Model):
    """What the holder of a digital ID agreed to tell one relying party, until ended."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    relying_party = models.ForeignKey(RelyingParty, models.PROTECT, related_name="grants")
    number_key = models.UUIDField()
    digital_id_key = models.UUIDField(db_index=True)
    claims = ArrayField(models.CharField(max_length=40))
    given_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("consent to a service")
        constraints = [
            models.UniqueConstraint(
                fields=["relying_party", "digital_id_key"],
                condition=models.Q(ended_at=None),
                name="one_live_grant_a_service",
            )
        ]

    def __str__(self) -> str:
        return f"grant {self.pk}"

    @property
    def subject(self) -> str:
        return self.relying_party.subject_of(self.number_key)

    def digital_id(self) -> DigitalID | None:
        """The digital ID while it is in force and everybody still agrees; else None."""
        if self.ended_at or not self.relying_party.enabled:
            return None
        found = DigitalID.objects.filter(number_key=self.number_key, pk=self.digital_id_key).first()
        in_force = found is not None and found.effective_status == DigitalIDStatus.ACTIVE
        return found if in_force else None


class AuthorizationCode(models.Model):
    """A code for one sign-in, kept as its hash. authlib reads it by the methods below."""

    code_hash = models.CharField(max_length=64, unique=True)
    grant = models.ForeignKey(Grant, models.CASCADE)
    redirect_uri = models.CharField(max_length=400)
    scope = models.CharField(max_length=200)
    claims = ArrayField(models.CharField(max_length=40))
    nonce = models.CharField(max_length=500, blank=True)
    code_challenge = models.CharField(max_length=128)
    assurance = models.CharField(max_length=10)
    signed_in_at = models.BigIntegerField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    code_challenge_method = "S256"

    def __str__(self) -> str:
        return f"code {self.pk}"

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.signed_in_at

    def get_acr(self) -> str:
        return self.assurance

    def get_amr(self) -> list[str]:
        return ["pwd"]


class AccessToken(models.Model):
    """Reads the agreed claims at the userinfo address for a few minutes; kept as its hash."""

    token_hash = models.CharField(max_length=64, unique=True)
    code = models.ForeignKey(AuthorizationCode, models.CASCADE, related_name="tokens")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"token {self.pk}"

    def get_scope(self) -> str:
        return self.code.scope

    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    def is_revoked(self) -> bool:
        return self.revoked_at is not None or self.code.grant.digital_id() is None
