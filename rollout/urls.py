from django.urls import path

from rollout import views
from rollout.line.views import line

app_name = "rollout"
urlpatterns = [
    path("later/", views.later, name="later"),
    path("line/", line, name="line"),
]
