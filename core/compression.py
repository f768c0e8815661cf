"""HTML goes compressed where nobody else can make a browser ask for it.

docs/decisions/0021-what-a-page-costs.md has the reasoning about BREACH.
"""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

OF_ITS_OWN_ACCORD = {"same-origin", "none"}  # the portal's own page asked, or the person did


def may_compress(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the length of this answer can be shown: it is a page, and it either holds nothing of
    a session or was not asked for by another site (a browser that does not say counts as one).
    """
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return False
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return True
    return request.headers.get("Sec-Fetch-Site") in OF_ITS_OWN_ACCORD


class HtmlCompressionMiddleware(GZipMiddleware):
    """Django's, with its bytes of random length, for the pages that `may_compress` allows."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if may_compress(request, response):
            return super().process_response(request, response)
        return response
