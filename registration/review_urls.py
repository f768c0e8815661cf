from django.urls import path

from registration.views import review

app_name = "review"
urlpatterns = [
    path("queue/", review.queue, name="queue"),
    path("cases/next/", review.take_next, name="take_next"),
    path("cases/<uuid:pk>/", review.case, name="case"),
    path("cases/<uuid:pk>/take/", review.take, name="take"),
    path("cases/<uuid:pk>/release/", review.release, name="release"),
    path("cases/<uuid:pk>/decide/", review.decide, name="decide"),
    path("cases/<uuid:pk>/pictures/<str:kind>/", review.picture, name="picture"),
]
