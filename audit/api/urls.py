from django.urls import path

from audit.api import views

urlpatterns = [
    path("audit/head/", views.HeadView.as_view(), name="head"),
    path("audit/consistency/", views.ConsistencyView.as_view(), name="consistency"),
    path("audit/entries/<int:pk>/proof/", views.InclusionView.as_view(), name="inclusion"),
]
