"""The officer's page of checking, and its answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from audit.services import Actor
from core.camera import with_scanner
from core.typing import Cleaned
from identity.api.views import CheckView, TokenSerializer
from identity.credential.sd_jwt import AGES
from identity.official import Occasion
from identity.presentation import CheckResult, check_presentation
from offices.access import officer_who
from offices.requests import OfficerRequest


@require_GET
@never_cache
@with_scanner
@officer_who("decides")
def official_check(request: OfficerRequest) -> HttpResponse:
    context = {
        "ages": AGES,
        "api": reverse("identity:official_answer"),
        "occasions": Occasion.choices,
        "office": request.user.office,
    }
    return render(request, "identity/official_check.html", context)


class OfficialSerializer(TokenSerializer):
    occasion = serializers.ChoiceField(choices=Occasion.choices)


class DecidingOfficer(BasePermission):
    def has_permission(self, request: Request, _view: APIView) -> bool:
        user = request.user
        return user.is_authenticated and user.is_verified() and user.decides


class OfficialCheckView(CheckView):
    """The same check; the entry names the officer, the office and the occasion."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [DecidingOfficer]
    throttle_scope = None
    serializer = OfficialSerializer
    schema = None

    def judged(self, request: Request, asked: Cleaned) -> CheckResult:
        actor = Actor.signed_in(request)
        return check_presentation(asked["token"], actor=actor, occasion=asked["occasion"])
