"""What the sample camera films of a person, drawn and kept below `var/`: the card and what the
pages show once, a face anew for each sitting.

The pictures are the specimens that the engines are measured on, so they pass and fail for the
reasons that real ones have.
"""

import hashlib
import io
import shutil
import time
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image

from devstack.demo import specimens
from devstack.demo.pictures import BURST
from devstack.demo.specimens import camera, card
from devstack.demo.specimens.portraits import STEPS, Portraits
from devstack.demo.specimens.shot import Shot
from devstack.embedded.files import replace_private
from devstack.trying.people import SamplePerson
from verification.faces.challenge import TURNS
from verification.faces.engine import find_faces, liveness
from verification.images import decode

CARD = Shot(size=(1600, 1200), share=0.76, tilt=0.03, rotation=1.5, background="desk", quality=92)
SIDES = ("front", "back")
FACES = ("straight", *STEPS)
NAMES = (*SIDES, "selfie", "portrait", *FACES)
FURTHER = {f"{turn}_further": turn for turn in TURNS}  # as people turn who are asked still
FILMED = (*FACES, *FURTHER)
FILM_SEED = 3
ANEW = 5  # seconds after which the sample camera films the person anew
SURELY = 0.95  # the page films the film, by a hand that sways
APART = 97  # seeds between two takes, of which a film may need more than one
WATCHED = 120  # seconds in which the pages fetch what it films


def picture_of(sample: SamplePerson, name: str) -> Path:
    """The JPEG file of one of NAMES."""
    path = _folder() / sample.slug / f"{name}.jpg"
    if not path.exists():
        for made, content in _made(sample, name).items():
            replace_private(path.with_name(f"{made}.jpg"), content)
    return path


def take_now() -> int:
    """The number of what the sample camera films at this moment."""
    return int(time.time()) // ANEW


def filmed(sample: SamplePerson, take: int, name: str) -> Path | None:
    """One of FILMED as in that take; None where it is none of the last WATCHED seconds. A person
    who comes a second time looks otherwise than before, as people do: the portal takes no pictures
    twice.
    """
    age = (take_now() - take) * ANEW
    if not 0 <= age <= WATCHED:
        return None
    folder = _folder() / sample.slug / "takes"
    path = folder / str(take) / f"{name}.jpg"
    if not path.exists():
        for old in folder.glob("*"):
            if (take_now() - int(old.name)) * ANEW > 2 * WATCHED:
                shutil.rmtree(old, ignore_errors=True)
        for made, content in zip(FILMED, _film(sample, seed=take * APART % 2**32), strict=True):
            replace_private(path.with_name(f"{made}.jpg"), content)
    return path


@cache
def _folder() -> Path:
    """Another one where the specimens are drawn otherwise."""
    sources = sorted(Path(specimens.__file__).parent.glob("*.py"))
    sources += [Path(__file__), Path(__file__).with_name("people.py")]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources))
    return Path(settings.VAR_DIR) / "sample-people" / digest.hexdigest()[:16]


@cache
def portraits() -> Portraits:
    return Portraits(Path(settings.MODELS_DIR) / "portraits")


def taken_now(sample: SamplePerson, *, seed: int | None = None) -> dict[str, bytes]:
    """The card, and selfie and head turns as of this moment: the portal takes none of a face twice.
    The frames of a turn are named after it, `turn_left_1` and so on. With a `seed` they are the
    same again.
    """
    seed = time.time_ns() % 2**32 if seed is None else seed
    alive = settings.MACHINE_THRESHOLDS["liveness"]
    while _liveness(selfie := portraits().selfie(sample.shown, seed=seed)) < alive:
        seed += 1
    taken = {side: picture_of(sample, side).read_bytes() for side in SIDES}
    taken["selfie"] = selfie
    for step in STEPS:
        burst = portraits().burst(sample.shown, step, seed=seed, count=BURST)
        taken |= {f"{step}_{place}": frame for place, frame in enumerate(burst, 1)}
    return taken


def _liveness(selfie: bytes) -> float:
    """By the portal's own eye. A lamp may stand so badly that it flattens the face: people move on,
    too.
    """
    picture = decode(selfie)
    return liveness(picture, find_faces(picture)[0])


def film_of(taken: dict[str, bytes], step: str) -> list[bytes]:
    """The frames of one of the head turns that taken_now() took."""
    return [taken[f"{step}_{place}"] for place in range(1, BURST + 1)]


def _made(sample: SamplePerson, name: str) -> dict[str, bytes]:
    """The picture, with those that come of the same work."""
    seed = int(sample.person.number[-6:-1])
    if name in FACES:
        return dict(zip(FILMED, _film(sample, seed=FILM_SEED), strict=True))
    if name == "selfie":
        return {name: portraits().selfie(sample.shown, seed=seed)}
    if name == "portrait":
        return {name: _jpeg(portraits().card_portrait(sample.face))}
    return {name: _card(sample, name, seed=seed)}


def _film(sample: SamplePerson, *, seed: int) -> list[bytes]:
    """One of each of FILMED."""
    while _liveness(portraits().selfie_frames(sample.shown, [], seed=seed)[0]) < SURELY:
        seed += 1
    further = list(FURTHER.values())
    return portraits().selfie_frames(sample.shown, list(STEPS), seed=seed, further=further)


def _card(sample: SamplePerson, side: str, *, seed: int) -> bytes:
    if side == "back":
        return camera.take(card.render_back(sample.person), CARD, seed=seed + 1).jpeg
    front = card.render_front(sample.person, portraits().card_portrait(sample.face))
    photo = camera.take(front, CARD, seed=seed).jpeg
    return camera.blurred(photo, sample.story.blur) if sample.story.blur else photo


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()
