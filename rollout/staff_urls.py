from django.urls import path

from rollout import readiness_views

app_name = "readiness"
urlpatterns = [
    path("", readiness_views.page, name="page"),
    path("say/", readiness_views.say, name="say"),
]
