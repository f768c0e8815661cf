from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

from core import health, public_pages
from core.api_pages import SchemaView
from core.language import set_language
from core.passkey_pages import let_ask
from core.security_contact import security_txt
from core.theme import set_theme
from dashboards import service_views
from dashboards.metrics import metrics
from dashboards.views import arrived

OPEN = {"permission_classes": [AllowAny], "authentication_classes": []}

urlpatterns = [
    path("", include("registration.urls")),
    path("", include("identity.urls")),
    path("", include("relying_parties.urls")),
    path("", include("pilot.urls")),
    path("", include("rollout.urls")),
    path("", include("appointments.urls")),
    path("api/v1/", include(("registration.api.urls", "api"), namespace="api")),
    path("api/v1/", include(("identity.api.urls", "identity_api"), namespace="identity_api")),
    path("api/v1/", include(("dashboards.api.urls", "statistics_api"), namespace="statistics_api")),
    path("api/v1/", include(("rollout.line.api_urls", "line_api"), namespace="line_api")),
    path("api/v1/", include(("audit.api.urls", "audit_api"), namespace="audit_api")),
    path("api/v1/", include("appointments.api.urls")),
    path("api/v1/schema/", SchemaView.as_view(**OPEN), name="api_schema"),
    path(
        "api/",
        SpectacularSwaggerSplitView.as_view(
            url_name="api_schema", template_name="public/api.html", **OPEN
        ),
        name="api_documentation",
    ),
    path("privacy/", public_pages.privacy, name="privacy"),
    path("accessibility/", public_pages.accessibility, name="accessibility"),
    path("about/", public_pages.about, name="about"),
    path("help/", public_pages.help_page, name="help"),
    path("status/", service_views.show, name="service"),
    path("staff/status/", service_views.show_to_staff, name="staff_service"),
    path("offline/", public_pages.offline, name="offline"),
    path("service-worker.js", public_pages.service_worker, name="service_worker"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("staff/", include("registration.review_urls")),
    path("staff/", include("offices.urls")),
    path("staff/help-line/", include("registration.help_line_urls")),
    path("staff/help/", include("offices.guide_urls")),
    path("staff/levers/", include("offices.lever_urls")),
    path("staff/rollout/", include("dashboards.plan.urls")),
    path("staff/readiness/", include("rollout.staff_urls")),
    path("staff/questions/", include("identity.question_urls")),
    path("staff/counter/", include("registration.counter_urls")),
    path("staff/quality/", include("dashboards.quality.urls")),
    path("staff/exercises/", include("registration.exercise_urls")),
    path("staff/appointments/", include("appointments.staff_urls")),
    path("staff/dashboard/", include("dashboards.urls")),
    path("staff/audit/", include("audit.urls")),
    path("staff/account/", include(let_ask("allauth.urls", named="mfa_"))),
    path("admin/", admin.site.urls),
    path("language/", set_language, name="set_language"),
    path("arrived/", arrived, name="arrived"),
    path("theme/", set_theme, name="set_theme"),
    path("metrics/", metrics, name="metrics"),
    path("health/live/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
]

handler400 = "core.error_pages.bad_request"
handler403 = "core.error_pages.forbidden"
handler404 = "core.error_pages.not_found"
handler500 = "core.error_pages.server_error"
