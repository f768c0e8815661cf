from django.urls import path

from identity import question_views as views

app_name = "questions"
urlpatterns = [
    path("", views.questions, name="list"),
    path("<uuid:pk>/", views.question, name="question"),
]
