from django.urls import path

from relying_parties.presentations import views as presentations
from relying_parties.views import authorize, endpoints, grants, present
from relying_parties.wallets import views as wallets

app_name = "relying_parties"
ONE = "connect/presentations/<uuid:pk>"
urlpatterns = [
    path(".well-known/openid-configuration", endpoints.discovery, name="discovery"),
    path("connect/authorize/", authorize.authorize, name="authorize"),
    path("connect/sign-in/", authorize.sign_in, name="sign_in"),
    path("connect/decide/", authorize.decide, name="decide"),
    path("connect/token/", endpoints.token, name="token"),
    path("connect/userinfo/", endpoints.userinfo, name="userinfo"),
    path("connect/presentations/", presentations.ask_holder, name="presentations"),
    path(
        "connect/presentations/<uuid:pk>/request/",
        presentations.signed_request,
        name="presentation_request",
    ),
    path(
        "connect/presentations/<uuid:pk>/answer/", presentations.answer, name="presentation_answer"
    ),
    path(
        "connect/presentations/<uuid:pk>/result/", presentations.result, name="presentation_result"
    ),
    path("id/present/", present.present, name="present"),
    path("id/present/open/", present.open_to_present, name="open_to_present"),
    path(".well-known/openid-credential-issuer", wallets.issuer, name="credential_issuer"),
    path(".well-known/oauth-authorization-server", wallets.server, name="oauth_server"),
    path("wallet/nonce/", wallets.nonce, name="nonce"),
    path("wallet/credential/", wallets.credential, name="credential"),
    path("wallet/statuses/<int:number>/", wallets.wallet_statuses, name="wallet_statuses"),
    path("id/wallets/", wallets.wallets, name="wallets"),
    path("id/wallets/<int:pk>/take-back/", wallets.take_back, name="take_back"),
    path("id/services/", grants.services, name="services"),
    path("id/services/<uuid:pk>/end/", grants.end, name="end"),
]
