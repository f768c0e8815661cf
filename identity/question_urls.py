from django.urls import path

from identity.views import questions as views

app_name = "questions"
urlpatterns = [
    path("", views.questions, name="list"),
    path("<uuid:pk>/", views.question, name="question"),
]
