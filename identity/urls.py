from django.urls import path

from identity.credential import views as credential
from identity.views import accesses, card, copies, devices, inbox, official, own

app_name = "identity"
urlpatterns = [
    path("id/", card.card, name="card"),
    path("id/photo/", card.photo, name="photo"),
    path("id/unlock/", card.unlock, name="unlock"),
    path("id/offline/", card.offline_card, name="offline_card"),
    path("id/lock/", card.lock, name="lock"),
    path("id/device/", card.bind, name="bind"),
    path("id/own/", own.own, name="own"),
    path("id/own/password/", own.password, name="password"),
    path("id/own/end/", own.end, name="end"),
    path("id/own/others/", own.lock_elsewhere, name="lock_others"),
    path("id/own/keep/", own.stay, name="keep"),
    path("id/own/data/", copies.data, name="data"),
    path("id/own/data/file/", copies.data_file, name="data_file"),
    path("id/own/correction/", own.correction, name="correction"),
    path("id/access/", accesses.access, name="access"),
    path("id/access/<int:pk>/", accesses.ask, name="ask"),
    path("id/inbox/", inbox.inbox, name="inbox"),
    path("id/inbox/<uuid:pk>/seen/", inbox.seen, name="seen"),
    path("id/contact/", inbox.contact, name="contact"),
    path("id/devices/", devices.devices, name="devices"),
    path("id/devices/add/", devices.add, name="add_device"),
    path("id/devices/<uuid:pk>/name/", devices.rename, name="rename_device"),
    path("id/devices/<uuid:pk>/remove/", devices.remove, name="remove_device"),
    path("id/join/<str:secret>/", devices.join, name="join"),
    path("id/lost/", devices.lost, name="lost"),
    path("id/credential/", credential.credential, name="credential"),
    path("status-lists/", credential.all_statuses, name="all_statuses"),
    path("status-lists/<int:number>/", credential.statuses, name="statuses"),
    path(".well-known/jwks.json", credential.issuer_keys, name="issuer_keys"),
    path(".well-known/jwt-vc-issuer", credential.issuer_metadata, name="issuer_metadata"),
    path("check/", card.check, name="check"),
    path("staff/check/", official.official_check, name="official_check"),
    path("staff/check/answer/", official.OfficialCheckView.as_view(), name="official_answer"),
]
