from django.urls import path

from dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.show_overview, name="overview"),
    path("series/", views.series, name="series"),
]
