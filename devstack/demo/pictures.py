"""The pictures a sample citizen takes, good ones and the faulty ones a scenario asks for."""

from dataclasses import dataclass, replace

from devstack.demo.specimens import camera, card
from devstack.demo.specimens.people import Person
from devstack.demo.specimens.portraits import Portraits

BURST = 4  # frames of a head turn: as many as a slow phone takes


@dataclass(frozen=True)
class Pictures:
    """Photos of one citizen; `seed` makes light, angle and noise this person's own."""

    portraits: Portraits
    stranger: str
    seed: int

    def card(self, person: Person, face: str, differs: str) -> tuple[bytes, bytes]:
        """JPEG photos of both sides."""
        front = card.render_front(person, self.portraits.card_portrait(face))
        back = card.render_back(person)
        blur = 9.0 if differs == "blurred card" else 0.0
        photo = camera.photograph(front, seed=self.seed, blur=blur)
        if differs == "copy":
            photo = camera.as_copy(photo)
        return photo, camera.photograph(back, seed=self.seed + 1)

    def another_card(self, person: Person, face: str, differs: str) -> tuple[bytes, bytes]:
        """Taken again, from another place."""
        return replace(self, seed=self.seed + 5).card(person, face, differs)

    def selfie(self, face: str, differs: str) -> bytes:
        return self.portraits.selfie(self._shown(face, differs), seed=self.seed, fault=differs)

    def burst(self, face: str, differs: str, step: str) -> list[bytes]:
        """The frames of a head turn, from straight ahead to its end."""
        shown = self._shown(face, differs)
        return self.portraits.burst(shown, step, seed=self.seed, count=BURST)

    def _shown(self, face: str, differs: str) -> str:
        return self.stranger if differs == "face" else face
