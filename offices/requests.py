"""The request as a page for officers gets it: the sign-in in front of it has named the officer."""

from core.requests import PortalRequest
from offices.models import Officer


class OfficerRequest(PortalRequest):
    """What passes the sign-in and its second factor; nothing makes one, annotations name it."""

    user: Officer
