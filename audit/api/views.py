"""Proofs for machines. Heads and growth are for everybody: they tell nothing about anybody."""

from typing import Any

from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from audit.actions import Action
from audit.api.serializers import (
    ConsistencySerializer,
    GrowthSerializer,
    InclusionSerializer,
    PublishedHeadSerializer,
    UnderSerializer,
)
from audit.heads import fields_of
from audit.models import Entry
from audit.proofs import NotProvable, head_of, prove_entry, prove_growth, public_key
from audit.services import Actor, record
from core.typing import Cleaned


class NoProof(NotFound):
    default_detail = _("No signed head of the log covers this.")


class ReadsTheLog(BasePermission):
    """Auditors and central administrators, signed in with both steps."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        user = request.user
        return user.is_authenticated and user.reads_audit and user.is_verified()


@method_decorator(never_cache, name="dispatch")
class OpenView(APIView):
    permission_classes = [AllowAny]
    authentication_classes = []
    throttle_scope = "proof"


class HeadView(OpenView):
    @extend_schema(responses=PublishedHeadSerializer, auth=[], summary="The log's newest head")
    def get(self, request: Request) -> Response:
        """The newest signed tree head (RFC 9162) and the key it is signed with, as hex."""
        try:
            head = head_of(None)
            return Response({"head": fields_of(head), "public_key": public_key(head)})
        except NotProvable as problem:
            raise NoProof from problem


class ConsistencyView(OpenView):
    @extend_schema(
        parameters=[GrowthSerializer],
        responses=ConsistencySerializer,
        auth=[],
        summary="Prove that the log only grew",
    )
    def get(self, request: Request) -> Response:
        """That the tree of one head begins with the tree of an earlier one (RFC 9162, 2.1.4)."""
        asked = _asked(GrowthSerializer, request)
        try:
            return Response(prove_growth(asked["since"], under=asked.get("under")))
        except NotProvable as problem:
            raise NoProof from problem


@method_decorator(never_cache, name="dispatch")
class InclusionView(APIView):
    permission_classes = [ReadsTheLog]
    authentication_classes = [SessionAuthentication]

    @extend_schema(
        parameters=[UnderSerializer],
        responses=InclusionSerializer,
        summary="Prove that an entry is in the log",
    )
    def get(self, request: Request, pk: int) -> Response:
        """An entry with its place in the tree and the path to a head (RFC 9162, 2.1.3).

        For auditors and central administrators; asking is written to the log.
        """
        asked = _asked(UnderSerializer, request)
        entry = Entry.objects.visible_to(request.user).filter(pk=pk).first()
        if entry is None:
            raise Http404
        record(Action.AUDIT_VIEWED, entry, actor=Actor.signed_in(request), proof=True)
        try:
            return Response(prove_entry(entry, under=asked.get("under")))
        except NotProvable as problem:
            raise NoProof from problem


def _asked(serializer_class: type[Serializer[Any]], request: Request) -> Cleaned:
    serializer = serializer_class(data=request.query_params)
    serializer.is_valid(raise_exception=True)
    valid: Cleaned = serializer.validated_data
    return valid
