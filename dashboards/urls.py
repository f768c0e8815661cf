from django.urls import path, re_path

from dashboards import views
from dashboards.filters import PAGES
from dashboards.notes import views as notes_views
from dashboards.reports import views as reports_views
from dashboards.saved import views as saved_views
from dashboards.steering import views as steering_views
from dashboards.summary import views as summary_views

app_name = "dashboards"
urlpatterns = [
    path("", views.show_overview, name="overview"),
    path("funnel/", views.show_funnel, name="funnel"),
    path("where/", views.show_where, name="where"),
    path("work/", views.show_work, name="work"),
    path("groups/", views.show_groups, name="groups"),
    path("definitions/", views.definitions, name="definitions"),
    path("views/", saved_views.views, name="views"),
    path("views/start/", saved_views.start, name="start_view"),
    path("views/<int:pk>/remove/", saved_views.remove, name="remove_view"),
    path("views/<int:pk>/report/", reports_views.report, name="report"),
    path("report/stop/<str:token>/", reports_views.stop, name="stop_report"),
    path("values/", steering_views.values, name="values"),
    path("values/<slug:key>/", steering_views.change, name="value"),
    path("notes/", notes_views.notes, name="notes"),
    path("notes/<uuid:pk>/remove/", notes_views.remove, name="remove_note"),
    path("summary/", summary_views.summary, name="summary"),
    path("summary/stop/<str:token>/", summary_views.stop, name="stop_summary"),
    re_path(rf"^(?P<page>{'|'.join(PAGES)})\.(?P<kind>csv|xlsx|json)$", views.file, name="file"),
]
