"""Links that set a password, one by one or from a list."""

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from offices.models.officers import Office, Officer


class PeopleList(models.Model):
    """Officers to be invited together, as a file named them: nobody is let in by it before a second
    person agrees to the proposal whose subject is its digest (offices.list_lever).

    `rows` are lists of address, name and office's code; they go once accounts have been made.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    rows = models.JSONField()
    people = models.PositiveIntegerField()
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    invited_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"list of {self.people}"


class Invitation(models.Model):
    """A link for one use with which an officer sets the first or a new password."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    secret_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # Of a list: its link goes out by mail, and nobody is shown it.
    listed = models.ForeignKey(PeopleList, models.PROTECT, null=True, related_name="invitations")
    mailed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation of {self.officer_id}"

    @property
    def over(self) -> bool:
        return self.expires_at <= timezone.now()
