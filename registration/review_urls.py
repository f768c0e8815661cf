from django.urls import path

from registration.views.review import (
    case,
    decisions,
    faces,
    files,
    numbers,
    pictures,
    queue,
    saved,
    search,
    status,
    undoing,
)

app_name = "review"
urlpatterns = [
    path("", queue.entry, name="entry"),
    path("queue/", queue.queue, name="queue"),
    path("queue/changes/", queue.changes, name="changes"),
    path("queue/cases.<str:kind>", files.cases, name="cases_file"),
    path("queue/views/", saved.save, name="save_view"),
    path("queue/views/<int:pk>/remove/", saved.remove, name="remove_view"),
    path("search/", search.search, name="search"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/officers.<str:kind>", files.numbers, name="numbers_file"),
    path("cases/next/", queue.take_next, name="take_next"),
    path("cases/<uuid:pk>/", case.case, name="case"),
    path("cases/<uuid:pk>/take/", decisions.take, name="take"),
    path("cases/<uuid:pk>/hold/", decisions.hold, name="hold"),
    path("cases/<uuid:pk>/release/", decisions.release, name="release"),
    path("cases/<uuid:pk>/decide/", decisions.decide, name="decide"),
    path("cases/<uuid:pk>/undo/", undoing.undo, name="undo"),
    path("cases/<uuid:pk>/reopen/", decisions.reopen, name="reopen"),
    path(
        "cases/<uuid:pk>/second-person/<uuid:asked>/",
        decisions.answer_second,
        name="second_person",
    ),
    path("cases/<uuid:pk>/digital-id/", status.change, name="digital_id_status"),
    path("cases/<uuid:pk>/reassign/", decisions.reassign, name="reassign"),
    path("cases/<uuid:pk>/faces/<str:kind>/", faces.face, name="face"),
    path("cases/<uuid:pk>/pictures/<str:kind>/", pictures.picture, name="picture"),
]
