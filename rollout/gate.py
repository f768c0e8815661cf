"""What the rollout says at registration's gate."""

from core.typing import StrOrPromise
from registration.models import Channel, Enrollment
from rollout import services
from rollout.line.entering import enter, keep_moving


class PhaseGate:
    """Open in the phase's ways and provinces, as long as there are places.

    A renewal brings nobody new: it takes no place and waits for no phase. It does not stand in line
    either, nor does whoever came to an office.
    """

    def entry_notice(self, *, channel: str) -> StrOrPromise:
        return services.what_to_know(channel=channel)

    def on_arrival(self, *, channel: str, renewal: bool) -> None:
        if not renewal and channel != Channel.OFFICE:
            keep_moving()

    def before_start(self, *, channel: str, renewal: bool, ticket: str) -> None:
        if renewal:
            return
        services.may_register(channel=channel)
        if channel != Channel.OFFICE:
            enter(ticket)

    def before_accept_terms(self, enrollment: Enrollment) -> None:
        if not enrollment.renewal:
            services.take_place(enrollment)

    def office_assigned(self, enrollment: Enrollment, *, province: str) -> None:
        if not enrollment.renewal:
            services.may_register(channel=enrollment.channel, province=province)

    def enrollment_closed(self, enrollment: Enrollment) -> None:
        services.give_place_back(enrollment)
