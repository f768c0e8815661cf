from django.urls import path

from registration.views import card_pictures, citizen, coming_back, completion, renewing, selfie

app_name = "registration"
urlpatterns = [
    path("", citizen.home, name="home"),
    path("start/", citizen.start, name="start"),
    path("id/renew/", renewing.renew, name="renew"),
    path("id/stop/", renewing.stop, name="stop_replacement"),
    path("resume/", coming_back.resume, name="resume"),
    path("continue/<str:secret>/", coming_back.take_handoff, name="take_handoff"),
    path("register/handoff/", coming_back.handoff, name="handoff"),
    path("register/status/", citizen.status, name="status"),
    path("register/terms/", citizen.terms, name="terms"),
    path("register/card/front/", citizen.card, {"side": "front"}, name="card_front"),
    path("register/card/back/", citizen.card, {"side": "back"}, name="card_back"),
    path(
        "register/card/front/picture/",
        card_pictures.card_picture,
        {"side": "front"},
        name="front_picture",
    ),
    path(
        "register/card/back/picture/",
        card_pictures.card_picture,
        {"side": "back"},
        name="back_picture",
    ),
    path("register/card/reading/", citizen.reading, name="reading"),
    path("register/card/again/", citizen.recapture, name="recapture"),
    path("register/confirm/", citizen.confirm, name="confirm"),
    path("register/selfie/", selfie.selfie, name="selfie"),
    path("register/selfie/challenge/", selfie.challenge, name="challenge"),
    path("register/selfie/challenge/step/", selfie.challenge_step, name="challenge_step"),
    path("register/checking/", citizen.checking, name="checking"),
    path("register/retake/", citizen.retake, name="retake"),
    path("register/waiting/", citizen.waiting, name="waiting"),
    path("register/rejected/", citizen.rejected, name="rejected"),
    path("register/expired/", citizen.expired, name="expired"),
    path("register/card/anew/", coming_back.card_again, name="card_again"),
    path("register/return/", coming_back.return_selfie, name="return"),
    path("register/return/checking/", coming_back.return_checking, name="return_checking"),
    path("register/password/", completion.password, name="password"),
    path("register/consent/", completion.consent, name="consent"),
    path("register/done/", completion.done, name="done"),
]
