from collections.abc import Iterable

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http.multipartparser import MultiPartParserError
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework.exceptions import APIException, ErrorDetail
from rest_framework.exceptions import ValidationError as InvalidInput

from core.error_pages import SENTENCE_MALFORMED, SENTENCE_TOO_MUCH, TOO_MUCH
from core.malformed import CANNOT_BE_HELD
from core.typing import StrOrPromise
from registration.errors import Refused
from verification.images import BadImage

Details = list[ErrorDetail]
UNREADABLE = (SuspiciousOperation, MultiPartParserError, *CANNOT_BE_HELD)


def _coded(errors: Iterable[ValidationError]) -> Details:
    return [ErrorDetail(one.messages[0], code=one.code or "invalid") for one in errors]


class PortalExceptionHandler(ExceptionHandler):
    """Turns what services raise into problem details."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, Refused):
            return self._as_api_exception(exc.status, exc.code, exc.message)
        if isinstance(exc, BadImage):
            return self._as_api_exception(422, exc.code, exc.message)
        if isinstance(exc, TOO_MUCH):
            return self._as_api_exception(413, "too_much", SENTENCE_TOO_MUCH)
        if isinstance(exc, UNREADABLE):
            return self._as_api_exception(400, "malformed", SENTENCE_MALFORMED)
        if isinstance(exc, ValidationError):
            return InvalidInput(detail=self._details(exc))
        return super().convert_known_exceptions(exc)

    @staticmethod
    def _as_api_exception(status: int, code: str, message: StrOrPromise) -> APIException:
        problem = APIException(detail=str(message), code=code)
        problem.status_code = status
        problem.default_detail = str(message)
        return problem

    @staticmethod
    def _details(error: ValidationError) -> dict[str, Details] | Details:
        """Keep each error's own code; DRF's conversion would lose it."""
        if not hasattr(error, "error_dict"):
            return _coded(error.error_list)
        return {field: _coded(errors) for field, errors in error.error_dict.items()}
