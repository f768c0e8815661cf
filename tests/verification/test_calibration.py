"""Error rates of thresholds, counted on scores that are known."""

from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from tests.verification.faces_pictures import MAN, PORTRAITS, WOMAN, people
from verification.faces.calibration import Scores, Share

SCORES = Scores(np.array([0.4, 0.6, 0.8, 0.9]), np.linspace(-0.2, 0.47, 1000))


def test_a_threshold_lets_no_more_impostors_through_than_it_may():
    threshold = SCORES.threshold_at(1e-2)
    false_match, false_non_match = SCORES.errors_at(threshold)
    assert (false_match.count, false_match.total) == (10, 1000)
    assert (false_non_match.count, false_non_match.total) == (1, 4)


def test_too_few_pairs_give_no_threshold():
    assert SCORES.threshold_at(1e-4) is None


@pytest.mark.parametrize(
    ("count", "total", "interval"),
    [(0, 46, (0.0, 0.0771)), (50, 100, (0.4038, 0.5962)), (0, 0, (0.0, 1.0))],
)
def test_an_interval_is_as_wilson_has_it(count, total, interval):
    assert Share(count, total).interval == pytest.approx(interval, abs=1e-4)


def folder_of(folder, photos):
    for person, files in photos.items():
        (folder / person).mkdir()
        for name, data in files.items():
            (folder / person / name).write_bytes(data)
    return folder


def test_a_folder_of_people_gives_a_table_and_a_plot(tmp_path):
    photos = {
        name: {
            "card.jpg": (PORTRAITS / f"{name}.jpg").read_bytes(),
            "selfie.jpg": people().selfie(name, seed=1),
        }
        for name in (WOMAN, MAN)
    }
    out, plot = StringIO(), tmp_path / "plot.svg"
    call_command("calibrate_faces", folder_of(tmp_path, photos), "--plot", plot, stdout=out)
    assert "2 genuine and 4 impostor pairs" in out.getvalue()
    assert "| 0.47 | `face_match` | 0.000% (0 of 4;" in out.getvalue()
    assert plot.read_text().count("<polyline") == 2


def test_a_folder_of_one_person_is_refused(tmp_path):
    photo = (PORTRAITS / f"{WOMAN}.jpg").read_bytes()
    with pytest.raises(CommandError, match="photos of two people are needed"):
        call_command("calibrate_faces", folder_of(tmp_path, {"one": {"a.jpg": photo}}))
