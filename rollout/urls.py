from django.urls import path

from rollout import views

app_name = "rollout"
urlpatterns = [path("later/", views.later, name="later")]
