from django.urls import path

from identity import access_views, device_views, inbox_views, views
from identity import official_views as official
from identity.credential import views as credential

app_name = "identity"
urlpatterns = [
    path("id/", views.card, name="card"),
    path("id/photo/", views.photo, name="photo"),
    path("id/unlock/", views.unlock, name="unlock"),
    path("id/offline/", views.offline_card, name="offline_card"),
    path("id/lock/", views.lock, name="lock"),
    path("id/device/", views.bind, name="bind"),
    path("id/access/", access_views.access, name="access"),
    path("id/access/<int:pk>/", access_views.ask, name="ask"),
    path("id/inbox/", inbox_views.inbox, name="inbox"),
    path("id/inbox/<uuid:pk>/seen/", inbox_views.seen, name="seen"),
    path("id/contact/", inbox_views.contact, name="contact"),
    path("id/devices/", device_views.devices, name="devices"),
    path("id/devices/add/", device_views.add, name="add_device"),
    path("id/devices/<uuid:pk>/name/", device_views.rename, name="rename_device"),
    path("id/devices/<uuid:pk>/remove/", device_views.remove, name="remove_device"),
    path("id/join/<str:secret>/", device_views.join, name="join"),
    path("id/lost/", device_views.lost, name="lost"),
    path("id/credential/", credential.credential, name="credential"),
    path("status-lists/", credential.all_statuses, name="all_statuses"),
    path("status-lists/<int:number>/", credential.statuses, name="statuses"),
    path(".well-known/jwks.json", credential.issuer_keys, name="issuer_keys"),
    path(".well-known/jwt-vc-issuer", credential.issuer_metadata, name="issuer_metadata"),
    path("check/", views.check, name="check"),
    path("staff/check/", official.official_check, name="official_check"),
    path("staff/check/answer/", official.OfficialCheckView.as_view(), name="official_answer"),
]
