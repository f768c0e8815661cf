from django.urls import path

from registration.views.counter import finish, visit

app_name = "counter"
urlpatterns = [
    path("", visit.home, name="home"),
    path("<uuid:pk>/", visit.visit, name="visit"),
    path("<uuid:pk>/status/", visit.status, name="status"),
    path("<uuid:pk>/card/again/", visit.recapture, name="recapture"),
    path("<uuid:pk>/hand-over/", finish.enter_kiosk, name="enter_kiosk"),
    path("<uuid:pk>/back/", finish.leave_kiosk, name="leave_kiosk"),
    path("<uuid:pk>/link/", finish.link, name="link"),
]
