from django.urls import path

from relying_parties.views import authorize, endpoints, grants

app_name = "relying_parties"
urlpatterns = [
    path(".well-known/openid-configuration", endpoints.discovery, name="discovery"),
    path("connect/authorize/", authorize.authorize, name="authorize"),
    path("connect/sign-in/", authorize.sign_in, name="sign_in"),
    path("connect/decide/", authorize.decide, name="decide"),
    path("connect/token/", endpoints.token, name="token"),
    path("connect/userinfo/", endpoints.userinfo, name="userinfo"),
    path("id/services/", grants.services, name="services"),
    path("id/services/<uuid:pk>/end/", grants.end, name="end"),
]
