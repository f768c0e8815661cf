"""What the rollout says at registration's gate."""

from core.typing import StrOrPromise
from registration.models import Enrollment
from rollout import services


class PhaseGate:
    """Open in the phase's ways and provinces, as long as there are places.

    A renewal brings nobody new: it takes no place and waits for no phase.
    """

    def entry_notice(self, *, channel: str) -> StrOrPromise:
        return services.what_to_know(channel=channel)

    def before_start(self, *, channel: str, renewal: bool) -> None:
        if not renewal:
            services.may_register(channel=channel)

    def before_accept_terms(self, enrollment: Enrollment) -> None:
        if not enrollment.renewal:
            services.take_place(enrollment)

    def office_assigned(self, enrollment: Enrollment, *, province: str) -> None:
        if not enrollment.renewal:
            services.may_register(channel=enrollment.channel, province=province)

    def enrollment_closed(self, enrollment: Enrollment) -> None:
        services.give_place_back(enrollment)
