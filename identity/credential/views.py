"""What other software fetches: the issuer's keys, the status lists, and the holder's credential."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.address import portal_address
from identity import sessions
from identity.credential import status_list
from identity.credential.keys import public_keys
from identity.credential.sd_jwt import TYPE, issue_credential
from identity.models import DigitalID, DigitalIDStatus
from identity.unlocking import holder_only

LONGEST_NUMBER = 10_000


@require_safe
@login_not_required
@cache_control(public=True, max_age=300)
def issuer_metadata(request: HttpRequest) -> JsonResponse:
    """Where a checker finds the keys (draft-ietf-oauth-sd-jwt-vc, section 5)."""
    address = portal_address() + reverse("identity:issuer_keys")
    return JsonResponse({"issuer": portal_address(), "jwks_uri": address})


@require_safe
@login_not_required
@cache_control(public=True, max_age=300)
def issuer_keys(request: HttpRequest) -> JsonResponse:
    return JsonResponse(public_keys(), content_type="application/jwk-set+json")


@require_safe
@login_not_required
@cache_control(public=True, max_age=status_list.KEPT_SECONDS)
def statuses(request: HttpRequest, number: int) -> HttpResponse:
    if number > LONGEST_NUMBER:
        raise Http404
    token = status_list.status_list_token(number, address=list_address(number))
    return HttpResponse(token, content_type=f"application/{status_list.TYPE}")


@require_safe
@login_not_required
@cache_control(public=True, max_age=status_list.KEPT_SECONDS)
def all_statuses(request: HttpRequest) -> JsonResponse:
    """Every list there is (draft-ietf-oauth-status-list, status list aggregation)."""
    numbers = range(status_list.how_many_lists())
    return JsonResponse({"status_lists": [list_address(number) for number in numbers]})


@require_safe
@holder_only
def credential(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """The credential for the device this browser was bound as."""
    device = sessions.device_of(request)
    if device is None or digital_id.effective_status != DigitalIDStatus.ACTIVE:
        raise Http404
    address = list_address(status_list.list_number(digital_id))
    issued = issue_credential(device, issuer=portal_address(), list_address=address)
    return HttpResponse(issued, content_type=f"application/{TYPE}")


def list_address(number: int) -> str:
    return portal_address() + reverse("identity:statuses", args=[number])
