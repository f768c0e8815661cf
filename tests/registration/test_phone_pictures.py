"""Photos out of a phone's gallery, from the browser's offer to what is kept."""

import io

import pillow_heif
import pytest
from PIL import Image

from core.storage import read_sealed
from registration.counter_forms import CounterPhotoForm
from registration.forms import CardSideForm, SelfieForm
from registration.models import Evidence
from tests.walks import Walk, card_photos, run_jobs

pillow_heif.register_heif_opener()


def as_kind(jpeg: bytes, kind: str) -> io.BytesIO:
    out = io.BytesIO()
    Image.open(io.BytesIO(jpeg)).save(out, kind, quality=90)
    out.seek(0)
    return out


@pytest.mark.parametrize("form", [CardSideForm(), SelfieForm(), CounterPhotoForm()])
def test_the_browser_offers_what_can_be_read(form):
    offered = [field.field.widget.attrs.get("accept", "") for field in form.visible_fields()]
    wanted = {"image/jpeg", "image/png", "image/webp", "image/heic", "image/avif"}
    assert wanted <= set(offered[0].split(","))


@pytest.mark.django_db
def test_a_card_sent_as_heic_and_webp_is_read_and_kept_as_jpeg():
    walk = Walk()
    for side, jpeg, kind in zip(("front", "back"), card_photos(0), ("HEIF", "WEBP"), strict=True):
        answer = walk.client.put(
            f"/api/v1/enrollment/card/{side}/", {"picture": as_kind(jpeg, kind)}, format="multipart"
        )
        assert answer.status_code < 300, answer.json()
    run_jobs()

    kept = {Image.open(io.BytesIO(read_sealed(one.name))).format for one in Evidence.objects.all()}
    assert kept == {"JPEG"}
    assert (walk.enrollment.card_problem, bool(walk.enrollment.reading)) == ("", True)


@pytest.mark.django_db
def test_an_animation_is_refused_by_its_name():
    gif = {"picture": as_kind(card_photos(0)[0], "GIF")}
    answer = Walk().client.put("/api/v1/enrollment/card/front/", gif, format="multipart")
    told = answer.json()["errors"][0]
    assert (answer.status_code, told["code"], "GIF" in told["detail"]) == (422, "unsupported", True)
