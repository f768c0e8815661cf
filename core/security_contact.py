"""Where to report a weakness of the portal: `/.well-known/security.txt` (RFC 9116).

Contact and Expires are the two fields that the RFC requires. The day is set by hand, not counted
on from today: it says until when somebody has promised to read what arrives.
"""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import checks
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.address import portal_address

SCHEMES = {"mailto", "https", "tel"}
AT_MOST = datetime.timedelta(days=366)  # the RFC recommends less than a year


@require_safe
@login_not_required
def security_txt(request: HttpRequest) -> HttpResponse:
    """404 where nobody is named or the promise is over: an old contact is worse than none."""
    if contact_is_set(None):
        raise Http404
    fields = [("Contact", contact) for contact in settings.SECURITY_CONTACTS]
    fields += [
        ("Expires", f"{settings.SECURITY_EXPIRES}T00:00:00Z"),
        ("Preferred-Languages", ", ".join(settings.SECURITY_LANGUAGES)),
        ("Canonical", f"{portal_address()}{reverse('security_txt')}"),
    ]
    text = "".join(f"{name}: {value}\n" for name, value in fields)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def contact_is_set(app_configs: object, **_options: object) -> list[checks.CheckMessage]:
    """Whoever finds a weakness has to find somebody to tell."""
    sentences = []
    schemes = {urlsplit(contact).scheme for contact in settings.SECURITY_CONTACTS}
    if not schemes or not schemes <= SCHEMES:
        sentences.append("SECURITY_CONTACTS has to name addresses: mailto:, https:// or tel:")
    expires, today = _day(settings.SECURITY_EXPIRES), datetime.datetime.now(datetime.UTC).date()
    if expires is None or not today < expires <= today + AT_MOST:
        sentences.append("SECURITY_EXPIRES has to be a day to come within a year, as 2027-06-30")
    return [checks.Error(sentence, id="dopa.E002") for sentence in sentences]


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=datetime.UTC).date()
    except ValueError:
        return None
