"""The API's description, as programs fetch it and as the page for people draws it."""

from django.utils.translation import override
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response


class SchemaView(SpectacularAPIView):
    """In English for everybody: it is what programs are written after, and the page says so."""

    throttle_scope = "statistics"

    @extend_schema(exclude=True)
    def get(self, request: Request, *_args: object, **_kwargs: object) -> Response:
        """Whatever language is asked for: Django keeps a catalogue of each, of any name."""
        return self._get_schema_response(request)

    def _get_schema_response(self, request: Request) -> Response:
        with override("en"):
            described: Response = super()._get_schema_response(request)  # type: ignore[no-untyped-call]  # drf-spectacular's own
            return described
