"""What has happened since a story was begun in this browser."""

import datetime
import time
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from audit.actions import Action
from audit.models import Entry, EntryQuerySet
from devstack.demo.staff import DOMAIN
from devstack.trying.choice import COPY, PERSON
from devstack.trying.files import register_with_mistakes
from devstack.trying.people import sample_people
from identity.models import DigitalID
from identity.numbers import number_key
from offices.models import Officer
from registration.models import Enrollment
from registration.views.sessions import enrollment_of

COOKIE = "sample-story"


@dataclass
class Scene:
    """`slug` names the story, `began` is when, in seconds, and `opened` are the steps whose page
    was opened by the story's own link.
    """

    request: HttpRequest
    slug: str
    began: int
    opened: set[int] = field(default_factory=set)

    @cached_property
    def since(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self.began, tz=datetime.UTC)

    @property
    def person(self) -> str:
        """Whom the sample camera films."""
        return self.request.COOKIES.get(PERSON, "")

    @property
    def changed(self) -> bool:
        """Whether an entry of the copied log was changed."""
        return COPY in self.request.COOKIES

    @property
    def checked(self) -> bool:
        return self.request.COOKIES.get(COPY, "").endswith(".checked")

    def happened_to(self, person: str, action: Action) -> bool:
        """Whether it happened to this sample person's registration or digital ID."""
        return self._entries(action).filter(subject_id__in=self._subjects(person)).exists()

    def done_by(self, name: str, action: Action, *, about: type[Model] | None = None) -> bool:
        """Whether the sample officer of this name did it, to something of the model `about`."""
        officer = Officer.objects.filter(email=f"{name}{DOMAIN}").first()
        found = self._entries(action).filter(actor_id=str(officer.pk if officer else ""))
        return (found.filter(subject_type=about._meta.label_lower) if about else found).exists()

    def happened(self, action: Action) -> bool:
        return self._entries(action).exists()

    def has_file(self) -> bool:
        """Whether the register with mistakes was made since."""
        path = register_with_mistakes()
        return path.exists() and path.stat().st_mtime >= self.began

    def _entries(self, action: Action) -> EntryQuerySet:
        return Entry.objects.filter(action=action, at__gte=self.since)

    def _subjects(self, person: str) -> list[str]:
        """Before the number is confirmed, only this browser knows whose registration it is."""
        key = number_key(sample_people()[person].person.number)
        rows = [model.objects.filter(number_key=key) for model in (Enrollment, DigitalID)]
        found = {str(pk) for some in rows for pk in some.values_list("id", flat=True)}
        mine = enrollment_of(self.request)
        if mine is not None and mine.number_key in (None, key):
            found.add(str(mine.pk))
        return sorted(found)

    def keep(self, response: HttpResponse) -> HttpResponse:
        steps = "-".join(map(str, sorted(self.opened)))
        response.set_cookie(
            COOKIE, f"{self.slug}.{self.began}.{steps}", httponly=True, samesite="Lax"
        )
        return response


def begin(request: HttpRequest, slug: str) -> Scene:
    return Scene(request, slug, int(time.time()))


def scene_of(request: HttpRequest) -> Scene | None:
    """The story that this browser is in."""
    slug, _, rest = request.COOKIES.get(COOKIE, "").partition(".")
    began, _, steps = rest.partition(".")
    if not (slug and began.isdecimal()):
        return None
    opened = {int(step) for step in steps.split("-") if step.isdecimal()}
    return Scene(request, slug, int(began), opened)
