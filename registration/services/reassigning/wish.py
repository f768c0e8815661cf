"""What a supervisor wants to have moved; kept in the session until it is confirmed."""

import uuid
from dataclasses import asdict, dataclass, field
from typing import Self

from django.utils.translation import gettext_lazy as _

from core.typing import Json

MOST = 50  # cases of one batch: what one page shows and one pair of eyes reads
CHANGED = _("The cases have changed meanwhile, so nothing was moved. This is how it would be now.")


@dataclass(frozen=True)
class Wish:
    """`officers` hold the cases, or `office` has them in its queue; `to` are officers by id. The
    batch that it becomes has this id, so that it becomes one only once.
    """

    way: str
    reason: str
    officers: list[str] = field(default_factory=list)
    office: str = ""
    doubt: str = ""
    count: int = MOST
    to: list[str] = field(default_factory=list)
    to_office: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def as_json(self) -> Json:
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Json) -> Self:
        return cls(**kept)
