"""Where a number stands, for the page that waits and for the app. Asked most of all addresses on a
busy day: no cookie, no session, no query.
"""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rollout.line.snapshot import present
from rollout.line.standing import CALLED, NO_LINE, OVER, WAITING, standing_of
from rollout.line.tickets import MOST


class StandingSerializer(serializers.Serializer[Any]):
    """A number is no secret: what it says of others is how many are before it."""

    state = serializers.ChoiceField(
        choices=[WAITING, CALLED, OVER, NO_LINE],
        help_text="called: begin before `until`. over: the next start draws a new ticket."
        " no_line: begin, nobody waits.",
    )
    before = serializers.IntegerField(help_text="Tickets before this one that are not called yet.")
    least = serializers.IntegerField(
        allow_null=True, help_text="The wait in minutes, or in hours; null where nobody can say."
    )
    most = serializers.IntegerField(allow_null=True)
    in_hours = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True)
    again = serializers.IntegerField(help_text="Ask in so many seconds, not sooner.")
    stands_still = serializers.BooleanField(help_text="Nobody is called at this moment.")
    may_miss = serializers.BooleanField(
        help_text="Fewer places are free than people are before this one."
    )


class LineView(APIView):
    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [AllowAny]

    @extend_schema(responses=StandingSerializer, auth=[], summary="Where a ticket's number stands")
    def get(self, request: Request, number: int) -> Response:
        if number > MOST:
            raise Http404
        told = StandingSerializer(standing_of(number, present())).data
        return Response(told, headers={"Cache-Control": "no-store"})
