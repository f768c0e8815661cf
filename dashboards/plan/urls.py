from django.urls import path

from dashboards.plan import views

app_name = "plan"
urlpatterns = [
    path("plan/", views.plan, name="page"),
    path("plan/ask/", views.ask, name="ask"),
]
