"""OpenID4VCI 1.0: what wallets fetch and call, and the holder's page of them."""

import json

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.services import Actor
from core.address import portal_address
from core.presses import press
from core.rate_limit import limited
from identity.credential import status_list
from identity.credential.sd_jwt import end_of, issue_credential
from identity.forms import PasswordForm
from identity.models import DigitalID, DigitalIDStatus, NoticeKind
from identity.services import bind_device
from identity.unlocking import holder_only, refused
from relying_parties.models import WalletCredential
from relying_parties.wallets import metadata, offers, statuses
from relying_parties.wallets.proofs import ProofRefused, new_nonce, proven_key

HIGHEST_LIST = 10_000
WALLET_NAME = "Wallet"


def refusal(code: str, *, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": code}, status=status)


@require_safe
@login_not_required
@cache_control(public=True, max_age=300)
def issuer(_request: HttpRequest) -> JsonResponse:
    return JsonResponse(metadata.of_issuer())


@require_safe
@login_not_required
@cache_control(public=True, max_age=300)
def server(_request: HttpRequest) -> JsonResponse:
    return JsonResponse(metadata.of_server())


@csrf_exempt
@login_not_required
@never_cache
@require_POST
@limited("token")
def nonce(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"c_nonce": new_nonce()})


@csrf_exempt
@login_not_required
@never_cache
@require_POST
@limited("token")
def credential(request: HttpRequest) -> HttpResponse:
    """The credential, bound to the key that the wallet has proven."""
    with transaction.atomic():
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        offer = offers.offer_of(token) if kind.lower() == "bearer" else None
        digital_id = offer.digital_id() if offer else None
        if offer is None or digital_id is None:
            return refusal("invalid_token", status=401)
        try:
            key = proven_key(asked_proof(request))
        except ProofRefused as problem:
            return refusal(problem.args[0])
        device = bind_device(
            digital_id,
            public_key=key,
            name=WALLET_NAME,
            actor=Actor.citizen(digital_id.enrollment_id or digital_id.pk),
            notice=NoticeKind.WALLET_ADDED,
        )
        kept = offers.keep_credential(offer, device, expires_at=end_of(digital_id))
        issued = issue_credential(
            device,
            issuer=portal_address(),
            list_address=statuses.list_address(kept.pk // status_list.IDS_A_LIST),
            index=kept.pk % status_list.IDS_A_LIST,
        )
    return JsonResponse({"credentials": [{"credential": issued}]})


def asked_proof(request: HttpRequest) -> str:
    """The one proof of a request for our one credential; raises ProofRefused with the code."""
    try:
        asked = json.loads(request.body)
        named = asked.get("credential_configuration_id")
        proofs = asked.get("proofs", {}).get("jwt", [])
    except (ValueError, AttributeError, RecursionError) as error:
        raise ProofRefused("invalid_credential_request") from error
    if named != offers.CONFIGURATION:
        raise ProofRefused("unknown_credential_configuration")
    if not (isinstance(proofs, list) and len(proofs) == 1 and isinstance(proofs[0], str)):
        raise ProofRefused("invalid_proof")
    return proofs[0]


@require_safe
@login_not_required
@cache_control(public=True, max_age=status_list.KEPT_SECONDS)
def wallet_statuses(_request: HttpRequest, number: int) -> HttpResponse:
    if number > HIGHEST_LIST:
        raise Http404
    kind = f"application/{status_list.TYPE}"
    return HttpResponse(statuses.list_token(number), content_type=kind)


@require_http_methods(["GET", "POST"])
@limited("password", per_citizen=True)
@holder_only
def wallets(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """The wallets that hold the credential; for the password, an offer to one more."""
    form, offer = PasswordForm(request.POST or None), None
    if form.is_valid() and digital_id.effective_status == DigitalIDStatus.ACTIVE:
        problem = refused(request, digital_id, form.cleaned_data["password"])
        if problem:
            form.add_error("password", problem)
        else:
            offer = offers.make_offer(digital_id)
    context = {
        "form": form,
        "offer": offer,
        "picture": segno.make(offer.link, error="l").svg_data_uri(scale=4) if offer else "",
        "held": own_credentials(digital_id),
    }
    status = 422 if form.is_bound and offer is None else 200
    return render(request, "relying_parties/wallets.html", context, status=status)


@press(back="relying_parties:wallets")
@holder_only
def take_back(request: HttpRequest, digital_id: DigitalID, pk: int) -> HttpResponse:
    held = get_object_or_404(own_credentials(digital_id), pk=pk)
    offers.revoke_credential(held, digital_id=digital_id)
    messages.success(request, _("The credential in that wallet is revoked."))
    return redirect("relying_parties:wallets")


def own_credentials(digital_id: DigitalID) -> QuerySet[WalletCredential]:
    rows = WalletCredential.objects.filter(digital_id_key=digital_id.pk, revoked_at=None)
    return rows.order_by("-issued_at")
