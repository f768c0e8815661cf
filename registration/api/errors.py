from collections.abc import Iterable
from http import HTTPStatus

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http.multipartparser import MultiPartParserError
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework.exceptions import APIException, ErrorDetail, Throttled
from rest_framework.exceptions import ValidationError as InvalidInput
from rest_framework.response import Response

from core.error_pages import (
    SENTENCE_MALFORMED,
    SENTENCE_TOO_MUCH,
    SENTENCE_UNAVAILABLE,
    TOO_MUCH,
)
from core.malformed import CANNOT_BE_HELD
from core.outages import RETRY_AFTER_SECONDS, is_outage
from core.problems import PROBLEM_TYPE
from core.rate_limit import TooMany, give_back
from core.typing import Json, StrOrPromise
from registration.errors import Refused
from verification.images import BadImage

Details = list[ErrorDetail]
UNREADABLE = (SuspiciousOperation, MultiPartParserError, *CANNOT_BE_HELD)
FAULTS = {
    TOO_MUCH: (413, "too_much", SENTENCE_TOO_MUCH),
    UNREADABLE: (400, "malformed", SENTENCE_MALFORMED),
}


def _coded(errors: Iterable[ValidationError]) -> Details:
    return [ErrorDetail(one.messages[0], code=one.code or "invalid") for one in errors]


class Problem(APIException):
    wait: int | None = None  # seconds, told as Retry-After


class PortalExceptionHandler(ExceptionHandler):
    """Turns what services raise into problem details."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, Refused | BadImage):
            status = getattr(exc, "status", HTTPStatus.UNPROCESSABLE_ENTITY)
            return self._as_api_exception(status, exc.code, exc.message)
        if isinstance(exc, TooMany):
            return Throttled(wait=exc.wait)  # which says Retry-After
        if is_outage(exc):
            give_back()
            return self._as_api_exception(503, "unavailable", SENTENCE_UNAVAILABLE)
        fault = next((fault for kinds, fault in FAULTS.items() if isinstance(exc, kinds)), None)
        if fault:
            return self._as_api_exception(*fault)
        if isinstance(exc, ValidationError):
            return InvalidInput(detail=self._details(exc))
        return super().convert_known_exceptions(exc)

    def get_response(self, exc: APIException, data: Json) -> Response:
        response: Response = super().get_response(exc, data)
        response.content_type = PROBLEM_TYPE
        return response

    @staticmethod
    def _as_api_exception(status: int, code: str, message: StrOrPromise) -> APIException:
        problem = Problem(detail=str(message), code=code)
        problem.status_code = status
        problem.default_detail = str(message)
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            problem.wait = RETRY_AFTER_SECONDS
        return problem

    @staticmethod
    def _details(error: ValidationError) -> dict[str, Details] | Details:
        """Keep each error's own code; DRF's conversion would lose it."""
        if not hasattr(error, "error_dict"):
            return _coded(error.error_list)
        return {field: _coded(errors) for field, errors in error.error_dict.items()}
