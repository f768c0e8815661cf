"""Pages that everybody may read, and what makes the portal an installable app."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from PIL import Image

from core.sessions import CrossingSessionMiddleware
from tests.registration.every_step import citizen_at, session_of


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("page", ["privacy", "accessibility", "about", "offline"])
def test_everybody_may_read_it(client, page, language):
    answer = client.get(reverse(page), headers={"accept-language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()


@pytest.mark.django_db
def test_the_privacy_notice_names_the_periods_that_are_set(client, settings):
    text = client.get(reverse("privacy"), headers={"accept-language": "en"}).content.decode()
    for kept in (
        f"{settings.EVIDENCE_KEPT_AFTER_ACTIVATION.days} days after your digital ID is active",
        f"{settings.EVIDENCE_KEPT_AFTER_REJECTION.days} days after the decision",
        f"{settings.ENROLLMENT_OPEN_FOR.days} days, then it expires",
    ):
        assert kept in text


@pytest.mark.django_db
def test_terms_and_pages_of_a_registration_name_the_periods_that_are_set(client, settings):
    """The terms are written for a version, and hold numbers; with the settings they change."""
    after_issue = settings.EVIDENCE_KEPT_AFTER_ACTIVATION.days
    after_refusal = settings.EVIDENCE_KEPT_AFTER_REJECTION.days
    english = {"accept-language": "en"}
    for step, said in (
        ("terms", f"deleted {after_issue} days after your digital ID is issued"),
        ("terms", f"{after_refusal} days after a refusal that stands"),
        ("expired", f"within {settings.ENROLLMENT_OPEN_FOR.days} days"),
    ):
        client.cookies["sessionid"] = session_of(citizen_at(step))
        page = client.get(reverse(f"registration:{step}"), headers=english)
        assert said in page.content.decode()


def test_the_service_worker_rules_from_the_root_and_is_never_kept(client):
    answer = client.get("/service-worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_manifest_names_pages_and_icons_that_exist(client):
    static = Path(settings.BASE_DIR) / "static"
    manifest = json.loads((static / "manifest.webmanifest").read_text())
    pages = [manifest["start_url"], *(entry["url"] for entry in manifest["shortcuts"])]
    assert pages == [reverse("identity:card"), reverse("identity:card"), reverse("identity:check")]
    for icon in manifest["icons"]:
        if icon["type"] == "image/png":
            with Image.open(static / icon["src"]) as picture:
                assert icon["sizes"] == "{}x{}".format(*picture.size)


@pytest.mark.django_db
def test_a_page_asked_for_with_the_key_of_before_takes_no_cookie_away(client):
    client.cookies["sessionid"] = "a-key-that-was-changed-a-moment-ago"
    for address in ("/offline/", "/service-worker.js", "/id/unlock/"):
        assert "sessionid" not in client.get(address).cookies


@pytest.mark.django_db
def test_a_session_that_is_ended_loses_its_cookie(rf):
    def end(request: HttpRequest) -> HttpResponse:
        request.session.flush()
        return HttpResponse()

    request = rf.get("/")
    request.COOKIES["sessionid"] = "a-key"
    assert CrossingSessionMiddleware(end)(request).cookies["sessionid"].value == ""
