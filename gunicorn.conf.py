"""What gunicorn reads of its own accord.

Its lines are JSON like everybody's, and its answers do not say what serves them.
"""

from gunicorn.http.wsgi import Response

_headers = Response.default_headers


def _nameless(answer):
    return [header for header in _headers(answer) if not header.startswith("Server:")]


Response.default_headers = _nameless

logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redact": {"()": "core.logs.Redact"}},
    "formatters": {"json": {"()": "core.logs.Json"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["redact"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "propagate": False, "level": "WARNING"},
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}
