"""The pages of /try/, without a browser."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.urls import resolve, reverse

from devstack.demo.staff import STAFF, make_staff
from devstack.trying.accounts import accounts
from devstack.trying.people import sample_people
from devstack.trying.pictures import take_now
from devstack.trying.stories.tales import STORIES
from offices.codes import use_up
from offices.services import load_offices
from registration.views.sessions import SESSION_KEY
from tests.factories import EnrollmentFactory

pytestmark = pytest.mark.django_db
LEFT = "Slowly turn your head to the left"


@pytest.fixture
def staff() -> None:
    load_offices()
    make_staff()


@pytest.mark.usefixtures("staff")
def test_everybody_everything_and_every_story_can_be_chosen(client: Client):
    page = client.get(reverse("trying:index")).content.decode()
    wanted = [reverse("trying:be", args=[slug]) for slug in sample_people()]
    wanted += [reverse("trying:sign_in", args=[name]) for name, *_ in STAFF]
    wanted += [reverse("trying:story", args=[slug]) for slug in STORIES]
    assert [address for address in wanted if address not in page] == []


def test_whoever_is_chosen_leaves_the_registration_of_the_one_before(client: Client):
    session = client.session
    session[SESSION_KEY] = str(EnrollmentFactory().pk)
    session.save()
    answer = client.post(reverse("trying:be", args=["renews"]))
    assert answer.url == reverse("registration:renew")
    assert client.cookies["sample-person"].value == "renews"
    assert SESSION_KEY not in client.session


def test_the_camera_films_whom_was_chosen_and_knows_the_words_of_each_movement(client: Client):
    assert client.get(reverse("trying:camera")).json()["face"] == ""
    client.post(reverse("trying:be", args=["stranger"]))
    shown = client.get(reverse("trying:camera"), headers={"Accept-Language": "en"}).json()
    assert shown["card"]["back"] == "/try/people/stranger/back.jpg"
    assert len(shown["moves"]) == 4
    lift, turn = (shown["moves"][asked] for asked in ("Slowly look up", LEFT))
    film = [client.get(address).content for address in {shown["face"], *lift, *turn}]
    assert [one[:2] for one in film] == [b"\xff\xd8"] * 4  # a turn is made further if asked still


def film(take: int, name: str) -> str:
    return reverse("trying:film", args=["alone", take, name])


def test_who_comes_a_second_time_is_filmed_anew_and_no_film_of_yesterday_is_drawn(client: Client):
    now = take_now()
    first, second = (client.get(film(take, "straight")).content for take in (now - 1, now))
    assert first[:2] == second[:2] == b"\xff\xd8"
    assert first != second
    for take, name in ((now - 20_000, "straight"), (now + 10, "straight"), (now, "selfie")):
        assert client.get(film(take, name)).status_code == 404


def test_a_picture_is_drawn_once_and_another_name_is_none(client: Client):
    address = reverse("trying:picture", args=["blurred", "back"])
    first, second = (client.get(address).content for _ in range(2))
    assert (first[:2], first) == (b"\xff\xd8", second)
    assert client.get(reverse("trying:picture", args=["blurred", "nothing"])).status_code == 404
    assert client.get(reverse("trying:person", args=["nobody"])).status_code == 404


@pytest.mark.usefixtures("staff")
def test_the_door_is_told_password_and_code_of_the_account_and_no_code_twice(client: Client):
    assert client.get(reverse("trying:code")).status_code == 404
    client.post(reverse("trying:sign_in", args=["auditor"]))
    told = client.get(reverse("trying:code")).json()
    seed = Authenticator.objects.get(user__email=told["email"])
    assert seed.user.check_password(told["password"])
    assert use_up(seed.user, told["code"])
    assert client.get(reverse("trying:code")).json()["code"] == ""


@pytest.mark.usefixtures("staff")
def test_the_terminal_prints_what_signs_each_account_in(capsys):
    call_command("codes")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(STAFF)
    assert [one.officer.email in line and one.password in line for one, line in zip(
        accounts(), lines, strict=True)] == [True] * len(STAFF)  # fmt: skip


DOORS = [
    (story.slug, place, step.door)
    for story in STORIES.values()
    for place, step in enumerate(story.steps)
    if step.door is not None
]


@pytest.mark.parametrize(("slug", "place", "door"), DOORS)
def test_a_door_of_a_story_leads_to_a_page_and_is_remembered(client: Client, slug, place, door):
    client.post(reverse("trying:start", args=[slug]))
    assert resolve(door.address).view_name == door.name
    answer = client.get(reverse("trying:look", args=[slug, place]))
    assert answer.status_code == (404 if door.posts else 302)
    remembered = client.cookies["sample-story"].value.rpartition(".")[2]
    assert remembered == ("" if door.posts else str(place))


def test_a_specimen_is_written_with_its_data(tmp_path, capsys):
    call_command("specimen", "lifelong", str(tmp_path / "kit"))
    data = json.loads((tmp_path / "kit" / "data.json").read_text())
    assert (data["last_name_th"], data["expiry_date"]) == ("", "lifelong")
    names = {path.name for path in (tmp_path / "kit").iterdir()}
    assert {"front.jpg", "back.jpg", "selfie.jpg", "look_up_1.jpg", "turn_left_4.jpg"} < names
    assert (tmp_path / "kit" / "device.pem").stat().st_mode & 0o777 == 0o600
