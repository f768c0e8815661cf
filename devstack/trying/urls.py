from django.urls import path

from devstack.trying import copy_views, holder_views, story_views, views

app_name = "trying"
urlpatterns = [
    path("", views.index, name="index"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("people/<slug:slug>/be/", views.be, name="be"),
    path("people/<slug:slug>/<slug:name>.jpg", views.picture, name="picture"),
    path("people/<slug:slug>/takes/<int:take>/<slug:name>.jpg", views.film, name="film"),
    path("nobody/", views.nobody, name="nobody"),
    path("camera/", views.camera, name="camera"),
    path("staff/code/", views.code, name="code"),
    path("staff/<slug:name>/", views.sign_in, name="sign_in"),
    path("holders/<int:place>/", holder_views.hold, name="hold"),
    path("check/", holder_views.check, name="check"),
    path("stories/<slug:slug>/", story_views.story, name="story"),
    path("stories/<slug:slug>/start/", story_views.start, name="start"),
    path("stories/<slug:slug>/<int:place>/", story_views.look, name="look"),
    path("register/", story_views.register, name="make_register"),
    path("log/", copy_views.copy, name="copy"),
]
