"""Who takes messages to people out of the house."""

import os

from dopa_portal.settings.environment import names, number

# By channel; none set, none sent.
SENDERS = {"email": os.environ.get("EMAIL_SENDER", ""), "sms": os.environ.get("SMS_SENDER", "")}
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "no-reply@localhost")

# Whose mailboxes are sent links to accounts, as those of a list are; none named, no lists.
STAFF_EMAIL_DOMAINS = frozenset(map(str.lower, names("STAFF_EMAIL_DOMAINS")))
