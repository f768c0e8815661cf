from django.urls import path

from registration.api import appealing, completion, help_code, resuming, views

urlpatterns = [
    path("terms/", views.TermsView.as_view(), name="terms_version"),
    path("enrollments/", views.StartView.as_view(), name="start"),
    path("enrollments/resume/", views.ResumeView.as_view(), name="resume"),
    path("enrollment/", views.EnrollmentView.as_view(), name="enrollment"),
    path("enrollment/terms/", views.TermsView.as_view(), name="terms"),
    path(
        "enrollment/card/front/", views.CardSideView.as_view(), {"side": "front"}, name="card_front"
    ),
    path("enrollment/card/back/", views.CardSideView.as_view(), {"side": "back"}, name="card_back"),
    path("enrollment/card/again/", views.RecaptureView.as_view(), name="recapture"),
    path("enrollment/help-code/", help_code.HelpCodeView.as_view(), name="help_code"),
    path("enrollment/data/", views.DataView.as_view(), name="data"),
    path("enrollment/challenge/", views.ChallengeView.as_view(), name="challenge"),
    path("enrollment/challenge/step/", views.ChallengeStepView.as_view(), name="challenge_step"),
    path("enrollment/selfie/", views.SelfieView.as_view(), name="selfie"),
    path("enrollment/appeal/", appealing.AppealView.as_view(), name="appeal"),
    path("enrollment/return/", completion.ReturnView.as_view(), name="return"),
    path("enrollment/password/", completion.PasswordView.as_view(), name="password"),
    path("holder/resume/", resuming.ResumeView.as_view(), name="resume_id"),
    path(
        "holder/resume/challenge/",
        resuming.ResumeChallengeView.as_view(),
        name="resume_challenge",
    ),
    path(
        "holder/resume/challenge/step/",
        resuming.ResumeChallengeStepView.as_view(),
        name="resume_challenge_step",
    ),
    path("enrollment/consent/", completion.ConsentView.as_view(), name="consent"),
]
