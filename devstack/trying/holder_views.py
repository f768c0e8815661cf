"""Open the digital ID of somebody of the sample data, and look at it with a sample camera."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from devstack.trying import choice
from devstack.trying.people import holders
from identity.devices import open_link
from identity.models import DigitalID, DigitalIDStatus
from identity.numbers import number_key


@login_not_required
@require_POST
def hold(request: HttpRequest, place: int) -> HttpResponse:
    """To the page that takes a digital ID to a further device, as by its holder's own link."""
    if place >= len(holders()):
        raise Http404
    key = number_key(holders()[place].person.number)
    digital_id = DigitalID.objects.filter(number_key=key, status=DigitalIDStatus.ACTIVE).first()
    if digital_id is None:  # the samples are being made
        return redirect("trying:index")
    return choice.choose(
        redirect("identity:join", open_link(digital_id)), choice.HOLDER_SHOWN, str(place)
    )


@login_not_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Check it in another window: that one's camera sees what this one's window shows."""
    return choice.choose(redirect("identity:check"), choice.PERSON, choice.CHECKER)
