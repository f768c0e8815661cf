"""Errors of the API as problem details (RFC 9457)."""

from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.types import ErrorResponse

from core.typing import Json

PROBLEM_TYPE = "application/problem+json"


class ProblemFormatter(ExceptionFormatter):
    """`type`, `title`, `status`, `detail`, and in `errors` an entry for each thing wrong."""

    def format_error_response(self, error_response: ErrorResponse) -> Json:
        errors = [
            {"code": error.code, "detail": str(error.detail), "field": error.attr}
            for error in error_response.errors
        ]
        return {
            "type": f"urn:dopa:problem:{errors[0]['code']}",
            "title": str(self.exc.default_detail),
            "status": self.exc.status_code,
            "detail": errors[0]["detail"],
            "errors": errors,
        }
