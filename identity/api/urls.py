from django.urls import path

from identity.api import views

urlpatterns = [path("checks/", views.CheckView.as_view(), name="check")]
