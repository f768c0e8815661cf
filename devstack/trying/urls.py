from django.urls import path

from devstack.trying import views

app_name = "trying"
urlpatterns = [
    path("", views.index, name="index"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("people/<slug:slug>/be/", views.be, name="be"),
    path("people/<slug:slug>/<slug:name>.jpg", views.picture, name="picture"),
    path("nobody/", views.nobody, name="nobody"),
    path("camera/", views.camera, name="camera"),
    path("staff/code/", views.code, name="code"),
    path("staff/<slug:name>/", views.sign_in, name="sign_in"),
]
