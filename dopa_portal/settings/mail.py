"""Who takes messages to people out of the house."""

import os

from dopa_portal.settings.environment import number

# By channel; none set, none sent.
SENDERS = {"email": os.environ.get("EMAIL_SENDER", ""), "sms": os.environ.get("SMS_SENDER", "")}
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "no-reply@localhost")
