"""CPU seconds of one enrollment's verification, stage by stage, on one core.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.verification [20]
"""

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from devstack.bench.ready import ROOT  # before all that needs Django

# isort: split
from devstack.demo.pictures import Pictures
from devstack.demo.specimens.people import make_people
from devstack.demo.specimens.portraits import Portraits
from verification.cards import read_back, read_front
from verification.faces import challenge, engine, quality
from verification.film import Film
from verification.images import decode

STEPS = ("turn_left", "look_up")
spent: dict[str, list[float]] = defaultdict(list)


@contextmanager
def stage(name: str) -> Iterator[None]:
    began = time.process_time()
    yield
    spent[name].append(time.process_time() - began)


def verify_one(pictures: Pictures, person: object, face: str) -> None:
    front, back = pictures.card(person, face, "")
    selfie = pictures.selfie(face, "")
    bursts = [pictures.burst(face, "", step) for step in STEPS]
    with stage("read the front of the card"):
        side = read_front(decode(front))
    with stage("read the back of the card"):
        read_back(decode(back))
    with stage("faces: find, judge, embed twice, liveness"):
        picture = decode(selfie)
        found = engine.find_faces(picture)
        embedding = engine.embed(picture, found[0])
        quality.assess(picture, found, embedding=embedding)
        engine.embed(side.portrait, engine.find_faces(side.portrait)[0])
        engine.liveness(picture, found[0])
    with stage("judge the head turns"):
        frames = [frame for burst in bursts for frame in burst]
        film = Film(
            frames=frames,
            times=[150 * place for place in range(len(frames))],
            steps=STEPS,
            sizes=[len(burst) for burst in bursts],
            settled=[3000] * len(STEPS),
        )
        challenge.judge(challenge.Challenge(STEPS), film.answers(), embedding)


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


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
