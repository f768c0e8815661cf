from django.urls import path

from appointments.api import views

app_name = "appointments_api"
urlpatterns = [
    path("offices/", views.OfficesView.as_view(), name="offices"),
    path("offices/<str:code>/times/", views.TimesView.as_view(), name="times"),
    path("enrollment/appointment/", views.AppointmentView.as_view(), name="appointment"),
]
