"""Production settings. Everything secret or local comes from the environment; nothing has a soft
default.
"""

import os
from pathlib import Path

import dj_database_url
from botocore.config import Config

from core import hint_cache
from dopa_portal.settings import policy
from dopa_portal.settings.accounts import *  # noqa: F403 - how staff sign in
from dopa_portal.settings.api import *  # noqa: F403 - how the API is documented
from dopa_portal.settings.appeals import *  # noqa: F403 - how long a rejection can be appealed
from dopa_portal.settings.appointments import *  # noqa: F403 - how far ahead, how many at once
from dopa_portal.settings.apps import APP_ATTEST_APPS, PLAY_APPS  # noqa: F401 - settings
from dopa_portal.settings.audit import *  # noqa: F403 - how far searches in the log go
from dopa_portal.settings.browsers import *  # noqa: F403 - what browsers and programs may do
from dopa_portal.settings.celery import *  # noqa: F403 - the queue's settings, kept apart for their reasons
from dopa_portal.settings.contact import *  # noqa: F403 - who is told about a weakness
from dopa_portal.settings.database import OF_CONNECTIONS
from dopa_portal.settings.environment import names, number
from dopa_portal.settings.figures import *  # noqa: F403 - how old figures may be
from dopa_portal.settings.help import *  # noqa: F403 - which guide speaks of which page
from dopa_portal.settings.imports import *  # noqa: F403 - where registers come from
from dopa_portal.settings.mail import *  # noqa: F403 - who takes messages out of the house
from dopa_portal.settings.policy import *  # noqa: F403 - thresholds and periods an operator may tune

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("DOPA_VAR_DIR", BASE_DIR / "var"))
MODELS_DIR = Path(os.environ.get("DOPA_MODELS_DIR", BASE_DIR / "models"))

DEBUG = False
POLICY_SETTINGS = tuple(filter(str.isupper, dir(policy)))  # a change of them is in the log
IS_SAMPLE = False  # whether every page says that nobody on it exists
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "")
SECRET_KEY_FALLBACKS = names("DJANGO_SECRET_KEY_FALLBACKS")  # former ones, commas between them
ALLOWED_HOSTS = names("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = names("TRUSTED_ORIGINS")
KEYRING = os.environ.get("DOPA_KEYRING", "")

INSTALLED_APPS = [
    "core.apps.PortalAdminConfig",
    "offices.console",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_otp",
    "django_htmx",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "core.apps.CoreConfig",
    "core.guard.apps.GuardConfig",
    "core.outbox",
    "core.sending.apps.SendingConfig",
    "core.upkeep",
    "audit",
    "offices",
    "verification",
    "identity",
    "population",
    "relying_parties",
    "registration",
    "pilot",
    "appointments",
    "rollout",
    "dashboards",
]

MIDDLEWARE = [
    # First, so that what others answer themselves, redirections and files, bears their headers.
    "core.headers.ResourcePolicyMiddleware",
    "core.headers.NothingInTheClearMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.compression.HtmlCompressionMiddleware",
    "audit.middleware.RequestContextMiddleware",
    "core.metrics.MetricsMiddleware",
    "core.shedding.SheddingMiddleware",
    "core.come_again.ComeAgainMiddleware",
    "core.malformed.MalformedMiddleware",
    "core.sent_forms.SentFormMiddleware",
    "core.sessions.CrossingSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.plain_json.PlainJsonMiddleware",
    "core.presses.NotAllowedPageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.headers.KeptByNobodyMiddleware",
    "offices.idle.IdleSignOutMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "offices.middleware.StaffGateMiddleware",
    "registration.kiosk_mode.KioskModeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "dopa_portal.urls"
WSGI_APPLICATION = "dopa_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "core.templatetags.thai",
                "core.templatetags.components",
            ],
        },
    },
]

DATABASES = {"default": dj_database_url.config(conn_max_age=60, conn_health_checks=True)}
DATABASES["default"]["OPTIONS"] = OF_CONNECTIONS | DATABASES["default"].get("OPTIONS", {})
REDIS_URL = CELERY_BROKER_URL = os.environ.get("REDIS_URL", "")
CACHES = {"default": hint_cache.SETTINGS | {"LOCATION": REDIS_URL}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Whoever waits for a page is told that the store does not answer; a job comes back to it.
STORE_CONFIG = Config(connect_timeout=2, read_timeout=10, retries={"max_attempts": 1})
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.static_files.StaticFilesStorage"},
    # What citizens hand in. Only ciphertext is ever written here (core.storage).
    "evidence": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": os.environ.get("EVIDENCE_BUCKET", ""),
            "endpoint_url": os.environ.get("EVIDENCE_ENDPOINT") or None,
            "default_acl": None,
            "file_overwrite": False,
            "client_config": STORE_CONFIG,
        },
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# The face guide until its first hint: 700 kB by 9 in a second, 625 kB by 11 in half a minute of a
# release's build.
BROTLI_QUALITY = 11
STATICFILES_DIRS = [BASE_DIR / "static"]

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

CITIZEN_SESSION_KEYS = ("enrollment", "digital_id")  # where registration and identity keep theirs
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # Redis may be wiped at any moment
SESSION_COOKIE_AGE = 30 * 24 * 3600
# Only this host's own pages over TLS can set these: no neighbour's, no plain http.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME, TICKET_COOKIE_NAME = "__Host-language", "__Host-ticket"
THEME_COOKIE_NAME = "__Host-theme"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # in no cookie
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 * 2**20  # text fields; files are bounded by verification.images
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["core.uploads.BoundedUploadHandler"]
# How many proxies stand in front; 0 means that no forwarded address is believed.
TRUSTED_PROXIES = number("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "registration.api.authentication.EnrollmentTokenAuthentication"
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "core.api_schema.GroupedSchema",
    "DEFAULT_THROTTLE_CLASSES": ["core.rate_limit.ScopedThrottle"],
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "NUM_PROXIES": TRUSTED_PROXIES,
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_FORMATTER_CLASS": "core.problems.ProblemFormatter",
    "EXCEPTION_HANDLER_CLASS": "registration.api.errors.PortalExceptionHandler",
}
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the e-mail is unique; allauth owns the login
# Entries of the log name a model as it was called then; it is found under its name of now.
MODELS_MOVED = {
    "identity.populationrecord": "population.populationrecord",
    "rollout.importrun": "population.importrun",
    "rollout.pilotimport": "pilot.pilotimport",
    "rollout.pilotmember": "pilot.pilotmember",
}
# Where signed tree heads of the audit log go: file:/path or https://address, comma-separated.
AUDIT_WITNESSES = names("AUDIT_WITNESSES")
MESSAGES_DIR = VAR_DIR / "messages"
# Where people reach the portal: for links in mails.
PORTAL_ADDRESS = os.environ.get("PORTAL_ADDRESS") or f"https://{next(iter(ALLOWED_HOSTS), '')}"
# Who may read /metrics/: a bearer token, or addresses and networks; neither set, nobody.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
METRICS_ADDRESSES = names("METRICS_ADDRESSES")
LOGGING_CONFIG = "core.logs.configure"
LOGGING = {"version": 1}  # Django calls LOGGING_CONFIG only with something in its hands
