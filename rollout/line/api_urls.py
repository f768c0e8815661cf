from django.urls import path

from rollout.line.api import LineView

urlpatterns = [path("line/<int:number>/", LineView.as_view(), name="line")]
