from django.urls import path

from registration.views.review import case, decisions, numbers, pictures, queue, search

app_name = "review"
urlpatterns = [
    path("", queue.entry, name="entry"),
    path("queue/", queue.queue, name="queue"),
    path("search/", search.search, name="search"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("cases/next/", queue.take_next, name="take_next"),
    path("cases/<uuid:pk>/", case.case, name="case"),
    path("cases/<uuid:pk>/take/", decisions.take, name="take"),
    path("cases/<uuid:pk>/release/", decisions.release, name="release"),
    path("cases/<uuid:pk>/decide/", decisions.decide, name="decide"),
    path("cases/<uuid:pk>/pictures/<str:kind>/", pictures.picture, name="picture"),
]
