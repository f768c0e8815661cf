"""A case's pictures on an officer's screen: marked with who looks, kept by nobody, recorded."""

import io

import numpy as np
import pytest
import time_machine
from django.urls import reverse
from PIL import Image

from audit.models import Entry
from registration.models import Enrollment, EvidenceKind
from registration.services.evidence import keep_film, keep_picture
from registration.states import State
from registration.watermark import watermarked
from tests.factories import EnrollmentFactory, OfficerFactory
from verification.film import Film

GREY = (128, 128, 128)


def jpeg(size: tuple[int, int] = (480, 640)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, GREY).save(written, "JPEG")
    return written.getvalue()


def pixels(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("L")).astype(int)


@pytest.fixture
def staff(client, officer, signed_in):
    return signed_in(client, officer)


def with_selfie(**fields) -> Enrollment:
    case = EnrollmentFactory(state=State.WAITING_REVIEW, **fields)
    keep_picture(case, EvidenceKind.SELFIE, jpeg())
    return case


def picture(staff, case: Enrollment, kind: str = "selfie"):
    return staff.get(reverse("review:picture", args=[case.pk, kind]))


@pytest.mark.parametrize("size", [(120, 160), (480, 640), (2560, 1600)])
def test_the_mark_is_everywhere_and_light(size):
    marked = pixels(watermarked(jpeg(size), text="officer@example.org  2026-01-01 10:00:00"))
    changed = np.abs(marked - GREY[0])
    assert marked.shape == size[::-1]
    rows, columns = marked.shape
    quarters = [
        changed[y : y + rows // 2, x : x + columns // 2]
        for y, x in ((0, 0), (0, columns // 2), (rows // 2, 0), (rows // 2, columns // 2))
    ]
    assert [bool((quarter > 12).any()) for quarter in quarters] == [True] * 4
    assert [changed.mean() < 6, changed.max() < 70] == [True, True]


@pytest.mark.django_db
def test_the_page_knows_how_the_head_turns_lie_on_their_sheet(staff):
    case = with_selfie()
    film = Film(
        frames=[jpeg()] * 4, times=[0, 130, 1400, 1530], steps=["turn_left"], sizes=[3],
        settled=[900], colours=["red"],
    )  # fmt: skip
    keep_film(case, film)
    page = staff.get(reverse("review:case", args=[case.pk]))
    assert page.context["film"] == {"rows": "3 1", "times": "0 130 1400 1530"}


@pytest.mark.django_db
def test_two_officers_see_different_marks(client, signed_in):
    case = with_selfie()
    seen = [picture(signed_in(client, one), case).content for one in OfficerFactory.create_batch(2)]
    assert len({*seen, jpeg()}) == 3


@pytest.mark.parametrize(
    ("language", "moment"),
    [("th", "2569-11-30 19:05:09 BE"), ("en", "2026-11-30 19:05:09 CE")],
)
def test_the_mark_has_the_day_by_the_calendar_of_who_looks(
    client, officer, signed_in, language, moment
):
    with time_machine.travel("2026-11-30T12:05:09Z", tick=False):
        address = reverse("review:picture", args=[with_selfie().pk, "selfie"])
        seen = signed_in(client, officer).get(address, headers={"Accept-Language": language})
    assert seen.content == watermarked(jpeg(), text=f"{officer.email}  {moment}")


def test_no_picture_is_kept_by_the_browser_or_a_proxy(staff):
    answer = picture(staff, with_selfie())
    kept = {"no-store", "private"} & set(answer.headers["Cache-Control"].split(", "))
    assert [answer.headers["Content-Type"], kept] == ["image/jpeg", {"no-store", "private"}]


def test_every_look_at_a_picture_is_recorded(staff, officer):
    case = with_selfie()
    picture(staff, case)
    entry = Entry.objects.about(case).get(action="case.image_viewed")
    assert [entry.actor_id, entry.details["kind"]] == [str(officer.pk), "selfie"]


def test_only_pictures_within_reach_and_of_a_case_are_shown(staff):
    elsewhere = with_selfie(office=OfficerFactory(elsewhere=True).office)
    mine = with_selfie()
    asked = [(elsewhere, "selfie"), (elsewhere, "bent"), (mine, "card_front"), (mine, "frames")]
    asked += [(mine, "bent"), (mine, "holder_photo")]
    assert [picture(staff, case, kind).status_code for case, kind in asked] == [404] * 6
