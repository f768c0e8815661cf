from django.urls import path, register_converter

from dashboards.api import views
from dashboards.filters import PAGES


class PageConverter:
    """One of the pages of figures."""

    regex = "|".join(PAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PageConverter, "page_of_figures")

urlpatterns = [
    path("status/", views.ServiceView.as_view(), name="service"),
    path("statistics/definitions/", views.DefinitionsView.as_view(), name="definitions"),
    path("statistics/<page_of_figures:page>/", views.StatisticsView.as_view(), name="page"),
]
