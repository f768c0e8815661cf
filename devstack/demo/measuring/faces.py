"""Sample people's faces as the portal gets them: off a photographed card, and from a selfie."""

from functools import cache
from pathlib import Path

from django.conf import settings

from devstack.demo.specimens import camera, card
from devstack.demo.specimens.people import make_people
from devstack.demo.specimens.portraits import Portraits
from verification.cards import read_front
from verification.images import decode, encode


@cache
def portraits() -> Portraits:
    return Portraits(Path(settings.MODELS_DIR) / "portraits")


def write_faces(folder: Path) -> int:
    """`person/card.jpg` and `person/selfie.jpg` of every portrait; how many people it wrote."""
    faces, written = portraits(), 0
    for seed, name in enumerate(faces.names("f") + faces.names("m")):
        person = make_people(1, seed=seed)[0]
        photo = camera.photograph(card.render_front(person, faces.card_portrait(name)), seed=seed)
        side = read_front(decode(photo))
        if side.portrait is None:
            continue
        of_person = folder / name
        of_person.mkdir(parents=True)
        (of_person / "card.jpg").write_bytes(encode(side.portrait))
        (of_person / "selfie.jpg").write_bytes(faces.selfie(name, seed=seed))
        written += 1
    return written
