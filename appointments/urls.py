from django.urls import path

from appointments.views import finder, mine

app_name = "appointments"
urlpatterns = [
    path("offices/", finder.offices, name="offices"),
    path("offices/<str:code>/", finder.office, name="office"),
    path("appointment/", mine.mine, name="mine"),
    path("appointment/cancel/", mine.cancel, name="cancel"),
    path("appointment/file/", mine.file, name="file"),
]
