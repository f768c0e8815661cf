"""Appointments for the app: offices and their free times for everybody, the own appointment with
the registration's token.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from appointments.models import Appointment, AppointmentState
from appointments.services import booking
from appointments.services.finding import find_offices
from appointments.services.owners import owner_of
from appointments.services.slots import free_times, next_free
from offices.models import Office
from registration.api.step_view import StepView
from registration.errors import Unknown

MOST = 50


class OfficeSerializer(serializers.ModelSerializer[Office]):
    """What is known of an office. Addresses, telephones and opening hours are not."""

    next_free = serializers.SerializerMethodField(help_text="First free time, or null.")

    class Meta:
        model = Office
        fields = [
            "code", "name_th", "name_en", "province_code", "province_th", "province_en",
            "next_free",
        ]  # fmt: skip

    def get_next_free(self, office: Office) -> str | None:
        first = self.context["firsts"].get(office.pk)
        return first.isoformat() if first else None


class TimesSerializer(serializers.Serializer[Any]):
    times = serializers.ListField(child=serializers.DateTimeField())


class TimeSerializer(serializers.Serializer[Any]):
    office = serializers.CharField(max_length=4, help_text="Code of the office.")
    starts_at = serializers.DateTimeField(help_text="One of its free times.")


class AppointmentSerializer(serializers.ModelSerializer[Appointment]):
    """`state` is `booked` until its day, `called_off` where the office is closed then."""

    state = serializers.ChoiceField(choices=AppointmentState.choices)

    class Meta:
        model = Appointment
        fields = ["reference", "office", "starts_at", "state"]
        read_only_fields = fields


class BookedSerializer(AppointmentSerializer):
    code = serializers.CharField(
        help_text="Told once: with the reference it opens the appointment in any browser."
    )

    class Meta(AppointmentSerializer.Meta):
        fields = [*AppointmentSerializer.Meta.fields, "code"]
        read_only_fields = fields


class PublicView(APIView):
    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    throttle_scope = "appointment"


class OfficesView(PublicView):
    @extend_schema(
        parameters=[
            OpenApiParameter("q", OpenApiTypes.STR, description="District or office, loosely."),
            OpenApiParameter("province", OpenApiTypes.STR, description="Code of the province."),
        ],
        responses=OfficeSerializer(many=True),
        summary=f"Offices by name and province, the best first, at most {MOST}",
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        found = find_offices(asked.get("q", ""), asked.get("province", ""))[:MOST]
        firsts = next_free([office.pk for office in found], known=False)
        return Response(OfficeSerializer(found, many=True, context={"firsts": firsts}).data)


class TimesView(PublicView):
    @extend_schema(responses=TimesSerializer, summary="All free times of an office, in order")
    def get(self, _request: Request, code: str) -> Response:
        office = get_object_or_404(Office, pk=code)
        return Response(TimesSerializer({"times": free_times(office.pk, known=False)}).data)


class AppointmentView(StepView):
    """The appointment of the registration whose token it is. One is open at a time."""

    throttle_scope = "appointment"
    serializer_class = TimeSerializer

    @extend_schema(responses=AppointmentSerializer, summary="The latest appointment")
    def get(self, _request: Request) -> Response:
        mine = Appointment.objects.filter(owner=owner_of(self.enrollment).key)
        return Response(AppointmentSerializer(_there(mine.order_by("created_at").last())).data)

    @extend_schema(
        request=TimeSerializer,
        responses={201: BookedSerializer},
        summary="Book a free time at an office",
    )
    def post(self, _request: Request) -> Response:
        asked = self.input()
        office = get_object_or_404(Office, pk=asked["office"])
        owner = owner_of(self.enrollment)
        made, code = booking.book(office, asked["starts_at"], owner=owner)
        answer = {**AppointmentSerializer(made).data, "code": code}
        return Response(answer, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=TimeSerializer, responses=AppointmentSerializer, summary="Move the appointment"
    )
    def put(self, _request: Request) -> Response:
        asked = self.input()
        office = get_object_or_404(Office, pk=asked["office"])
        moved = booking.move(self._open(), office, asked["starts_at"])
        return Response(AppointmentSerializer(moved).data)

    @extend_schema(responses=AppointmentSerializer, summary="Cancel the appointment")
    def delete(self, _request: Request) -> Response:
        return Response(AppointmentSerializer(booking.cancel(self._open())).data)

    def _open(self) -> Appointment:
        return _there(booking.open_appointment(owner_of(self.enrollment)))


def _there(appointment: Appointment | None) -> Appointment:
    if appointment is None:
        raise Unknown("no_appointment", _("There is no appointment. Book one first."))
    return appointment
