"""The figures of the pages for programs: the same queries, the same access, the same small
numbers hidden.
"""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dashboards.api.access import StaffSession, Watches
from dashboards.api.serializers import (
    ChoiceSerializer,
    DefinitionSerializer,
    ServiceSerializer,
    StatisticsSerializer,
)
from dashboards.definitions import DEFINITIONS
from dashboards.export import as_document
from dashboards.filters import PAGES, choice_of, tables_of
from dashboards.pages.overview import as_of, overview
from dashboards.service import service_told
from offices.requests import officer_of


class ServiceView(APIView):
    """For everybody; the page of the same name in the app."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [AllowAny]
    throttle_scope = "service"

    @extend_schema(
        responses=ServiceSerializer, summary="How the service is now; 503 while it is down"
    )
    def get(self, request: Request) -> Response:
        return Response(ServiceSerializer(service_told()).data)


class FiguresView(APIView):
    authentication_classes = [StaffSession]
    permission_classes = [Watches]
    throttle_scope = "statistics"


class StatisticsView(FiguresView):
    @extend_schema(
        parameters=[
            OpenApiParameter("page", str, OpenApiParameter.PATH, enum=PAGES),
            ChoiceSerializer,
        ],
        responses=StatisticsSerializer,
        summary="The figures of a page of the dashboard",
    )
    def get(self, request: Request, page: str) -> Response:
        ChoiceSerializer(data=request.query_params).is_valid(raise_exception=True)
        choice = choice_of(request.query_params)
        figures = overview() if page == "overview" else None
        tables = tables_of(page, choice, officer=officer_of(request), figures=figures)
        document = as_document(tables, time=figures.as_of if figures else as_of())
        answer = document | {"period": choice.period, "figures": figures}
        return Response(StatisticsSerializer(answer).data)


class DefinitionsView(FiguresView):
    @extend_schema(responses=DefinitionSerializer(many=True), summary="What each figure counts")
    def get(self, request: Request) -> Response:
        found = [
            {"key": key, "name": name, "text": text} for key, (name, text) in DEFINITIONS.items()
        ]
        return Response(DefinitionSerializer(found, many=True).data)
