"""What serves once: head turns and links."""

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from uuid_utils.compat import uuid7

from verification.faces.colours import COLOURS, STEP


class Challenge(models.Model):
    """Head turns asked of a citizen: random, for one use, for a short time, one open at a time.

    A step is told once the one before is settled: `settled` has for each `digests`, the SHA-256
    (hex) of its frames, and `after`, how many milliseconds after `told_at` they came. So nothing
    of a step can be chosen when the next one is known. Who takes part in them is shown `colours`
    after the turns, drawn when that is told; whoever does without settles no frame of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(
        "registration.Enrollment", models.CASCADE, related_name="challenges"
    )
    number_key = models.UUIDField(null=True, db_index=True)  # the enrollment's when it was drawn
    steps = models.JSONField()
    settled = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    colours = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    told_at = models.DateTimeField(default=timezone.now, db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Of a digital ID that its holder puts in force again: since when it is suspended. Head turns
    # drawn for that serve nothing else, and not for a later suspension either.
    resumes = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=models.Q(ended_at=None),
                name="one_open_challenge",
            ),
        ]

    def __str__(self) -> str:
        return f"challenge of {self.enrollment_id}"

    @property
    def step(self) -> str | None:
        """The one to make now; None once all are settled."""
        told = len(self.settled)
        return self.steps[told] if told < len(self.steps) else None

    @property
    def last_settled(self) -> list[str] | None:
        """The hashes that came last: an empty list for colours that were done without."""
        return self.settled[-1]["digests"] if self.settled else None

    @property
    def screen(self) -> list[str]:
        """What the screen is to show now, one after the other: sRGB, as CSS has it."""
        shown = [COLOURS[name] for name in self.colours] if self.step == STEP else []
        return ["#{:02x}{:02x}{:02x}".format(*colour) for colour in shown]


class Handoff(models.Model):
    """A link for one use that moves a registration from a desktop to a phone."""

    secret_hash = models.BinaryField(max_length=32, primary_key=True)
    enrollment = models.ForeignKey("registration.Enrollment", models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"handoff of {self.enrollment_id}"
