from django.urls import path

from registration.views import exercises

app_name = "exercises"
urlpatterns = [
    path("", exercises.show_all, name="list"),
    path("new/", exercises.make, name="make"),
    path("<uuid:pk>/", exercises.show, name="show"),
    path("<uuid:pk>/answer/", exercises.answer, name="answer"),
    path("<uuid:pk>/end/", exercises.end, name="end"),
    path("<uuid:pk>/pictures/<str:kind>/", exercises.picture, name="picture"),
]
