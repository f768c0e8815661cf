from django.urls import path

from audit.views import alerts, entries, entry, export, find, hints

app_name = "audit"
urlpatterns = [
    path("", entries.list_entries, name="list"),
    path("entries/<int:pk>/", entry.show_entry, name="entry"),
    path("find/", find.find, name="find"),
    path("find/file/", find.find_file, name="find_file"),
    path("find/save/", find.save, name="save_search"),
    path("find/saved/<int:pk>/", find.run, name="saved_search"),
    path("find/saved/<int:pk>/delete/", find.delete, name="delete_search"),
    path("alerts/", alerts.list_alerts, name="alerts"),
    path("alerts/<int:pk>/", alerts.show_alert, name="alert"),
    path("hints/", hints.show_hints, name="hints"),
    path("export/", export.export, name="export"),
]
