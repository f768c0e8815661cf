"""Old portraits against selfies: how many faces are found, and how often each side errs."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from devstack.demo.measuring.faces import portraits
from devstack.demo.specimens.portraits import head_and_shoulders
from verification.faces.calibration import Scores, Share
from verification.faces.engine import Embedding, embed, find_faces, similarity
from verification.faces.portraits import PortraitFace
from verification.faces.pose import pose_of
from verification.images import decode
from verification.images.arrays import Picture

SAME_PERSON = 0.65  # cosine of clean pictures: two folders that show one person
DEMO = "demo"
Finder = Callable[[Picture], PortraitFace | None]


@dataclass(frozen=True)
class Person:
    """A portrait as the card prints it, and selfies that were taken at another time."""

    name: str
    kind: str
    portrait: Picture
    selfies: list[Embedding]


def first_try(picture: Picture) -> PortraitFace | None:
    faces = find_faces(picture)
    return PortraitFace(faces[0], embed(picture, faces[0]), len(faces)) if faces else None


def people(photos: Path | None) -> list[Person]:
    """The demo portraits, and of a folder the photos (pN_x.jpg) and films (turns/N_source_nn.jpg).

    A demo selfie is made of the portrait; the others are the photos' and films' own.
    """
    found = list(_demo())
    if photos:
        found += _photos(photos)
        found += _films(photos / "turns")
    return found


def measure(everybody: list[Person], aged: list[Picture], see: Finder) -> "Errors":
    """Of everybody's aged portraits, in which `see` looks for the face."""
    seen = [see(portrait) for portrait in aged]
    genuine: dict[str, list[float]] = defaultdict(list)
    impostor = []
    for person, face in zip(everybody, seen, strict=True):
        for other in everybody if face else []:
            likeness = [face.likeness(selfie) for selfie in other.selfies]
            if other is person:
                genuine["demo" if person.kind == DEMO else "public"] += likeness
            elif not _same(person, other):
                impostor += likeness
    found = Share(sum(face is not None for face in seen), len(seen))
    return Errors(found, {kind: np.sort(of) for kind, of in genuine.items()}, np.sort(impostor))


@dataclass(frozen=True)
class Errors:
    """How many faces were `found`, and the cosines of those, ascending."""

    found: Share
    genuine: dict[str, np.ndarray]
    impostor: np.ndarray

    def at(self, threshold: float, kind: str) -> tuple[Share, Share]:
        """FMR, and FNMR of the kind, at a threshold."""
        return Scores(self.genuine.get(kind, np.empty(0)), self.impostor).errors_at(threshold)

    def strictest(self) -> float:
        """The threshold that no impostor reaches: what n pairs can tell of an FMR of 1e-4."""
        return float(np.nextafter(self.impostor[-1], 2)) if len(self.impostor) else 1.0


def _same(one: Person, other: Person) -> bool:
    return one.name == other.name or (
        max((similarity(a, b) for a in one.selfies for b in other.selfies), default=0) > SAME_PERSON
    )


def _demo() -> Iterator[Person]:
    faces = portraits()
    for seed, name in enumerate(faces.names("f") + faces.names("m")):
        selfie = decode(faces.selfie(name, seed=seed))
        yield Person(name, DEMO, np.asarray(faces.card_portrait(name)), _embedded([selfie]))


def _photos(folder: Path) -> Iterator[Person]:
    """Each photo once as the portrait, the person's others as selfies."""
    of_person = defaultdict(list)
    for path in sorted(folder.glob("p?_?.jpg")):
        of_person[path.stem[:2]].append(decode(path.read_bytes()))
    for name, shown in of_person.items():
        for one in shown:
            others = [other for other in shown if other is not one]
            yield Person(name, "photos", _portrait(one), _embedded(others))


def _films(folder: Path) -> Iterator[Person]:
    """Frame 00 as the portrait, of the others the one that looks ahead as the selfie."""
    for first in sorted(folder.glob("*_00.jpg")):
        shown = decode(first.read_bytes())
        lift = pose_of(find_faces(shown)[0]).lift
        frames = {}
        for path in sorted(folder.glob(first.name.replace("_00", "_*")))[1:]:
            frame = decode(path.read_bytes())
            for face in find_faces(frame)[:1]:
                pose = pose_of(face)
                frames[abs(pose.turn) + abs(pose.lift - lift)] = frame
        yield Person(first.stem[:-3], "films", _portrait(shown), _embedded([frames[min(frames)]]))


def _portrait(picture: Picture) -> Picture:
    return head_and_shoulders(picture, find_faces(picture)[0])


def _embedded(pictures: list[Picture]) -> list[Embedding]:
    return [embed(picture, find_faces(picture)[0]) for picture in pictures]
