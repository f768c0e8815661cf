from django.urls import path

from appointments.views import counter, hours

app_name = "counter_appointments"
urlpatterns = [
    path("", counter.day, name="list"),
    path("find/", counter.find, name="find"),
    path("figures/", counter.figures, name="figures"),
    path("hours/", hours.week, name="hours"),
    path("hours/<int:pk>/remove/", hours.remove, name="remove_hours"),
    path("days/close/", hours.close, name="close_day"),
    path("days/<int:pk>/open/", hours.open_again, name="open_day"),
    path("<uuid:pk>/", counter.appointment, name="appointment"),
    path("<uuid:pk>/mark/", counter.mark, name="mark"),
    path("<uuid:pk>/begin/", counter.begin, name="begin"),
]
