"""The API's description, as programs fetch it and as the page for people draws it."""

from django.utils.translation import override
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response


class SchemaView(SpectacularAPIView):
    """In English for everybody: it is what programs are written after, and the page says so."""

    def _get_schema_response(self, request: Request) -> Response:
        with override("en"):
            described: Response = super()._get_schema_response(request)  # type: ignore[no-untyped-call]  # drf-spectacular's own
            return described
