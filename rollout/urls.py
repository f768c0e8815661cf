from django.urls import path

from rollout.pilot import citizen_pages, officer_pages
from rollout.waiting import pages

app_name = "rollout"
urlpatterns = [
    path("pilot/", citizen_pages.returning, name="returning"),
    path("pilot/terms/", citizen_pages.new_terms, name="new_terms"),
    path("later/", pages.later, name="later"),
    path("staff/pilot/", officer_pages.pilot_list, name="pilot_list"),
    path("staff/pilot/<uuid:pk>/", officer_pages.pilot_case, name="pilot_case"),
    path("staff/pilot/<uuid:pk>/decide/", officer_pages.pilot_decide, name="pilot_decide"),
]
