from django.urls import path, re_path

from dashboards import views
from dashboards.filters import PAGES
from dashboards.summary import views as summary_views

app_name = "dashboards"
urlpatterns = [
    path("", views.show_overview, name="overview"),
    path("funnel/", views.show_funnel, name="funnel"),
    path("where/", views.show_where, name="where"),
    path("work/", views.show_work, name="work"),
    path("groups/", views.show_groups, name="groups"),
    path("definitions/", views.definitions, name="definitions"),
    path("summary/", summary_views.summary, name="summary"),
    path("summary/stop/<str:token>/", summary_views.stop, name="stop_summary"),
    re_path(rf"^(?P<page>{'|'.join(PAGES)})\.(?P<kind>csv|xlsx|json)$", views.file, name="file"),
]
