"""Who may come in. Apps above this one close the gate; it imports none of them."""

from typing import Protocol

from core.typing import StrOrPromise
from registration.models import Enrollment


class Gate(Protocol):
    """To turn the citizen away, a gate raises registration.errors.Refused and changes nothing."""

    def entry_notice(self, *, channel: str) -> StrOrPromise:
        """What to tell whoever looks at the first page: that it is closed, for example; or ""."""

    def on_arrival(self, *, channel: str, renewal: bool) -> None:
        """Somebody wants to begin. What is done here stays, whether or not an enrollment begins."""

    def before_start(self, *, channel: str, renewal: bool, ticket: str) -> None:
        """Within the transaction that begins an enrollment. `ticket` is what a gate gave to whoever
        had to wait (registration.errors.HasToWait), or "".
        """

    def before_accept_terms(self, enrollment: Enrollment) -> None:
        """Within the transaction in which the terms are accepted."""

    def office_assigned(self, enrollment: Enrollment, *, province: str) -> None:
        """Within the transaction in which the citizen's office becomes known."""

    def enrollment_closed(self, enrollment: Enrollment) -> None:
        """Within the transaction that ends the enrollment without a digital ID."""


gates: list[Gate] = []
