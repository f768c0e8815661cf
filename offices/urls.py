from django.urls import path

from offices import list_views, membership_views, off_views, views

app_name = "people"
urlpatterns = [
    path("people/", views.people, name="list"),
    path("people/invite/", views.invite, name="invite"),
    path("people/join/", membership_views.join, name="join"),
    path("people/lists/", list_views.all_lists, name="lists"),
    path("people/lists/template.csv", list_views.template, name="list_template"),
    path("people/lists/<str:digest>/", list_views.listed, name="listed"),
    path("people/lists/<str:digest>/ask/", list_views.ask_for_list, name="ask_for_list"),
    path("people/lists/<str:digest>/again/", list_views.send_again, name="send_again"),
    path("office/", membership_views.acting, name="acting"),
    path("people/<uuid:pk>/offices/", membership_views.further, name="further"),
    path("people/<uuid:pk>/offices/end/", membership_views.end_membership, name="end_membership"),
    path("people/<uuid:pk>/off/", off_views.switch_off, name="switch_off"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("people/<uuid:pk>/link/", views.link, name="link"),
    path("people/<uuid:pk>/suspend/", off_views.suspend, name="suspend"),
    path("people/<uuid:pk>/reinstate/", views.reinstate, name="reinstate"),
    path("people/<uuid:pk>/sessions/end/", off_views.end_all_sessions, name="end_all_sessions"),
    path("sessions/<int:pk>/end/", views.end_own_session, name="end_own_session"),
    path("invitation/<str:secret>/", views.accept, name="accept"),
]
