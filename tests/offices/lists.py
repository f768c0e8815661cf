"""Files of people to be invited, handed in as a browser does."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

LISTS = "/staff/people/lists/"
HEAD = "email,name,office\n"


def hand_in(site: Client, text: str | bytes) -> HttpResponse:
    data = text.encode() if isinstance(text, str) else text
    return site.post(LISTS, {"file": SimpleUploadedFile("people.csv", data)})


def faults(answer: HttpResponse) -> list[tuple[int, str]]:
    return [(fault.line, fault.sentence) for fault in answer.context["faults"]]
