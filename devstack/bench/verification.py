"""CPU seconds of one enrollment's verification, stage by stage, on one core.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.verification [20]
"""

import statistics
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from devstack.bench.ready import ROOT  # before all that needs Django

# isort: split
from core.required import required
from devstack.demo.client import looked_at
from devstack.demo.pictures import Pictures
from devstack.demo.specimens.people import make_people
from devstack.demo.specimens.portraits import Portraits
from registration.claims import current_thresholds
from verification.capture import Assurance, Capture
from verification.card_evidence import read_card
from verification.examine import Examination, FaceEvidence, examine_face
from verification.film import Film
from verification.filmed import film_findings
from verification.pictures_seen import prints_of

STEPS = ("turn_left", "look_up")
spent: dict[str, list[float]] = defaultdict(list)


@contextmanager
def stage(name: str) -> Iterator[None]:
    began = time.process_time()
    yield
    spent[name].append(time.process_time() - began)


def verify_one(pictures: Pictures, person: object, face: str) -> None:
    """As the worker does it, but for what the database is asked."""
    front, back = pictures.card(person, face, "")
    selfie = pictures.selfie(face, "")
    bursts = [pictures.burst(face, "", step) for step in STEPS]
    with stage("read the card"):
        reading = read_card(front, back, report=unheard)
    alone = FaceEvidence(
        subject=uuid.uuid4(),
        owner=uuid.uuid4(),
        thresholds=current_thresholds(),
        portrait=reading.portrait,
        selfie=selfie,
        film=None,
        capture=Capture(Assurance.LIVE),
    )
    examination = Examination()
    with stage("portrait and selfie: find, judge, embed, likeness, own picture, liveness"):
        examine_face(alone, examination, report=unheard)
    film = film_of(bursts)
    with stage("head turns: landmarks and embeddings of 8 frames, solid, grain"):
        film_findings(
            film, alone.capture, alone.thresholds, person=required(examination.embedding, "a face")
        )
    with stage("prints of all pictures"):
        prints_of(selfie, film.frames)


def film_of(bursts: list[bytes]) -> Film:
    frames = [frame for burst in bursts for frame in burst]
    return Film(
        frames=frames,
        times=looked_at(len(frames)),
        steps=STEPS,
        sizes=[len(burst) for burst in bursts],
        settled=[3000] * len(STEPS),
    )


def unheard(_stage: str) -> None:
    """Nobody waits for this one."""


def main(count: int) -> None:
    portraits = Portraits(ROOT / "models" / "portraits")
    for place, person in enumerate(make_people(count + 1, seed=77)):
        names = portraits.names(person.sex)
        face = names[place % len(names)]
        verify_one(Pictures(portraits, stranger=face, seed=place), person, face)
    print("| stage | CPU seconds, median | 95 % below |\n|---|--:|--:|")
    warm = {name: times[1:] for name, times in spent.items()}  # the first one loads the models
    whole = [sum(times) for times in zip(*warm.values(), strict=True)]
    for name, times in [*warm.items(), ("**whole enrollment**", whole)]:
        most = statistics.quantiles(times, n=20)[-1]
        print(f"| {name} | {statistics.median(times):.3f} | {most:.3f} |")
    print("\nAimed at: 0.6 s.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
