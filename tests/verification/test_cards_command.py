"""`manage.py read_card`."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from devstack.demo.specimens import camera, card, people
from devstack.demo.specimens.portraits import Portraits

PERSON = people.make_people(1, seed=9)[0]


@pytest.fixture(scope="module")
def portraits():
    return Portraits(Path(settings.MODELS_DIR) / "portraits")


@pytest.fixture(scope="module")
def photos(portraits, tmp_path_factory):
    folder = tmp_path_factory.mktemp("card")
    portrait = portraits.card_portrait(portraits.names(PERSON.sex)[0])
    front, back = card.render_front(PERSON, portrait), card.render_back(PERSON)
    (folder / "front.jpg").write_bytes(camera.photograph(front, seed=1))
    (folder / "back.jpg").write_bytes(camera.photograph(back, seed=2))
    return folder


def printed_by(*paths):
    out = StringIO()
    call_command("read_card", *map(str, paths), stdout=out)
    return json.loads(out.getvalue())


def test_both_sides_are_printed_as_json(photos):
    result = printed_by(photos / "front.jpg", photos / "back.jpg")
    assert list(result) == ["front", "back", "seconds"]
    assert result["front"]["fields"]["number"]["value"] == PERSON.number
    assert result["back"]["fields"]["laser_code"]["value"] == PERSON.laser_code
    assert [side["problems"] for side in (result["front"], result["back"])] == [[], []]
    assert list(result["front"]["scores"]) == ["sharpness", "screen", "copy", "altered"]
    assert result["front"]["signs"] == []


def test_the_front_alone_is_printed(photos):
    assert list(printed_by(photos / "front.jpg")) == ["front", "seconds"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.jpg: No such file or directory"):
        printed_by(tmp_path / "nothing.jpg")


def test_a_file_that_is_no_picture_is_refused(tmp_path):
    (tmp_path / "text.jpg").write_text("not a picture")
    with pytest.raises(CommandError, match="not a picture"):
        printed_by(tmp_path / "text.jpg")


def test_a_picture_without_a_card_is_refused(portraits, tmp_path):
    (tmp_path / "face.jpg").write_bytes(portraits.selfie(portraits.names("f")[0], seed=1))
    with pytest.raises(CommandError, match="not_a_thai_id_card"):
        printed_by(tmp_path / "face.jpg")
