"""Which case an officer may open at all."""

import uuid

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from offices.requests import OfficerRequest
from registration.models import Enrollment


def case_within_reach(request: OfficerRequest, pk: uuid.UUID) -> Enrollment:
    """The case, if it is within this officer's reach: a stranger's file is not there."""
    visible: QuerySet[Enrollment] = Enrollment.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("office", "held_by", "appeal"), pk=pk)
