"""Changing the model of the faces."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.walks import PASSWORD, Walk
from verification.models import FaceTemplate

pytestmark = pytest.mark.django_db
NEWER = settings.FACE_EMBEDDER | {"name": "another/2"}


def embedded() -> str:
    out = StringIO()
    call_command("embed_faces", stdout=out)
    return out.getvalue()


def test_a_newer_model_embeds_each_kept_face_once(settings):
    Walk().to_answer()
    settings.FACE_EMBEDDER = NEWER

    assert embedded().startswith("1 embedded; 0 have")
    assert FaceTemplate.objects.get().model == "another/2"
    assert embedded().startswith("0 embedded; 0 have")


def test_a_digital_ids_photo_serves_when_the_evidence_is_gone(settings):
    walk = Walk().to_consent()
    walk.consent(PASSWORD)
    walk.enrollment.evidence.all().delete()
    settings.FACE_EMBEDDER = NEWER

    assert embedded().startswith("1 embedded; 0 have")


def test_a_face_without_a_picture_keeps_its_vector(settings):
    walk = Walk().to_answer()
    walk.enrollment.evidence.all().delete()
    settings.FACE_EMBEDDER = NEWER

    assert embedded().startswith("0 embedded; 1 have")
    assert FaceTemplate.objects.get().model != "another/2"
