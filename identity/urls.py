from django.urls import path

from identity import views

app_name = "identity"
urlpatterns = [
    path("id/", views.card, name="card"),
    path("id/photo/", views.photo, name="photo"),
    path("id/unlock/", views.unlock, name="unlock"),
    path("id/lock/", views.lock, name="lock"),
    path("id/device/", views.bind, name="bind"),
    path("check/", views.check, name="check"),
]
