from django.urls import path

from offices import lever_views as views

app_name = "levers"
urlpatterns = [
    path("", views.proposals, name="list"),
    path("new/", views.ask, name="ask"),
    path("<uuid:pk>/", views.proposal, name="proposal"),
    path("<uuid:pk>/decline/", views.decline, name="decline"),
    path("<uuid:pk>/back/", views.undo, name="undo"),
]
