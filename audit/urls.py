from django.urls import path

from audit.views import entries, entry, export, hints

app_name = "audit"
urlpatterns = [
    path("", entries.list_entries, name="list"),
    path("entries/<int:pk>/", entry.show_entry, name="entry"),
    path("hints/", hints.show_hints, name="hints"),
    path("export/", export.export, name="export"),
]
