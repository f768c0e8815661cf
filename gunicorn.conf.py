"""What gunicorn reads of its own accord: its lines are JSON like everybody's."""

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
        "waitress": {"level": "WARNING"},
        "waitress.queue": {"level": "ERROR"},  # that all threads are busy is in the metrics
    },
}
