from django.urls import path

from identity.api import own, views

urlpatterns = [
    path("checks/", views.CheckView.as_view(), name="check"),
    path("holder/password/", own.PasswordView.as_view(), name="password"),
    path("holder/end/", own.EndView.as_view(), name="end"),
    path("holder/copy/", own.CopyView.as_view(), name="copy"),
    path("holder/correction/", own.CorrectionView.as_view(), name="correction"),
    path("holder/keep/", own.KeepView.as_view(), name="keep"),
]
