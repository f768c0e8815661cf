"""Structured logs with request ids, and a last net against personal data."""

import logging
import logging.config
import re

NATIONAL_NUMBER = re.compile(r"\b\d[ -]?\d{4}[ -]?\d{5}[ -]?\d{2}[ -]?\d\b")
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


class Redact(logging.Filter):
    """Nothing of ours logs personal data; a library's message might. Mask it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = E_MAIL.sub("[e-mail]", NATIONAL_NUMBER.sub("[number]", message))
        record.msg, record.args = masked.replace("\r", "\\r").replace("\n", "\\n"), ()
        return True


def configure(config: dict) -> None:
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"redact": {"()": Redact}},
            "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
            "handlers": {
                "console": {
                    "class": "logging.StreamHandler",
                    "formatter": "line",
                    "filters": ["redact"],
                }
            },
            "root": {"handlers": ["console"], "level": "INFO"},
            "loggers": {"django.request": {"level": "ERROR"}},
        }
        | config
    )
