"""A sample citizen's app: takes the eight steps through the portal's own API, and nothing else."""

import hashlib
import json
import time
import uuid
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from joserfc import jws
from joserfc.jwk import ECKey
from rest_framework.test import APIClient

from devstack.demo.attesting import integrity_token
from devstack.demo.specimens.people import Person
from identity.person import FIELDS
from registration.services.capturing import request_hash

WAITS_FOR_MACHINE = ("reading", "checking", "return_checking")
PATIENCE_SECONDS = 120.0
BETWEEN_FRAMES = 150  # milliseconds


def looked_at(frames: int) -> list[int]:
    """Milliseconds of so many frames as a page tells them, which are never even."""
    return [BETWEEN_FRAMES * place + place % 2 for place in range(frames)]


class StepFailed(Exception):
    """The portal refused a step that the sample data counts on."""


class CitizenApp:
    """One enrollment. Every method is one call of the API and returns its answer."""

    def __init__(self) -> None:
        scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
        self.client = APIClient(**{"wsgi.url_scheme": scheme})
        self.state: dict = {}
        self.key = ECKey.generate_key("P-256")

    def start(self, *, renewal: bool = False, former: dict | None = None) -> dict:
        """`former` is what proves a renewal's holder: `proof`, or `number` and `password`."""
        begun = {"language": "th", "renewal": renewal, "former": former or {}}
        started = self._send("post", "enrollments/", begun)
        self.client.credentials(HTTP_AUTHORIZATION=f"Bearer {started['token']}")
        return self._send("post", "enrollment/terms/", {"version": settings.TERMS_VERSION})

    def photograph_card(self, front: bytes, back: bytes) -> dict:
        for side, picture in (("front", front), ("back", back)):
            self._send("put", f"enrollment/card/{side}/", {"picture": _file(picture)}, files=True)
        return self.state

    def confirm(self, person: Person) -> dict:
        data = {name: getattr(person, name) for name in FIELDS}
        return self._send("put", "enrollment/data/", data)

    def turn_head(self, film: Callable[[str], list[bytes]]) -> tuple[str, list[bytes]]:
        """Follow a challenge to its end; `film` gives the frames (JPEG) of a step. Its id, and all
        the frames.
        """
        told = self._send("post", "enrollment/challenge/", keep=False)
        frames: list[bytes] = []
        while told["step"]:
            burst = film(told["step"])
            frames += burst
            digests = [hashlib.sha256(frame).hexdigest() for frame in burst]
            taken = {"challenge": told["id"], "digests": digests}
            told = self._send("post", "enrollment/challenge/step/", taken, keep=False)
        return told["id"], frames

    def hand_in_selfie(
        self,
        selfie: bytes,
        *,
        challenge: str | None = None,
        frames: Iterable[bytes] = (),
        to: str = "selfie",
        attested: bool = True,
        times: list[int] | None = None,
    ) -> dict:
        """`to` is "selfie", or "return" for coming back from another device once verified;
        `times` are the frames' milliseconds.
        """
        shown, key = list(frames), self.key.as_dict(private=False)
        data = {"selfie": _file(selfie), "frames": [_file(frame) for frame in shown]}
        data["frame_times"] = times or [BETWEEN_FRAMES * place for place in range(len(shown))]
        data["device_key"] = json.dumps(key)
        if challenge:
            data["challenge"] = challenge
        if challenge and attested:
            made_for = request_hash(uuid.UUID(challenge), key, selfie, shown)
            data["attestation"] = integrity_token(made_for)
        return self._send("post", f"enrollment/{to}/", data, files=True)

    def choose_password(self, password: str) -> dict:
        chosen = {"first": password, "second": password, "proof": self.proof("password")}
        return self._send("post", "enrollment/password/", chosen)

    def consent(self, password: str) -> dict:
        given = {"password": password, "proof": self.proof("consent")}
        return self._send("post", "enrollment/consent/", given | {"device_name": "Sample phone"})

    def proof(self, act: str) -> str:
        """What the app's key signs for a step after the selfie (registration.services.proving)."""
        said = {"aud": act, "sub": self.state["id"], "nonce": self.state["proof_nonce"]}
        header = {"alg": "ES256", "typ": "dopa-proof+jwt"}
        return jws.serialize_compact(header, json.dumps(said), self.key, algorithms=["ES256"])

    def withdraw(self) -> dict:
        return self._send("delete", "enrollment/")

    def refresh(self) -> dict:
        return self._send("get", "enrollment/")

    def wait(self) -> dict:
        """Until the machine has answered."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.state["step"] in WAITS_FOR_MACHINE:
            if time.monotonic() > deadline:
                raise StepFailed("no worker takes the jobs of the sample data")
            time.sleep(0.2)
            self.refresh()
        return self.state

    def _send(
        self,
        verb: str,
        path: str,
        data: dict | None = None,
        *,
        files: bool = False,
        keep: bool = True,
    ) -> dict:
        answer = getattr(self.client, verb)(
            f"/api/v1/{path}", data, format="multipart" if files else "json"
        )
        if not answer.status_code < 400:  # noqa: PLR2004 - the first status that refuses
            raise StepFailed(f"{verb} {path}: {answer.json().get('detail', answer.status_code)}")
        if keep:
            self.state = answer.json()
        return answer.json()


def _file(picture: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("picture.jpg", picture, content_type="image/jpeg")
