from django.urls import path

from pilot.views import citizen, officer

app_name = "pilot"
urlpatterns = [
    path("pilot/", citizen.returning, name="returning"),
    path("pilot/terms/", citizen.new_terms, name="new_terms"),
    path("staff/pilot/", officer.pilot_list, name="list"),
    path("staff/pilot/<uuid:pk>/", officer.pilot_case, name="case"),
    path("staff/pilot/<uuid:pk>/decide/", officer.pilot_decide, name="decide"),
]
