from django.urls import path

from offices import views

app_name = "people"
urlpatterns = [
    path("people/", views.people, name="list"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("people/<uuid:pk>/link/", views.link, name="link"),
    path("people/<uuid:pk>/suspend/", views.suspend, name="suspend"),
    path("people/<uuid:pk>/reinstate/", views.reinstate, name="reinstate"),
    path("people/<uuid:pk>/sessions/end/", views.end_all_sessions, name="end_all_sessions"),
    path("sessions/<int:pk>/end/", views.end_own_session, name="end_own_session"),
    path("invitation/<str:secret>/", views.accept, name="accept"),
]
