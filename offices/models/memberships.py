"""One person in several offices."""

from typing import Any

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone

from offices.models.officers import Office, Officer


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_one_of(self, provinces: OuterRef) -> "MembershipQuerySet":
        """Those in an office of one of the provinces that a JSON list of an outer row names."""
        named = Func(
            provinces, F("office__province_code"),
            function="jsonb_exists", output_field=models.BooleanField(),
        )  # fmt: skip
        return self.alias(named=named).filter(named=True)


class Membership(models.Model):
    """An office somebody works for. Whoever has one office has no rows; whoever has several has one
    for each, the first one too, and acts in one of them at a time: `Officer.office`.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="memberships")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["officer", "office"], name="one_membership_an_office")
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} at {self.office_id}"


def belonging_to(office: Office | str | OuterRef | None) -> Q:
    """The condition on officers that they work for this office, wherever they act just now.

    `office` may be an OuterRef.
    """
    inside: Any = OuterRef(office) if isinstance(office, OuterRef) else office
    theirs = Membership.objects.filter(officer=OuterRef("pk"), office=inside)
    return Q(office=office) | Q(Exists(theirs))
