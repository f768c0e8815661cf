"""The addresses of the sample system: those of the portal, and `/try/`."""

from django.urls import include, path

from dopa_portal import urls

urlpatterns = [*urls.urlpatterns, path("try/", include("devstack.trying.urls"))]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
