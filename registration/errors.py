"""What a citizen or an officer is told when something is refused. A refusal changes nothing."""

from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise


class Refused(Exception):
    """A request that cannot be granted: a stable code, a sentence for people, an HTTP status."""

    status = 400

    def __init__(self, code: str, message: StrOrPromise):
        super().__init__(code)
        self.code = code
        self.message = message


class MoveNotAllowed(Refused):
    """The enrollment is not where this step can be taken."""

    status = 409

    def __init__(self, move: str, state: str):
        super().__init__(
            "step_out_of_order",
            _("This step cannot be done now. Please go on from the page you are shown."),
        )
        self.move, self.state = move, state


class Conflict(Refused):
    """Right in itself, but somebody or something else was first."""

    status = 409


class Forbidden(Refused):
    """Right in itself, but not for whoever asks."""

    status = 403


class Unknown(Refused):
    """There is no such enrollment, or not for whom asks: the two are never told apart."""

    status = 404


class HasToWait(Refused):
    """More want to begin than can: the ticket keeps the place in line, and is brought back when it
    is its turn.
    """

    status = 503

    def __init__(self, ticket: str, *, number: int, again: int):
        super().__init__(
            "has_to_wait", _("Many people are registering just now. You have a place.")
        )
        self.ticket, self.number, self.again = ticket, number, again
