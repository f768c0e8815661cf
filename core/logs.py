"""Structured logs with request ids, and a last net against personal data."""

import datetime
import json
import logging
import logging.config
import re
from typing import Any

NATIONAL_NUMBER = re.compile(r"\b\d[ -]?\d{4}[ -]?\d{5}[ -]?\d{2}[ -]?\d\b")
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


class Json(logging.Formatter):
    """One JSON object a line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        written = datetime.datetime.fromtimestamp(record.created, tz=datetime.UTC)
        line = {
            "time": written.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", ""),
        }
        if record.exc_info:
            line["error"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def masked(text: str) -> str:
    return E_MAIL.sub("[e-mail]", NATIONAL_NUMBER.sub("[number]", text))


class Redact(logging.Filter):
    """Nothing of ours logs personal data; a library's message might. Mask it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        record.msg, record.args = masked(message).replace("\r", "\\r").replace("\n", "\\n"), ()
        return True


class Malformed(logging.Filter):
    """What no page of ours sends is one line and no fault of ours: Django would tell it as an
    error, with a traceback, as often as somebody likes.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
        return True


def configure(config: dict[str, Any]) -> None:
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"malformed": {"()": Malformed}, "redact": {"()": Redact}},
            "formatters": {"json": {"()": Json}},
            "handlers": {
                "console": {
                    "class": "logging.StreamHandler",
                    "formatter": "json",
                    "filters": ["malformed", "redact"],
                }
            },
            "root": {"handlers": ["console"], "level": "INFO"},
            "loggers": {
                # Django's own handlers would tell everything a second time, and not as JSON.
                "django": {"handlers": [], "level": "INFO", "propagate": True},
                "django.server": {"handlers": [], "propagate": True},
                "django.request": {"level": "ERROR"},
                # A line for each task that came and went: the metrics count them.
                "celery.worker.strategy": {"level": "WARNING"},
                "celery.app.trace": {"level": "WARNING"},
                "celery.beat": {"level": "WARNING"},
            },
        }
        | config
    )
