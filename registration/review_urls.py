from django.urls import path

from registration.views.review import (
    case,
    decisions,
    exercises,
    faces,
    files,
    numbers,
    pictures,
    queue,
    reassigning,
    saved,
    search,
    status,
    undoing,
)
from registration.views.review.mixed import mixed

app_name = "review"
urlpatterns = [
    path("", queue.entry, name="entry"),
    path("queue/", queue.queue, name="queue"),
    path("queue/changes/", queue.changes, name="changes"),
    path("queue/cases.<str:kind>", files.cases, name="cases_file"),
    path("queue/views/", saved.save, name="save_view"),
    path("queue/views/<int:pk>/remove/", saved.remove, name="remove_view"),
    path("search/", search.search, name="search"),
    path("workload/", reassigning.workload, name="workload"),
    path("workload/move/", reassigning.reassign_many, name="reassign_many"),
    path("workload/moved/<uuid:pk>/", reassigning.reassigned, name="reassigned"),
    path("workload/moved/<uuid:pk>/undo/", reassigning.undo_many, name="undo_many"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/officers.<str:kind>", files.numbers, name="numbers_file"),
    path("cases/next/", queue.take_next, name="take_next"),
    path("cases/<uuid:pk>/", mixed(case.case, exercises.case), name="case"),
    path("cases/<uuid:pk>/take/", mixed(decisions.take, exercises.take), name="take"),
    path("cases/<uuid:pk>/hold/", mixed(decisions.hold, exercises.hold), name="hold"),
    path("cases/<uuid:pk>/release/", mixed(decisions.release, exercises.release), name="release"),
    path("cases/<uuid:pk>/decide/", mixed(decisions.decide, exercises.decide), name="decide"),
    path("cases/<uuid:pk>/undo/", mixed(undoing.undo, exercises.undo), name="undo"),
    path("cases/<uuid:pk>/reopen/", decisions.reopen, name="reopen"),
    path(
        "cases/<uuid:pk>/second-person/<uuid:asked>/",
        decisions.answer_second,
        name="second_person",
    ),
    path(
        "cases/<uuid:pk>/digital-id/",
        mixed(status.change, exercises.change),
        name="digital_id_status",
    ),
    path("cases/<uuid:pk>/reassign/", decisions.reassign, name="reassign"),
    path("cases/<uuid:pk>/faces/<str:kind>/", mixed(faces.face, exercises.face), name="face"),
    path(
        "cases/<uuid:pk>/pictures/<str:kind>/",
        mixed(pictures.picture, exercises.picture),
        name="picture",
    ),
]
