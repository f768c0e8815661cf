"""What the API's documentation says of every view: its group, and how it refuses."""

from typing import Any

from django.conf import settings
from drf_spectacular.openapi import AutoSchema

from core.problems import PROBLEM_TYPE
from core.typing import Json

OF_THE_REQUEST, OF_THE_SERVICE = "4XX", "503"
SAID = {
    OF_THE_REQUEST: "Refused; `type` says why, and `detail` what to do.",
    OF_THE_SERVICE: "A part of the portal is out, or too many are here. Again after Retry-After.",
}
PROBLEM: Json = {
    "type": "object",
    "description": "RFC 9457.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "`urn:dopa:problem:` and a stable code."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for the citizen."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "detail", "field"],
                "properties": {
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "field": {"type": ["string", "null"]},
                },
            },
        },
    },
}


class GroupedSchema(AutoSchema):
    def get_tags(self) -> list[str]:
        """Raises KeyError for a view of an app that has no group in API_GROUPS."""
        return [settings.API_GROUPS[type(self.view).__module__.split(".")[0]][0]]


def add_problems(result: Json, **_of_the_generator: Any) -> Json:
    """A hook of drf-spectacular: any call may be refused, and all in one way."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    body = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refusals = {code: {"description": said, "content": body} for code, said in SAID.items()}
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"] |= refusals
    return result
