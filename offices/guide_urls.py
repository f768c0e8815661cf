from django.urls import path

from offices import guide_views

app_name = "help"
urlpatterns = [
    path("", guide_views.index, name="index"),
    path("<str:name>/", guide_views.guide_page, name="guide"),
]
