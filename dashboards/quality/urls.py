from django.urls import path

from dashboards.quality import views

app_name = "quality"
urlpatterns = [path("", views.show, name="page")]
