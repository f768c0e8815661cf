from django.core.exceptions import ValidationError
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework.exceptions import APIException
from rest_framework.exceptions import ValidationError as InvalidInput

from core.typing import Json
from registration.errors import Refused
from verification.images import BadImage


class PortalExceptionHandler(ExceptionHandler):
    """Turns what services raise into problem details."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, Refused):
            return self._as_api_exception(exc.status, exc.code, exc.message)
        if isinstance(exc, BadImage):
            return self._as_api_exception(422, exc.code, exc.message)
        if isinstance(exc, ValidationError):
            return InvalidInput(detail=self._details(exc))
        return super().convert_known_exceptions(exc)

    @staticmethod
    def _as_api_exception(status: int, code: str, message: str) -> APIException:
        problem = APIException(detail=message, code=code)
        problem.status_code = status
        problem.default_detail = message
        return problem

    @staticmethod
    def _details(error: ValidationError) -> Json | list:
        """Keep each error's own code; DRF's conversion would lose it."""
        if not hasattr(error, "error_dict"):
            return [InvalidInput(one.messages, code=one.code).detail[0] for one in error.error_list]
        return {
            field: [InvalidInput(one.messages, code=one.code).detail[0] for one in errors]
            for field, errors in error.error_dict.items()
        }
