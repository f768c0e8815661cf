"""What the API answers in."""

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import JSONRenderer

from core.thai_words import JOINER


class PlainJSONRenderer(JSONRenderer):
    """Programs get Thai without the joiners that pages need."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        said: bytes = super().render(data, accepted_media_type, renderer_context)
        return said.replace(JOINER.encode(), b"")
